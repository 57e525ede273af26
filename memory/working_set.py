"""One owner's index rows in memory, ready to be scored at once.

Milvus Lite walks its rows in Python, tens of milliseconds at 10,000; the same rows as one matrix and
as postings answer exactly and in a few. The rows come from Milvus; what is not indexed yet is added by
its words, and by its meaning once it is embedded. Places are never used again: what is removed is
only marked, and when half of the places are dead the living move together.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .association import Numbers, Places, Scores
from .ports import Row, Vector
from .question import Question
from .ranking import Mask, Signals, idf, presence
from .vector import memory_of

A_DAY = 86_400_000_000  # microseconds
LEAST_PLACES = 1024  # fewer are not worth moving
SENTENCE = 0.5  # what the nearest sentence of a question counts beside the whole of it


@dataclass(frozen=True, slots=True)
class Scored:
    """Raw signals for every live memory, in one order."""

    ids: list[str]
    places: Places
    signals: Signals
    asked: float  # rarity of all the question's words together
    seen: Mask  # what may come to mind: not what was left out, nor ways of doing things


@dataclass(slots=True)
class _Postings:
    """Who holds a term, and with what weight; dead places stay in the arrays."""

    places: array[int] = field(default_factory=lambda: array("q"))
    weights: array[float] = field(default_factory=lambda: array("f"))
    living: int = 0


@dataclass(slots=True)
class _Columns:
    """What ranking needs of every place, side by side."""

    alive: bytearray = field(default_factory=bytearray)
    session: array[int] = field(default_factory=lambda: array("q"))
    position: array[int] = field(default_factory=lambda: array("q"))
    asking: array[float] = field(default_factory=lambda: array("f"))
    superseded: array[float] = field(default_factory=lambda: array("f"))
    way: bytearray = field(default_factory=bytearray)

    def append(self, row: Row, asking: float) -> None:
        self.alive.append(1)
        self.session.append(row.session)
        self.position.append(row.position)
        self.asking.append(asking)
        self.superseded.append(float(row.status == "superseded"))
        self.way.append(row.kind == "procedure")


@dataclass(frozen=True, slots=True)
class _Living:
    """The live places and what is sorted by them; made anew after a change, when asked."""

    at: Numbers
    ids: list[str]
    places: Places
    asking: Scores
    superseded: Scores
    seen: Mask


class WorkingSet:
    """Not thread-safe: its user holds a lock. `asks` is the dimension that marks what only asks."""

    def __init__(self, dimensions: int, asks: int) -> None:
        self._dimensions = dimensions
        self._asks = asks
        self._clear()

    def _clear(self) -> None:
        self._place: dict[str, int] = {}
        self._uses: dict[str, dict[str, int]] = {}  # memory: answers that rested on it, and when
        self._rows: list[Row] = []  # without vector and payload
        self._columns = _Columns()
        self._postings: dict[int, _Postings] = {}
        self._matrix = np.zeros((64, self._dimensions), dtype=np.float32)
        self._holder = array("q")  # the place that each line of the matrix belongs to
        self._living: _Living | None = None

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, memory: object) -> bool:
        return memory in self._place

    def ids(self) -> set[str]:
        return set(self._place)

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows in; a memory that is already here is replaced. Windows follow their memory."""
        for row in rows:
            memory = memory_of(row.id)
            if memory == row.id:
                self.remove([memory])
                self._enter(row)
            if row.dense is not None and memory in self._place:
                self._add_vector(self._place[memory], row.dense)

    def remove(self, memories: Iterable[str]) -> None:
        for memory in memories:
            place = self._place.pop(memory, None)
            if place is None:
                continue
            self._columns.alive[place] = 0
            for term in self._rows[place].sparse:
                self._postings[term].living -= 1
                if not self._postings[term].living:
                    del self._postings[term]
            self._matrix[: len(self._holder)][np.frombuffer(self._holder, dtype=np.int64) == place] = 0.0
            self._living = None
        if len(self._rows) > max(LEAST_PLACES, 2 * len(self._place)):
            self._move_together()

    def used(self, memory: str, answer: str, at: int) -> None:
        """An answer rested on a memory. It counts as long as the answer is remembered."""
        self._uses.setdefault(memory, {})[answer] = at

    def said_in(self, session: int) -> Mask:
        """Which live memories belong to a conversation."""
        living = self._now()
        return np.asarray(np.frombuffer(self._columns.session, dtype=np.int64)[living.at] == session)

    def score(
        self, question: Vector, asked: Question, *, exclude: Collection[str] = (), now: int = 0
    ) -> Scored:
        """Every live memory's signals for a question: its rotated vector, or one a row where it is read as a whole and then
        sentence by sentence, and what is asked."""
        living = self._now()
        words, coverage, rarity = self._matching(asked.words)
        phrases, _, _ = self._matching(asked.phrases)
        signals = Signals(
            meaning=self._meaning(question)[living.at],
            words=words[living.at],
            phrases=phrases[living.at],
            coverage=coverage[living.at],
            speaker=self._marked(asked.speakers)[living.at],
            asking=living.asking,
            superseded=living.superseded,
            use=self._use(living, now),
        )
        return Scored(living.ids, living.places, signals, rarity, self._seen(living, exclude))

    def _use(self, living: _Living, now: int) -> Scores:
        levels = np.zeros(len(living.at), dtype=np.float32)
        for memory, answers in self._uses.items() if now else ():
            if memory in self._place:
                days = [(now - at) / A_DAY for answer, at in answers.items() if answer in self._place]
                levels[np.searchsorted(living.at, self._place[memory])] = presence(days)
        return levels

    def _seen(self, living: _Living, exclude: Collection[str]) -> Mask:
        """Ways of doing things are no answer to a question: they come to the prompt when they fit."""
        hidden = [self._place[memory] for memory in exclude if memory in self._place]
        if not hidden:
            return living.seen
        seen = living.seen.copy()
        seen[np.searchsorted(living.at, hidden)] = False
        return seen

    def likeness(self, memories: Sequence[str]) -> Scores:
        """Cosines between memories, each as the mean of its windows; 0 where one is not embedded yet."""
        which = np.full(len(self._rows), -1, dtype=np.int64)
        which[[self._place[memory] for memory in memories]] = np.arange(len(memories))
        owners = which[np.frombuffer(self._holder, dtype=np.int64)]
        lines = np.flatnonzero(owners >= 0)
        means = np.zeros((len(memories), self._dimensions), dtype=np.float32)
        np.add.at(means, owners[lines], self._matrix[lines])
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        return np.asarray(means @ means.T, dtype=np.float32)

    def recency(self, memories: Sequence[str]) -> Numbers:
        """Each memory's place in time among these, the oldest first."""
        rows = [self._rows[self._place[memory]] for memory in memories]
        oldest_first = sorted(range(len(rows)), key=lambda n: (rows[n].occurred_at, rows[n].id))
        ranks = np.empty(len(rows), dtype=np.int64)
        ranks[oldest_first] = np.arange(len(rows))
        return ranks

    def moments(self, memories: Sequence[str]) -> Numbers:
        """When each memory happened, in microseconds."""
        rows = (self._rows[self._place[memory]] for memory in memories)
        return np.fromiter((row.occurred_at for row in rows), dtype=np.int64, count=len(memories))

    def unheard(self, terms: Iterable[int]) -> float:
        """The share of these words that no memory holds; half where there are none to tell."""
        asked = set(terms)
        return sum(term not in self._postings for term in asked) / len(asked) if asked else 0.5

    # -- places ------------------------------------------------------------------------------------

    def _enter(self, row: Row) -> None:
        place = len(self._rows)
        self._place[row.id] = place
        self._rows.append(replace(row, dense=None, payload=""))
        self._columns.append(row, row.sparse.get(self._asks, 0.0))
        for term, weight in row.sparse.items():
            postings = self._postings.setdefault(term, _Postings())
            postings.places.append(place)
            postings.weights.append(weight)
            postings.living += 1
        self._living = None

    def _add_vector(self, place: int, vector: Vector) -> None:
        line = len(self._holder)
        if line == len(self._matrix):
            self._matrix = np.vstack([self._matrix, np.zeros_like(self._matrix)])
        self._matrix[line] = vector
        self._holder.append(place)

    def _move_together(self) -> None:
        """Leave out the dead places; the removals since the last time have paid for this."""
        rows, matrix, holder, uses = self._rows, self._matrix, self._holder, self._uses
        alive = self._columns.alive
        self._clear()
        self._uses = uses
        for place, row in enumerate(rows):
            if alive[place]:
                self._enter(row)
        for line, place in enumerate(holder):
            if alive[place]:
                self._add_vector(self._place[rows[place].id], matrix[line])

    def _now(self) -> _Living:
        if self._living is None:
            columns = self._columns
            at = np.flatnonzero(np.frombuffer(columns.alive, dtype=np.bool_))
            self._living = _Living(
                at=at,
                ids=[self._rows[place].id for place in at],
                places=Places.of(
                    np.frombuffer(columns.session, dtype=np.int64)[at],
                    np.frombuffer(columns.position, dtype=np.int64)[at],
                ),
                asking=np.frombuffer(columns.asking, dtype=np.float32)[at],
                superseded=np.frombuffer(columns.superseded, dtype=np.float32)[at],
                seen=~np.frombuffer(columns.way, dtype=np.bool_)[at],
            )
        return self._living

    # -- signals, for every place, dead ones too ---------------------------------------------------

    def _meaning(self, question: Vector) -> Scores:
        """The best window's cosine, with the whole question and with the sentence of it that is nearest; the mean of the
        others where nothing is embedded."""
        whole, *sentences = np.atleast_2d(question) @ self._matrix[: len(self._holder)].T
        best = self._best_windows(whole)
        if sentences:
            nearest = self._best_windows(np.max(sentences, axis=0))
            best = np.asarray((best + SENTENCE * nearest) / (1 + SENTENCE), dtype=np.float32)
        known = np.isfinite(best)
        best[~known] = best[known].mean() if known.any() else 0.0
        return best

    def _best_windows(self, cosines: Scores) -> Scores:
        """The best of each place; minus infinity where it has none."""
        best = np.full(len(self._rows), -np.inf, dtype=np.float32)
        np.maximum.at(best, np.frombuffer(self._holder, dtype=np.int64), cosines)
        return best

    def _matching(self, terms: Mapping[int, float]) -> tuple[Scores, Scores, float]:
        """The sum of the weights of these terms, the share of their rarity that is held, and all of it."""
        score = np.zeros(len(self._rows), dtype=np.float32)
        held = np.zeros(len(self._rows), dtype=np.float32)
        total = 0.0
        for term, times in terms.items():
            postings = self._postings.get(term)
            rarity = idf(len(self._place), postings.living if postings else 0)
            total += rarity
            if postings is not None:
                places = np.frombuffer(postings.places, dtype=np.int64)
                score[places] += times * rarity * np.frombuffer(postings.weights, dtype=np.float32)
                held[places] += rarity
        return score, held / total if total else held, total

    def _marked(self, terms: Iterable[int]) -> Scores:
        """1 for each place that holds any of these terms."""
        marks = np.zeros(len(self._rows), dtype=np.float32)
        for term in terms:
            if term in self._postings:
                marks[np.frombuffer(self._postings[term].places, dtype=np.int64)] = 1.0
        return marks
