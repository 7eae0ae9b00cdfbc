"""People and rules are compared: agreement and validity."""
