"""What a study keeps, in one file."""
