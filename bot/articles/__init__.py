"""The articles: added, changed, taken back, listed, followed, kept level with the index."""
