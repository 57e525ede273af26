"""The outward form of a text, and what somebody changed about it: pure.

An edited answer says what was missing without a word about it: points instead of prose, a greeting, half the length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*[-*•]\s+\S", re.MULTILINE)
_NUMBER = re.compile(r"^\s*\d+[.)]\s+\S", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_TABLE = re.compile(r"^\|.*\|\s*$", re.MULTILINE)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
LONGEST_LINE = 8  # words of a greeting or a closing
SHORTER, LONGER = 0.6, 1.8


@dataclass(frozen=True, slots=True)
class Trait:
    """Something a text can be seen to have, and how to ask for it or for its absence."""

    name: str
    there: Callable[[str], bool]
    wanted: str
    unwanted: str


TRAITS: tuple[Trait, ...] = (
    Trait("points", lambda t: len(_BULLET.findall(t)) >= 2, "use bullet points", "no bullet points"),
    Trait(
        "numbers", lambda t: len(_NUMBER.findall(t)) >= 2, "use a numbered list", "no numbered list"
    ),
    Trait("headings", lambda t: bool(_HEADING.search(t)), "use headings", "no headings"),
    Trait("table", lambda t: len(_TABLE.findall(t)) >= 2, "use a table", "no tables"),
    Trait("code", lambda t: "```" in t, "show it as a block of code", "no blocks of code"),
    Trait("emoji", lambda t: bool(_EMOJI.search(t)), "use emoji", "no emoji"),
    Trait("exclamation", lambda t: "!" in t, "use exclamation marks", "no exclamation marks"),
    Trait(
        "question", lambda t: t.rstrip().endswith("?"), "end with a question", "do not end with a question"
    ),
)  # fmt: skip
RARE = ("points", "numbers", "headings", "table", "code")  # what nobody does by accident


def changed(before: str, after: str) -> list[str]:
    """What an edit asks for.

    >>> changed("First this, then that, then home.", "1. this\\n2. that\\n3. home")
    ['use a numbered list']
    >>> changed("All the best to you.", "All the best to you.\\nYours, Ada")
    ['end with “Yours, Ada”']
    """
    wishes = [
        trait.wanted if trait.there(after) else trait.unwanted
        for trait in TRAITS
        if trait.there(before) != trait.there(after)
    ]
    old, new = _lines(before), _lines(after)
    if len(new) > 1 and _kept(old, new) and not _is_item(new[-1]) and new[-1] not in old and _short(new[-1]):
        wishes.append(f"end with “{new[-1]}”")
    if len(new) > 1 and _kept(old, new) and not _is_item(new[0]) and new[0] not in old and _short(new[0]):
        wishes.append(f"begin with “{new[0]}”")
    lengths = len(before.split()), len(after.split())
    if lengths[1] <= SHORTER * lengths[0] and lengths[0] >= 12:
        wishes.append("keep it shorter")
    if lengths[1] >= LONGER * lengths[0] and lengths[0] >= 12:
        wishes.append("go into more detail")
    return wishes


def in_common(liked: Sequence[str], others: Sequence[str]) -> list[str]:
    """What the answers that were liked share and the others lack.

    >>> in_common(["- a\\n- b", "- c\\n- d", "- e\\n- f"], ["g", "h"])
    ['use bullet points']
    """
    return [
        trait.wanted
        for trait in TRAITS
        if trait.name in RARE
        and all(trait.there(text) for text in liked)
        and sum(trait.there(text) for text in others) * 4 <= len(others)
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _kept(old: Sequence[str], new: Sequence[str]) -> bool:
    return bool(set(old) & set(new))


def _short(line: str) -> bool:
    return len(line.split()) <= LONGEST_LINE


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line))
