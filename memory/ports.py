"""What memory needs from others. The ports belong to memory; `agent` and `stores` implement them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from privacy.identity import Scope

from .records import Draft, Shown

Vector = NDArray[np.float32]


class Embedder(Protocol):
    """Texts in, unit vectors out. Called from worker threads, so it may block."""

    name: str  # identifies the vector space: another name means another index
    dimensions: int
    place: Literal["here", "elsewhere"]

    def embed_memories(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        """Vectors of what is remembered, shape (len(texts), dimensions)."""
        ...

    def embed_questions(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        """Vectors of what is asked, shape (len(texts), dimensions)."""
        ...


class Reranker(Protocol):
    """Reads a question and a memory together. Called from worker threads, so it may block."""

    name: str

    def scores(self, question: str, texts: Sequence[str], *, scope: Scope) -> Sequence[float]:
        """How well each text answers the question: more is better, on any scale."""
        ...


class Known(Protocol):
    """What is believed already, for a distiller to ask."""

    async def about(self, words: str) -> Sequence[Shown]:
        """The facts and preferences nearest to these words."""
        ...

    async def people(self) -> Mapping[str, frozenset[str]]:
        """Those close to the person by name, folded, with what they are to them: {"anna": {"sibling"}}."""
        ...


class Distiller(Protocol):
    """Proposes facts and preferences from new episodes (restored text). It never decides."""

    name: str

    async def distil(self, episodes: Sequence[Shown], *, scope: Scope, known: Known) -> list[Draft]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One memory as the index keeps it: nothing readable but sizes, times and kind."""

    id: str
    owner: str  # keyed pseudonym
    kind: str
    status: str
    version: int
    occurred_at: int  # microseconds since 1970, UTC
    recorded_at: int
    session: int  # keyed hash of (session), 62 bits; 0 for none
    position: int
    importance: float
    dense: Vector | None  # rotated under the owner's secret rotation
    sparse: Mapping[int, float]  # keyed hash of a term -> its weight
    payload: str  # the sealed record, base64; "" when it is too long and lies in the ledger only


class VectorIndex(Protocol):
    """Milvus, seen from memory. Every call names the owner; all calls block and may raise IndexFault."""

    def upsert(self, rows: Sequence[Row]) -> None: ...
    def remove(self, owner: str, ids: Sequence[str]) -> None: ...
    def remove_owner(self, owner: str) -> None: ...
    def rows(self, owner: str | None = None, *, kind: str | None = None) -> Iterator[Row]: ...
    def near(self, owner: str, vector: Vector, *, limit: int) -> list[tuple[str, float]]: ...
    def matching(self, owner: str, terms: Mapping[int, float], *, limit: int) -> list[tuple[str, float]]: ...
    def count(
        self, owner: str | None = None, *, windows: bool = True, ids: Sequence[str] | None = None
    ) -> int: ...
    def rebuild(self, rows: Iterable[Row]) -> None: ...  # drop everything, then write these
    def resize(self, dimensions: int) -> None: ...  # of the vectors from the next `rebuild` on
    def recover(self) -> None: ...  # connect, also again; raises IndexFault
    def close(self) -> None: ...
