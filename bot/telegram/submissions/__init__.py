"""Submissions: articles that people send, and reports of what becomes of them."""
