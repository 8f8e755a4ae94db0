"""Support: a claim held against passages, by its meaning, its words and its facts."""
