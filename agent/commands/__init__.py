"""What a person tells memory to do, in words, in the middle of a talk."""
