"""Finding: from a question to the passages and sentences that answer it, and how surely they do."""
