"""Whether a sentence tells something special: by a small reading model, and by the rules where it cannot be had.

The rules know words; the model has read some thousand sentences that tell something, and as many that only look like
it. Where it is in doubt, a rule that finds something decides. Other categories that it is nearly as sure of as of the
surest are named too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import KeepsakeError
from ..readings import Readings
from .reading import Category, Found, sentences, told_in

# for each text from 0 to 1: how sure it is that something is told, then for each category that it is of that
Reads = Callable[[Sequence[str]], NDArray[np.float32]]

TELLS = 0.35  # how sure is enough: a miss is kept unasked, an alarm asks once too often
WITH_RULES = 0.2  # how sure is enough where the rules say so too
AMONG = 0.3  # of the surest category: every other that has as much is named


_NO_WORDS = re.compile(r"https?://\S+|\(?(?<!\w)(?:[A-Z]{2}\d{2} ?)?\d[\d -]*\d\)?|\(\d+\)")


def in_words(text: str) -> str:
    """A text without addresses and numbers: they tell nothing special, and the model never learned to read them.

    >>> in_words("Pay at http://a.example/pay (23), my card is 4111 1111 1111 1111.")
    'Pay at a link so many, my card is so many.'
    """
    return _NO_WORDS.sub(lambda found: "a link" if "://" in found[0] else "so many", text)


def is_latin(text: str) -> bool:
    """Whether most letters are of the script that the model learned to read.

    >>> is_latin("I keep bees 🐝"), is_latin("אני אוהב קפה")
    (True, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


class Judge:
    """Reads texts for what is special in them. Thread-safe; keeps no word of what it read."""

    def __init__(self, reads: Reads, categories: Sequence[Category]) -> None:
        self._reads = reads
        self._categories = categories
        self._readings: Readings[str] = Readings()

    def sensitive(self, text: str) -> list[Found]:
        """The sentences of a text that tell something special about somebody, in order, each with what it tells."""
        return self.all_sensitive([text])[0]

    def all_sensitive(self, texts: Sequence[str]) -> list[list[Found]]:
        """The same for many texts, at less cost than one by one."""
        spans = [list(sentences(text)) for text in texts]
        pieces = {
            text[start:end] for text, of_text in zip(texts, spans, strict=True) for start, end in of_text
        }
        told = {piece: self._readings.get(piece) for piece in pieces}
        unread = [piece for piece, known in told.items() if known is None]
        for piece, categories in zip(unread, self._told(unread), strict=True):
            told[piece] = categories
            self._readings.put(piece, categories)
        return [
            [Found(start, end, which) for start, end in of_text if (which := told[text[start:end]])]
            for text, of_text in zip(texts, spans, strict=True)
        ]

    def _told(self, pieces: list[str]) -> list[tuple[str, ...]]:
        """The categories of each sentence."""
        if not pieces:
            return []
        try:
            read = self._reads([in_words(piece) for piece in pieces])
        except KeepsakeError:  # recall has said so, and what to do about it; until then the rules decide
            return [self._ruled(piece) for piece in pieces]
        return [
            self._named(piece, sure) if is_latin(piece) else self._ruled(piece)
            for piece, sure in zip(pieces, read, strict=True)
        ]

    def _named(self, piece: str, sure: NDArray[np.float32]) -> tuple[str, ...]:
        """What the model is sure of, or not sure of alone and the rules say too; by the names of both."""
        ruled = self._ruled(piece)
        if sure[0] <= (WITH_RULES if ruled else TELLS):
            return ()
        of_each = dict(zip((c.name for c in self._categories), sure[1:], strict=True))
        most = max(of_each.values())
        return tuple(name for name, one in of_each.items() if name in ruled or one >= AMONG * most)

    def _ruled(self, piece: str) -> tuple[str, ...]:
        return tuple(c.name for c in self._categories if told_in(piece, c))
