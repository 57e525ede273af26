"""What somebody orders about a way of answering, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SkillVerb = Literal["list", "approve", "reject", "give up", "reword", "go back"]


@dataclass(frozen=True, slots=True)
class SkillOrder:
    """What is to become of the way of answering that these words say; no words: the one that was just spoken of."""

    verb: SkillVerb
    words: str = ""
    value: str = ""  # how it is to be worded
    language: str = "en"


_VERBS: Mapping[str, SkillVerb] = {
    "skills": "list",
    "approve": "approve",
    "reject": "reject",
    "give up": "give up",
    "reword": "reword",
    "go back": "go back",
}


def skill_order_of(kind: str, parts: Mapping[str, str], language: str) -> SkillOrder | None:
    """The order that a phrase of this kind is; None for another kind of phrase."""
    verb, words, value = _VERBS.get(kind), parts.get("words", ""), parts.get("value", "")
    if verb is None:
        return None
    return (
        SkillOrder(verb, words, value, language)
        if verb == "reword"
        else SkillOrder(verb, words or value, "", language)
    )
