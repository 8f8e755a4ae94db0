"""Support: checks claims against passages by meaning, words and facts."""
