"""How near texts are in meaning to a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from memory.ports import Embedder
from privacy.identity import Scope

Nearness = Callable[[str, Sequence[str]], Sequence[float]]  # of each text to a question, -1..1


def nearness(embedder: Embedder, scope: Scope) -> Nearness:
    """By the cosine of their vectors."""

    def near(question: str, texts: Sequence[str]) -> Sequence[float]:
        vectors = embedder.embed_memories([question, *texts], scope=scope)
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

    return near
