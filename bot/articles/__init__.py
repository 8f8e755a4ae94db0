"""The articles: added, changed, taken back, listed, followed, kept up to date with the index."""
