"""Answers: what gives them, their receipts, what people think of them, and what they cost."""
