"""Whether a sentence tells something special: by its nearness to examples, in meaning and in what the rules say of it.

A smooth vote of some thousand examples (kernel ridge regression, a Gaussian kernel over the vector of the meaning and
the marks that the rules leave). One column votes on whether anything is told, one for each category on which.
`benchmarks/sensitive_training.py` makes `examples.npz` from the sentences in `benchmarks/data/sensitive`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ..errors import KeepsakeError
from ..readings import Readings
from .reading import ABOUT_A_WORK, ITS, NAMED, SOMEBODY, UNSAID, Category, Found, folded, sentences, told_in

Vector = NDArray[np.float32]
Vectors = Callable[[Sequence[str]], Vector]  # a unit vector for each text

TELLS = (
    -0.1
)  # the vote from which a sentence tells something: a miss is kept unasked, an alarm asks once too often
AMONG = 0.5  # of the highest vote: every category that has as much is named
OF_MEANING, OF_MARKS = 1.2, 0.05  # how fast the say of an example falls with its distance
_SELF = re.compile(r"\b(?:i|i'm|im|i've)\b")
_OURS = re.compile(r"\b(?:my|our|we)\b")


def marks(text: str, categories: Sequence[Category]) -> list[bool]:
    """What the rules say of a text: for each category, then of whom it speaks and how."""
    plain = folded(text)
    said: list[bool] = []
    for category in categories:
        rest = category.looks_like.sub(" ", plain)
        said += [
            category.framed.search(rest) is not None,
            category.plain.search(rest) is not None,
            rest != plain,
            any(told_in(text[start:end], category) for start, end in sentences(text)),
        ]
    ways = (SOMEBODY, UNSAID, ABOUT_A_WORK, NAMED, ITS, _SELF, _OURS)
    return [*said, *(way.search(plain) is not None for way in ways), "?" in text]


@dataclass(frozen=True)
class Examples:
    """What is known to tell something and what only looks like it, with the say of each."""

    meanings: NDArray[np.int8]
    marks: NDArray[np.bool_]
    says: NDArray[np.float32]  # a column for telling, then one for each category
    usual: NDArray[np.float32]  # the vote far from all of them: nothing is told

    @classmethod
    def shipped(cls) -> Examples:
        with (
            (files(__package__) / "examples.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as kept,
        ):
            return cls(*(kept[name] for name in ("meanings", "marks", "says", "usual")))

    @cached_property
    def points(self) -> tuple[Vector, Vector]:
        """The examples as they are compared: unit vectors, and marks as numbers."""
        whole = self.meanings.astype(np.float32)
        return whole / np.linalg.norm(whole, axis=1, keepdims=True), self.marks.astype(np.float32)

    def votes(self, meanings: Vector, marked: NDArray[np.bool_]) -> Vector:
        """For each text, on telling and on each category."""
        near = nearness((meanings, marked.astype(np.float32)), self.points)
        return np.asarray(near @ self.says + self.usual, dtype=np.float32)


def nearness(some: tuple[Vector, Vector], others: tuple[Vector, Vector]) -> Vector:
    """Of each to each other: 1 for the same, nothing for the far."""
    apart = OF_MEANING * 2 * (1 - some[0] @ others[0].T)  # unit vectors
    differ = some[1].sum(1)[:, None] + others[1].sum(1)[None] - 2 * some[1] @ others[1].T
    return np.asarray(np.exp(-apart - OF_MARKS * differ), dtype=np.float32)


class Judge:
    """Reads texts for what is special in them. Loads on first use; thread-safe; keeps no word of what it read."""

    def __init__(self, vectors: Vectors, categories: Sequence[Category]) -> None:
        self._vectors = vectors
        self._categories = categories
        self._readings: Readings[str] = Readings()

    @cached_property
    def _examples(self) -> Examples:
        return Examples.shipped()

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
            meanings = self._vectors(pieces)
        except KeepsakeError:  # recall has said so, and what to do about it; until then the rules decide
            return [tuple(c.name for c in self._categories if told_in(piece, c)) for piece in pieces]
        marked = np.array([marks(piece, self._categories) for piece in pieces])
        votes = self._examples.votes(meanings, marked)
        return [self._elected(vote[1:]) if vote[0] > TELLS else () for vote in votes]

    def _elected(self, votes: Vector) -> tuple[str, ...]:
        return tuple(
            c.name for c, vote in zip(self._categories, votes, strict=True) if vote >= AMONG * votes.max()
        )
