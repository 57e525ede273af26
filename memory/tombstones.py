"""What must not be learned again: keyed marks of a statement, from which nobody can read it (pure)."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from hashlib import sha256

from .lexical import terms
from .records import Draft, Shown

MEANT = 3  # words that a text must have before it marks anything: "yes" says nothing to forbid


def marks(said: Draft | Shown, key: bytes) -> frozenset[bytes]:
    """The marks of a statement: of what it says about whom, and of its words in any order and form.

    >>> from datetime import datetime, UTC
    >>> one = Draft(kind="fact", text="The user lives in Lyon.", episode="", quote="", relation="lives_in", object="Lyon")
    >>> two = Draft(kind="fact", text="Lives in LYON, the user!", episode="", quote="", relation="lives_in", object="lyon")
    >>> marks(one, b"k") == marks(two, b"k")
    True
    """
    return frozenset(hmac.digest(key, "|".join(words).encode(), sha256) for words in _statements(said))


def _statements(said: Draft | Shown) -> Iterator[tuple[str, ...]]:
    about = said.relation or said.aspect
    if about and said.object:
        yield "slot", said.kind, _one(said.subject or "user"), about.casefold(), _one(said.object)
    for text in (said.text, said.quote):
        words = sorted(set(terms(text)))
        if len(words) >= MEANT:
            yield "words", *words


def _one(value: str) -> str:
    return " ".join(sorted(terms(value))) or value.casefold()
