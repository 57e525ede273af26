"""What a recognizer finds, in words instead of offsets."""

from __future__ import annotations


def details(find, text, label=None):
    """The stretches that are found, in order."""
    found = sorted({(f.start, f.end) for f in find(text) if label in (None, f.label)})
    return [text[start:end] for start, end in found]


def hidden(find, text, detail):
    """Whether every letter and digit of the detail is covered."""
    start = text.index(detail)
    covered = {i for f in find(text) for i in range(f.start, f.end)}
    return all(i in covered for i in range(start, start + len(detail)) if text[i].isalnum())
