"""Text as detectors should see it, with the way back: full-width and zero-width tricks undone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Normalized:
    """Normalised text and, for each of its characters, where it came from."""

    text: str
    origin: tuple[int, ...]
    length: int  # of the original

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the normalised text in the original's offsets."""
        first = self.origin[start]
        last = self.origin[end] if end < len(self.origin) else self.length
        return first, last


def normalized(text: str) -> Normalized:
    """NFKC character by character, format characters (zero-width, direction marks) left out."""
    if text.isascii():
        return Normalized(text, tuple(range(len(text))), len(text))
    pieces: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            continue
        piece = unicodedata.normalize("NFKC", character)
        pieces.append(piece)
        origin += [at] * len(piece)
    return Normalized("".join(pieces), tuple(origin), len(text))
