"""Bytes become text, and text that was read in a wrong encoding is turned back."""
