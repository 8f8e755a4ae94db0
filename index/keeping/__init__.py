"""Keeping: the index on disk, synced with the folder of articles and opened to be searched."""
