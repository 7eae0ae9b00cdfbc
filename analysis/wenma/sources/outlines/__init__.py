"""Paragraphs become an outline: headings, their depth, the role of each section."""
