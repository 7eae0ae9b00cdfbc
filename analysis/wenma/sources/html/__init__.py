"""A web page becomes the pieces of its document, and what the page says of it."""
