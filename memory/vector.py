"""Search over sealed text: blind terms, rotated vectors, and the row that Milvus keeps.

A term is an HMAC of a stemmed word under the owner's key, so equal words match and nothing can be read.
A vector is turned by a rotation only the owner's key can make; cosines stay what they were.
"""

from __future__ import annotations

import base64
import hmac
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

import numpy as np
import snowballstemmer

from .ports import Row, Vector
from .stores.ledger import Stored

INLINE_PAYLOAD = 40_000  # base64 characters; Milvus' VARCHAR ends at 65,535 bytes
WINDOW_WORDS = 160  # about 220 word pieces: the embedder reads 256
WINDOW_OVERLAP = 40
MAX_WINDOWS = 64  # a huge message keeps its beginning findable by meaning, and all of it by words

# BM25 weights on the memory's side, Robertson & Zaragoza 2009. Length is measured against a fixed
# pivot, not the owner's mean: a weight then never changes after it was written.
K1, B, PIVOT = 1.2, 0.3, 20.0

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\W_]", re.UNICODE)
_STEM = snowballstemmer.stemmer("english")
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "mine",
        "of",
        "on",
        "or",
        "our",
        "ours",
        "she",
        "so",
        "that",
        "the",
        "their",
        "theirs",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yours",
        "am",
        "can",
        "could",
        "should",
        "shall",
        "about",
        "just",
        "not",
        "no",
        "than",
        "up",
        "out",
        "over",
        "s",
        "t",
        "d",
        "m",
        "re",
        "ve",
        "ll",
        "don",
        "didn",
        "doesn",
        "isn",
        "wasn",
    ]
)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem: str = _STEM.stemWord(word)
    return stem


def terms(text: str) -> list[str]:
    """The stemmed words of a text, stop words left out; scripts without spaces fall into pairs of signs.

    >>> terms("My sister's cats!")
    ['sister', 'cat']
    """
    found: list[str] = []
    for match in _WORD.finditer(_folded(text)):
        word = match.group().replace("’", "'").removesuffix("'s")
        if word in STOP_WORDS:
            continue
        if any("\u2e80" <= c <= "\ud7af" or "\u0e00" <= c <= "\u0e7f" for c in word):
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        else:
            found.append(_stem(word))
    return found


def date_words(moment: datetime) -> str:
    """A date as people write it, so that "in May" finds it by words."""
    return moment.strftime("%A %-d %B %Y")


def blind(term: str, key: bytes) -> int:
    """The dimension of a term: 31 bits of an HMAC under the owner's key."""
    return int.from_bytes(hmac.digest(key, term.encode(), sha256)[:4], "big") >> 1


def weights(words: list[str], key: bytes) -> dict[int, float]:
    """BM25's memory side for each blind term."""
    counts = Counter(words)
    norm = K1 * (1 - B + B * len(words) / PIVOT)
    return {blind(term, key): n * (K1 + 1) / (n + norm) for term, n in counts.items()}


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
