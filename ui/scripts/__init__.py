"""Scripted conversations: a file that a person can read, played against the real product."""
