"""Web pages: what is the article and what is around it."""
