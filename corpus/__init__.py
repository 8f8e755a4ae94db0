"""What Footnote knows: articles, where they live, and how they come in."""
