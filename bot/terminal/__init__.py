"""Footnote in the terminal: the command line, the conversation, and how things look there."""
