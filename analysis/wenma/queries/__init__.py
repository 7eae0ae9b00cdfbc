"""Codings become tables, one question a file."""
