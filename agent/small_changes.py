"""How far a changed way of answering is from what it was: whether only its wording moved, and what could go wrong. Pure."""

from __future__ import annotations

import re
from typing import Literal

from memory.records import Shown

from .distillers.lessons import acts
from .rules import against

Risk = Literal["low", "medium", "high"]
# words that may come, go or be exchanged without a rule asking for something else
_FILLING = frozenset(
    "a an the please kindly just simply really do my your me us "
    "le la les l un une s il te plaît vous mon ma mes "
    "der die das den dem ein eine einen einem bitte mein meine meinen mir mich "
    "el los las un una unos unas por favor mi mis".split()
)
SPELT = 5  # letters of a word whose spelling may differ in one of them


def is_small(before: Shown, after: Shown) -> bool:
    """Whether only the wording moved: the same words in the same order, but for fillers and the spelling of one long word.

    Where it holds must be the same too. What would do more than answer is never small, before or after.
    """
    if acts(before.rule) or acts(after.rule) or against(before.rule) != against(after.rule):
        return False
    return (
        before.scope == after.scope
        and _telling(before.trigger) == _telling(after.trigger)
        and _reads_alike(_telling(before.rule), _telling(after.rule))
    )


def risk_of(after: Shown, before: Shown | None) -> Risk:
    """high: it would do more than answer; medium: it holds for every answer, or where the one before did not; else low."""
    if acts(after.rule):
        return "high"
    if before is None:
        return "medium" if after.scope == "always" else "low"
    elsewhere = after.scope != before.scope or _telling(after.trigger) != _telling(before.trigger)
    return "medium" if elsewhere else "low"


def _telling(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", words.casefold()) if word not in _FILLING]


def _reads_alike(one: list[str], other: list[str]) -> bool:
    """
    >>> _reads_alike(["use", "gramms"], ["use", "grams"]), _reads_alike(["use", "20", "grams"], ["use", "30", "grams"])
    (True, False)
    """
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return not differing or (len(differing) == 1 and _spelt_otherwise(*differing[0]))


def _spelt_otherwise(one: str, other: str) -> bool:
    """One letter more, less or else within a long word: never its first one, so that "typical" does not become "atypical"."""
    short, long = sorted((one, other), key=len)
    if len(short) < SPELT or not (one + other).isalpha() or one[0] != other[0] or len(long) - len(short) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
