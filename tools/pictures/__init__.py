"""The README's screenshots, made from the real window with the welcome article."""
