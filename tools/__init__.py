"""Tools for working on Footnote: servers that tests talk to, and what make installs with."""
