"""Web pages and what is made of them: articles, saved pages, mail, books."""
