"""Answers given: their receipts, what people think of them, and what they cost."""
