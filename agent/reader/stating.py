"""What a message states about its writer and those close to them: the words of each value, of whom, in which relation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from . import minilm, mpnet
from .careful import Careful
from .encoded import Encoded, Floats
from .stretches import stretches
from .taught import Taught

RELATIONS = (
    "name", "lives_in", "from", "age", "birthday", "works_as", "works_at", "studies", "studies_at", "speaks", "learns",
    "has_partner", "has_child", "has_relative", "has_friend", "has_pet", "owns", "drives", "allergic_to", "condition", "takes",
    "diet", "plays", "hobby", "member_of", "habit", "goal", "plans", "did", "likes", "dislikes", "favourite", "prefers",
    "wants_answers",
)  # fmt: skip
INSIDE = 0.5  # that a word goes on with a value
# at a glance: a word that is less sure to be of a value is of none, a surer one is; between them it is read again
NOTHING, CERTAIN = 0.05, 0.98
DOUBTFUL = "Window open at night or no sleep, that's how it goes with my cousin's lot in Ghent."


@dataclass(frozen=True, slots=True)
class Stated:
    """One value in a message."""

    relation: str
    start: int
    end: int
    mine: bool  # of the writer; else of somebody close to them
    sure: float  # from 0 to 1, by its most certain word: how far a value goes is less certain than that it is one


@dataclass(frozen=True, slots=True)
class _Tagged:
    """The word pieces of a stretch, each with its share of every tag and how sure it is of the writer."""

    offsets: Sequence[tuple[int, int]]
    shares: Floats
    mine: Floats

    @property
    def is_doubtful(self) -> bool:
        sure = 1 - self.shares[:, 0]
        return bool(((sure >= NOTHING) & (sure < CERTAIN)).any())

    def mixed(self, other: _Tagged) -> _Tagged:
        """The mean of both; this one where the other has cut the words into other pieces."""
        if list(self.offsets) != list(other.offsets):
            return self
        shares, mine = ((a + b) / 2 for a, b in ((self.shares, other.shares), (self.mine, other.mine)))
        return _Tagged(self.offsets, shares.astype(np.float32), mine.astype(np.float32))


class Stating:
    """Reads messages for what they state: at a glance, and again with care where the glance is in doubt; then both count alike.

    Each has layers of its own, taught for this alone.
    """

    def __init__(self, models: Path) -> None:
        self._quick = minilm.Encoder(models, "quick_stating.npz")
        self._careful = Careful(partial(_read, mpnet.Encoder(models, "stating.npz")), "what messages state")

    def __call__(
        self, texts: Sequence[str], give_way: Callable[[], None] = lambda: None
    ) -> list[list[Stated]]:
        """What each text states, in its order, however long it is. `give_way`: called before each model begins.

        Without the larger model's file the glance alone decides. Raises AssetMissing, AssetDamaged where that has none either.
        """
        cut = [(number, *stretch) for number, text in enumerate(texts) for stretch in stretches(text)]
        tagged = self._tagged([texts[number][start:end] for number, start, end in cut], give_way)
        found: list[list[Stated]] = [[] for _ in texts]
        for (number, start, end), one in zip(cut, tagged, strict=True):
            found[number] += [
                replace(stated, start=stated.start + start, end=stated.end + start)
                for stated in _stated(texts[number][start:end], one)
            ]
        return found

    def warm(self) -> None:
        """Loads both: there is something to doubt in this."""
        self([DOUBTFUL])

    def _tagged(self, texts: Sequence[str], give_way: Callable[[], None]) -> list[_Tagged]:
        give_way()
        tagged = _read(self._quick, texts)
        doubtful = [n for n, one in enumerate(tagged) if one.is_doubtful]
        if doubtful:
            give_way()
        careful = self._careful([texts[n] for n in doubtful])
        if careful is not None:
            for n, again in zip(doubtful, careful, strict=True):
                tagged[n] = tagged[n].mixed(again)
        return tagged


def _read(encoder: Taught, texts: Sequence[str]) -> list[_Tagged]:
    return [_tags(encoder, one) for one in encoder.encode(texts)]


def _tags(encoder: Taught, one: Encoded) -> _Tagged:
    shares = _shares(one.states @ encoder.head("states.w") + encoder.head("states.bb"))
    mine = 1 / (1 + np.exp(-(one.states @ encoder.head("states.ab") + encoder.head("states.abb"))))
    return _Tagged(one.offsets, shares, np.asarray(mine, dtype=np.float32))


def _stated(text: str, one: _Tagged) -> Iterator[Stated]:
    begins, goes_on = one.shares[:, 1::2], one.shares[:, 2::2].sum(axis=1)
    at, last = 0, len(one.offsets) - 1
    while at < last:
        empty = one.offsets[at][0] == one.offsets[at][1]
        if empty or one.shares[at, 0] >= INSIDE or begins[at].sum() < goes_on[at]:
            at += 1
            continue
        end = at + 1
        while end < last and goes_on[end] > INSIDE:
            end += 1
        start, stop = _whole_words(text, one.offsets[at][0], one.offsets[end - 1][1])
        relation = RELATIONS[int(begins[at].argmax())]
        sure = float(1 - one.shares[at:end, 0].min())
        yield Stated(relation, start, stop, bool(one.mine[at:end].mean() > 0.5), sure)
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
