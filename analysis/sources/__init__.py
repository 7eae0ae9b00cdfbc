"""Files become Documents."""
