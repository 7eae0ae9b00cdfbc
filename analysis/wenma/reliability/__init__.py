"""People and rules are compared: agreement, validity, and each rule at work."""
