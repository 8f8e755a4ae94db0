"""Facts: extracts figures, dates, names and negations from texts and compares them."""
