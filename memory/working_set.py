"""One owner's index rows in memory, ready to be scored at once.

Milvus Lite walks its rows in Python, tens of milliseconds at 10,000; the same rows as one matrix and
a dictionary of postings answer exactly and in a few. The rows come from Milvus; what is not indexed
yet is added by its words, and by its meaning once it is embedded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from .ports import Row, Vector
from .ranking import Numbers, Scores, idf


@dataclass(frozen=True, slots=True)
class Scored:
    """Raw signals for every live memory, in one order."""

    ids: list[str]
    sessions: Numbers
    positions: Numbers
    meaning: Scores  # cosine; the mean of the others where there is no vector yet
    words: Scores  # BM25
    coverage: Scores  # share of the question's rare words, 0..1


class WorkingSet:
    """Not thread-safe: its user holds a lock."""

    def __init__(self, dimensions: int) -> None:
        self._rows: list[Row | None] = []  # None: removed
        self._place: dict[str, int] = {}
        self._postings: dict[int, dict[int, float]] = {}
        self._matrix = np.zeros((64, dimensions), dtype=np.float32)
        self._vectors: list[int] = []  # the memory's place for each line of the matrix
        self._columns: tuple[Numbers, Numbers, Numbers] | None = None

    def __len__(self) -> int:
        return len(self._place)

    def __contains__(self, memory: object) -> bool:
        return memory in self._place

    def ids(self) -> set[str]:
        return set(self._place)

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows in; a memory that is already here is replaced. Windows follow their memory."""
        for row in rows:
            memory = row.id.split("#", 1)[0]
            if memory == row.id:
                self.remove([memory])
                self._place[memory] = len(self._rows)
                self._rows.append(row)
                for term, weight in row.sparse.items():
                    self._postings.setdefault(term, {})[self._place[memory]] = weight
            if row.dense is not None and memory in self._place:
                self._add_vector(self._place[memory], row.dense)
        self._columns = None

    def remove(self, memories: Iterable[str]) -> None:
        for memory in memories:
            place = self._place.pop(memory, None)
            row = None if place is None else self._rows[place]
            if place is None or row is None:
                continue
            for term in row.sparse:
                holders = self._postings[term]
                holders.pop(place, None)
                if not holders:
                    del self._postings[term]
            self._rows[place] = None
            self._matrix[[line for line, owner in enumerate(self._vectors) if owner == place]] = 0.0
            self._vectors = [-1 if owner == place else owner for owner in self._vectors]
            self._columns = None

    def score(self, question: Vector, terms: Mapping[int, float]) -> Scored:
        """Every live memory's signals for a question (its rotated vector and its blind terms)."""
        places, sessions, positions = self._live_columns()
        meaning = self._meaning(question)[places]
        known = ~np.isnan(meaning)
        meaning[~known] = meaning[known].mean() if known.any() else 0.0
        words = np.zeros(len(self._rows), dtype=np.float32)
        covered = np.zeros(len(self._rows), dtype=np.float32)
        total = 0.0
        for term, times in terms.items():
            holders = self._postings.get(term, {})
            rarity = idf(len(places), len(holders))
            total += rarity
            if holders:
                at = np.fromiter(holders.keys(), dtype=np.int64, count=len(holders))
                words[at] += (
                    times * rarity * np.fromiter(holders.values(), dtype=np.float32, count=len(holders))
                )
                covered[at] += rarity
        live = [row for row in self._rows if row is not None]
        return Scored(
            ids=[row.id for row in live],
            sessions=sessions,
            positions=positions,
            meaning=meaning,
            words=words[places],
            coverage=covered[places] / total if total else covered[places],
        )

    def _add_vector(self, place: int, vector: Vector) -> None:
        line = len(self._vectors)
        if line == len(self._matrix):
            self._matrix = np.vstack([self._matrix, np.zeros_like(self._matrix)])
        self._matrix[line] = vector
        self._vectors.append(place)

    def _meaning(self, question: Vector) -> Scores:
        """The best window's cosine for each place; NaN where nothing is embedded."""
        best = np.full(len(self._rows), -np.inf, dtype=np.float32)
        owners = np.array(self._vectors, dtype=np.int64)
        live = owners >= 0
        cosines = self._matrix[: len(owners)] @ question
        np.maximum.at(best, owners[live], cosines[live])
        return np.where(np.isfinite(best), best, np.nan).astype(np.float32)

    def _live_columns(self) -> tuple[Numbers, Numbers, Numbers]:
        if self._columns is None:
            live = [(place, row) for place, row in enumerate(self._rows) if row is not None]
            self._columns = (
                np.array([place for place, _ in live], dtype=np.int64),
                np.array([row.session for _, row in live], dtype=np.int64),
                np.array([row.position for _, row in live], dtype=np.int64),
            )
        return self._columns
