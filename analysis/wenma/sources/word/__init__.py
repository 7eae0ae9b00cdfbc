"""A Word file becomes blocks, walked once; an older office file becomes a Word file first."""
