"""What stands at the sides of the page: the library, and what was found and noted. Panels show and ask."""
