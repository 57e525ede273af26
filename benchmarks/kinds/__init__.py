"""A figure for each part of the kinds of memory that has no program of its own."""
