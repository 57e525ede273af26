"""Many byte strings looked for together: one pass over a file, however many they are."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

WORD = 4  # bytes that are compared at once
SHORTEST = 2 * WORD - 1  # such a string holds a whole aligned word wherever it lies
PIECE = 1 << 22  # bytes of a file at a time
MANY = 0.02  # of all words: where so many look right, each string is looked for by itself


class Needles:
    """Each string leaves four of its words, one for every way it may lie across the words of a file.

    >>> Needles([b"marguerite", b"annelise"]).stand_in(b"a boat called marguerite"), Needles([b"bees"]).stand_in(b"")
    (True, False)
    """

    def __init__(self, wanted: Iterable[bytes]) -> None:
        self._wanted = sorted(set(wanted))
        self._short = [needle for needle in self._wanted if len(needle) < SHORTEST]
        self._by_word: dict[int, list[tuple[int, bytes]]] = {}
        for needle in self._wanted:
            for shift in range(WORD if len(needle) >= SHORTEST else 0):
                word = int.from_bytes(needle[shift : shift + WORD], "little")
                self._by_word.setdefault(word, []).append((shift, needle))
        self._likely = np.zeros(1 << 16, dtype=bool)
        self._likely[_folded(np.array(list(self._by_word), dtype="<u4"))] = True

    def __bool__(self) -> bool:
        return bool(self._wanted)

    @property
    def longest(self) -> int:
        """Bytes of the longest of them."""
        return max(map(len, self._wanted), default=0)

    def stand_in(self, content: bytes) -> bool:
        """Whether any of them is there."""
        if any(content.find(needle) >= 0 for needle in self._short):
            return True
        return any(self._in_piece(content, start) for start in range(0, len(content), PIECE))

    def _in_piece(self, content: bytes, start: int) -> bool:
        """Whether one has its word in this piece; it may begin before and end after it."""
        count = min(PIECE, len(content) - start) // WORD
        words = np.frombuffer(content, "<u4", count, start)
        spots = np.flatnonzero(self._likely[_folded(words)])
        if len(spots) > MANY * PIECE / WORD:
            return any(content.find(needle) >= 0 for needle in self._wanted)
        return any(
            content[at : at + len(needle)] == needle
            for spot, word in zip(spots.tolist(), words[spots].tolist(), strict=True)
            for shift, needle in self._by_word.get(word, ())
            if (at := start + spot * WORD - shift) >= 0
        )


def _folded(words: NDArray[np.uint32]) -> NDArray[np.uint16]:
    return (words ^ (words >> 16)).astype(np.uint16)
