"""How near texts are in meaning to a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from memory.ports import Embedder
from privacy.errors import KeepsakeError
from privacy.identity import Scope

Nearness = Callable[[str, Sequence[str]], Sequence[float]]  # of each text to a question, -1..1


def nearness(embedder: Embedder, scope: Scope) -> Nearness:
    """By the cosine of their vectors; without an embedder nothing is near, and the words decide."""

    def near(question: str, texts: Sequence[str]) -> Sequence[float]:
        try:
            vectors = embedder.embed_memories([question, *texts], scope=scope)
        except KeepsakeError:  # recall has said so, and what to do about it
            return [0.0] * len(texts)
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

    return near
