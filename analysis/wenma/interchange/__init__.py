"""A project becomes other programs' files, and such files a project again."""
