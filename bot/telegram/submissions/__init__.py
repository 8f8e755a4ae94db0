"""Taking what people send to be made articles, and telling what becomes of it."""
