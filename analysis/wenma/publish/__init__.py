"""Tables become charts and files."""
