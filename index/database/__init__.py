"""Databases of any kind: how they are read and written, and the columns that tables are made of."""
