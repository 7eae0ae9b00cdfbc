"""Names become places of the official list, and places belong to regions."""
