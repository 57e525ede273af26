"""What people are asked about most, and how it is said; the patterns stand in words/attributes.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .lexicon import listed, table

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that may be known about somebody. Patterns are matched on lines with the person as @."""

    name: str
    asks: Pattern
    states: Pattern  # says it outright
    suggests: Pattern  # taken when nothing says it outright
    stated_before: Pattern  # says it of the past
    answer: str = ""  # the kind of answer that the words must hold
    also: tuple[str, ...] = ()  # other question words that ask for it: "when" for an age


_TABLE = table("attributes.yaml")
WORDS = {name: f"(?:{'|'.join(listed(text))})" for name, text in _TABLE["words"].items()}


def _read() -> tuple[Attribute, ...]:
    slots = WORDS | _TABLE["patterns"]
    return tuple(_attribute(entry, slots) for entry in _TABLE["attributes"])


def _attribute(entry: dict[str, Any], slots: dict[str, str]) -> Attribute:
    def pattern(part: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
        return re.compile(_filled(entry.get(part, ["(?!)"]), slots), flags)  # (?!) matches nothing

    return Attribute(
        name=entry["name"],
        asks=pattern("asked", re.IGNORECASE),
        states=pattern("said"),
        suggests=pattern("hints"),
        stated_before=pattern("before"),
        answer=entry.get("answer", ""),
        also=tuple(entry.get("also", ())),
    )


def _filled(alternatives: Sequence[str], slots: dict[str, str]) -> str:
    text = "|".join(alternatives)
    for name, meaning in slots.items():
        text = text.replace("{" + name + "}", meaning)
    return text


ATTRIBUTES = _read()


def names_attribute(topic: str) -> bool:
    """Whether a topic is one thing that may be known about the person.

    >>> names_attribute("my job"), names_attribute("my sister"), names_attribute("Rome")
    (True, False, False)
    """
    own, _, rest = topic.partition(" ")
    asked = f"what be @'s {rest}"
    return own.casefold() in ("my", "our") and any(attribute.asks.search(asked) for attribute in ATTRIBUTES)
