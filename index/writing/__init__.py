"""Writing: an answer in a language model's words, of which only what is borne out is shown."""
