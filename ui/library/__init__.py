"""What is done with the library as a whole: filled, searched, kept in order and safe. No widgets."""
