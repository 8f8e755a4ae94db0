"""Submissions: what people bring from a chat to be made an article, until they are told of it."""
