"""The version of wenma."""

__version__ = "0.1.0"
