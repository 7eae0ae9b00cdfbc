"""A page of a PDF becomes lines in reading order, with its tables, columns and notes."""
