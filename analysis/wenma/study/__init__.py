"""The one door: what is asked, by whom, of what, and who may see it."""
