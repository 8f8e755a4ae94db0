"""Footnote as a tool of language models: the Model Context Protocol, over pipes and over HTTP."""
