"""Keeping: the index on disk, made level with the folder of articles and opened to be searched."""
