"""The people: who may do what, how they come in, how much they may ask."""
