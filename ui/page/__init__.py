"""The reading surface: the text, what is marked in it, and what stands beside it."""
