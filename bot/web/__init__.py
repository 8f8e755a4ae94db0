"""Footnote in a browser and for other programs: pages, and what they are served with."""
