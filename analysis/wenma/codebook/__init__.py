"""YAML becomes a tree of codes and rules."""
