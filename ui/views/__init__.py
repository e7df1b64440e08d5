"""What can stand in the middle of the window in the article's place: views of the whole library."""
