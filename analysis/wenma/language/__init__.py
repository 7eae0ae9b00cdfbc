"""Documents become words and units."""
