"""Facts: the figures, dates, names and denials in a text, and whether another has them too."""
