"""The commands of `footnote`, by their subjects."""
