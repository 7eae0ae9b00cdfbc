"""The browser pages, one file a page."""
