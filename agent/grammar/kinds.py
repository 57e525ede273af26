"""Kinds of things and of answers: that teal is a colour and Korean a language, that "3:40" is a time of day."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import listed, table

_TABLE = table("kinds.yaml")
THINGS = {kind: frozenset(listed(text)) for kind, text in _TABLE["kinds"].items()}
KIND_WORDS = {kind: kind for kind in THINGS} | {
    word: kind for kind, text in _TABLE["asked"].items() for word in listed(text)
}
KIND_VERBS: dict[str, str] = _TABLE["verbs"]  # what is done to things of a kind

_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SLOTS = {"{MONTH}": "|".join(THINGS["month"]), "{DAY}": "|".join(THINGS["day"]), "{NUMBER}": _NUMBER}
_SOMEBODY = re.compile(r"\b(?:my|our|mum|dad|gran|nan)\b", re.IGNORECASE)
_SOMEWHERE = re.compile(
    r"\b(?i:in|at|to|from|near|on|by|under|behind|inside|outside|above|below|next|opposite|round|around|through|via|over|"
    r"into|off)\b|(?<=\w )[A-Z]\w+"
)
_NAME = re.compile(r"[A-Z][\w'’-]+")


def _answers() -> dict[str, re.Pattern[str]]:
    found = {"place": _SOMEWHERE, "name": _NAME}
    for kind, alternatives in _TABLE["answers"].items():
        text = "|".join(alternatives)
        for slot, meaning in _SLOTS.items():
            text = text.replace(slot, meaning)
        found[kind] = re.compile(rf"\b(?:{text})\b", re.IGNORECASE)
    return found


ANSWERS = _answers()


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(THINGS[kind], key=len, reverse=True))
    return re.compile(rf"\b(?:{words})(?:e?s)?\b", re.IGNORECASE)


def carries(text: str, answer: str) -> bool:
    """Whether words hold an answer of the kind asked for.

    >>> carries("dentist at 3:40 on Tuesday", "clock"), carries("my kids want a tent each", "colour")
    (True, False)
    """
    if answer == "when" and ANSWERS["clock"].search(text):
        return True
    if answer in ANSWERS:
        return ANSWERS[answer].search(text) is not None
    if answer in THINGS:
        return _pattern(answer).search(text) is not None
    if answer == "who":
        return _NAME.search(text[1:]) is not None or _SOMEBODY.search(text) is not None
    return True


def found_of(text: str, kind: str) -> list[str]:
    """The things of a kind that words hold.

    >>> found_of("my shiny iPhone and a Pixel", "phone")
    ['iphone', 'pixel']
    """
    return [match.group().casefold() for match in _pattern(kind).finditer(text)]
