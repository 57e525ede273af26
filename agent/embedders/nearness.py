"""How near texts are in meaning to a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from memory.ports import Embedder
from privacy.errors import KeepsakeError
from privacy.identity import Scope

ALL_WORDS = (
    0.5  # how near a text is that has every word asked about: enough to answer, below what meaning can reach
)
_ASKING = frozenset("what where which when whose does have that this your with from about".split())

Nearness = Callable[[str, Sequence[str]], Sequence[float]]  # of each text to a question, -1..1


def nearness(embedder: Embedder, scope: Scope) -> Nearness:
    """By the cosine of their vectors; without an embedder by the words they share."""

    def near(question: str, texts: Sequence[str]) -> Sequence[float]:
        try:
            vectors = embedder.embed_memories([question, *texts], scope=scope)
        except KeepsakeError:  # recall has said so, and what to do about it
            return [_shared(question, text) for text in texts]
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

    return near


def _shared(question: str, text: str) -> float:
    """
    >>> _shared("Where are my bees?", "I keep bees on the roof."), _shared("Where are my bees?", "I grow figs.")
    (0.5, 0.0)
    """
    asked, said = (
        {w for w in re.findall(r"\w{4,}", t.casefold()) if w not in _ASKING} for t in (question, text)
    )
    return ALL_WORDS * len(asked & said) / len(asked) if asked else 0.0
