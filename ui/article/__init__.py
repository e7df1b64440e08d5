"""What is done with the open article: read, marked, noted, corrected, gone through. Widgets are elsewhere."""
