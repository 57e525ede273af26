"""Everyday English as a program reads it: spelling, people, clauses as plain lines, kinds of things."""
