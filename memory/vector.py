"""Search over sealed text: what is embedded, vectors under a secret rotation, and the row that Milvus keeps.

A vector is turned by a rotation only the owner's key can make; cosines stay what they were.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from .ports import Row, Vector
from .stores.ledger import Stored

INLINE_PAYLOAD = 40_000  # base64 characters; Milvus' VARCHAR ends at 65,535 bytes
WINDOW_WORDS = 160  # about 220 word pieces: the embedder reads 256
WINDOW_OVERLAP = 40
MAX_WINDOWS = 64  # a huge message keeps its beginning findable by meaning, and all of it by words


def windows(text: str) -> list[str]:
    """A long text as overlapping stretches the embedder can read whole; a short one as itself."""
    words = text.split()
    if len(words) <= WINDOW_WORDS:
        return [text[: WINDOW_WORDS * 12]]
    step = WINDOW_WORDS - WINDOW_OVERLAP
    starts = range(0, len(words) - WINDOW_OVERLAP, step)
    return [" ".join(words[start : start + WINDOW_WORDS]) for start in starts[:MAX_WINDOWS]]


@lru_cache(maxsize=64)
def rotation(seed: bytes, dimensions: int) -> Vector:
    """The owner's secret rotation: the orthogonal part of a seeded Gaussian matrix."""
    rng = np.random.default_rng(np.frombuffer(seed, dtype=np.uint32))
    q, r = np.linalg.qr(rng.standard_normal((dimensions, dimensions)))
    return (q * np.sign(np.diag(r))).astype(np.float32)


def names(memory: str) -> list[str]:
    """The ids of all rows that a memory may have: its own, and those of further windows."""
    return [memory, *(f"{memory}#{part}" for part in range(1, MAX_WINDOWS))]


def memory_of(row: str) -> str:
    """The memory whose row it is.

    >>> memory_of("a1"), memory_of("a1#3")
    ('a1', 'a1')
    """
    return row.split("#", 1)[0]


def rows_of(stored: Stored, sealed: bytes, vectors: Vector | None, sparse: Mapping[int, float]) -> list[Row]:
    """The index rows of one memory: itself, and one more for each further window of a long text."""
    payload = base64.b64encode(sealed).decode()
    named, rows = names(stored.id), []
    for part in range(1 if vectors is None else len(vectors)):
        rows.append(
            Row(
                id=named[part],
                owner=stored.owner,
                kind=stored.kind if part == 0 else "window",
                status=stored.status,
                version=stored.version,
                occurred_at=stored.occurred_at,
                recorded_at=stored.recorded_at,
                session=stored.session,
                position=stored.position,
                importance=stored.importance,
                dense=None if vectors is None else vectors[part],
                sparse=sparse if part == 0 else {},
                payload=payload if part == 0 and len(payload) <= INLINE_PAYLOAD else "",
            )
        )
    return rows
