"""What a message states about its writer and those close to them: the words of each value, of whom, in which relation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from . import minilm
from .encoded import Encoded, Floats
from .stretches import stretches

RELATIONS = (
    "name", "lives_in", "from", "age", "birthday", "works_as", "works_at", "studies", "studies_at", "speaks", "learns",
    "has_partner", "has_child", "has_relative", "has_friend", "has_pet", "owns", "drives", "allergic_to", "condition", "takes",
    "diet", "plays", "hobby", "member_of", "habit", "goal", "plans", "did", "likes", "dislikes", "favourite", "prefers",
    "wants_answers",
)  # fmt: skip
INSIDE = 0.5  # that a word goes on with a value


@dataclass(frozen=True, slots=True)
class Stated:
    """One value in a message."""

    relation: str
    start: int
    end: int
    mine: bool  # of the writer; else of somebody close to them
    sure: float  # from 0 to 1, by its least certain word


class Stating:
    """Reads messages for what they state. Its layers are taught for this alone."""

    def __init__(self, models: Path) -> None:
        self._encoder = minilm.Encoder(models, "stating.npz")

    def __call__(self, texts: Sequence[str]) -> list[list[Stated]]:
        """What each text states, in its order, however long it is. Raises AssetMissing, AssetDamaged."""
        cut = [(number, *stretch) for number, text in enumerate(texts) for stretch in stretches(text)]
        encoded = self._encoder.encode([texts[number][start:end] for number, start, end in cut])
        found: list[list[Stated]] = [[] for _ in texts]
        for (number, start, end), one in zip(cut, encoded, strict=True):
            found[number] += [
                replace(stated, start=stated.start + start, end=stated.end + start)
                for stated in self._stated(texts[number][start:end], one)
            ]
        return found

    def warm(self) -> None:
        self(["I live in Ghent."])

    def _stated(self, text: str, one: Encoded) -> Iterator[Stated]:
        head = self._encoder.head
        shares = _shares(one.states @ head("states.w") + head("states.bb"))
        begins, goes_on = shares[:, 1::2], shares[:, 2::2].sum(axis=1)
        mine = 1 / (1 + np.exp(-(one.states @ head("states.ab") + head("states.abb"))))
        at, last = 0, len(one.offsets) - 1
        while at < last:
            empty = one.offsets[at][0] == one.offsets[at][1]
            if empty or shares[at, 0] >= INSIDE or begins[at].sum() < goes_on[at]:
                at += 1
                continue
            end = at + 1
            while end < last and goes_on[end] > INSIDE:
                end += 1
            start, stop = _whole_words(text, one.offsets[at][0], one.offsets[end - 1][1])
            sure = float((1 - shares[at:end, 0]).min())
            yield Stated(
                RELATIONS[int(begins[at].argmax())], start, stop, bool(mine[at:end].mean() > 0.5), sure
            )
            at = end


def _shares(votes: Floats) -> Floats:
    raised = np.exp(votes - votes.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """
    >>> _whole_words("Birdwatching, mostly", 0, 4), _whole_words("I am ada_276 there", 5, 9)
    ((0, 12), (5, 12))
    """
    while start > 0 and _is_of_word(text[start - 1]) and _is_of_word(text[start]):
        start -= 1
    while end < len(text) and _is_of_word(text[end]) and _is_of_word(text[end - 1]):
        end += 1
    return start, end


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"
