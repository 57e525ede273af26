"""How much of what is asked words hold: themselves, by a paraphrase, or as one of a kind."""

from __future__ import annotations

from collections.abc import Iterable

from ..grammar.kinds import KIND_WORDS, THINGS
from ..grammar.lexicon import words
from ..grammar.paraphrases import paraphrases, stem
from ..statements import Statement

_POINTING = words("it that this they those these them one there mine")


def covered(wanted: Iterable[str], words: Iterable[str]) -> float:
    """The share of the wanted words that stand there or are paraphrased; 1 where none is wanted.

    >>> covered(["vacation", "plum"], ["holiday", "in", "june"])
    0.5
    """
    wanted, there = list(wanted), frozenset(words)
    if not wanted:
        return 1.0
    stems = {stem(word) for word in there}
    found = [bool(paraphrases(w) & there) or stem(w) in stems or _is_kind(w, there) for w in wanted]
    return sum(found) / len(found)


def _is_kind(word: str, there: frozenset[str]) -> bool:
    kind = KIND_WORDS.get(word)
    return kind is not None and bool(THINGS[kind] & there)


def words_behind(statement: Statement) -> frozenset[str]:
    """The words of the sentence before, where this one leans on it."""
    before = statement.sentence.stated_before
    if before is None:
        return frozenset()
    tokens = statement.clause.tokens
    leans = len(tokens) < 6 or any(token.lower_ in _POINTING for token in tokens)
    return before.words if leans or before.memory.id == statement.sentence.memory.id else frozenset()
