"""Facts and preferences by rules, offline: few and right rather than many.

Only the person's own plain statements count; questions, suppositions, quotations and negations are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from memory.ports import Asking
from memory.records import Draft, Polarity, Shown
from privacy.identity import Scope

from .instructions import wishes

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_UNSURE = re.compile(
    r"\b(if|maybe|perhaps|would|could|might|used to|imagine|suppose|wish)\b|[\"“”?]", re.IGNORECASE
)
_THING = (
    r"([\w'’ \-]{2,60}?)(?=\s+(?:and|but|because|since|so|when|while|with|for|at|these|right|now)\b|[,.!;]|$)"
)
_START = r"^(?:(?:well|so|also|and|but|btw|by the way|actually|oh|hi|hello|hey)[,!]?\s+)*"

FACTS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("lives_in", "lives in", re.compile(_START + r"i (?:now )?live in " + _THING, re.IGNORECASE)),
    (
        "lives_in",
        "lives in",
        re.compile(_START + r"i(?:'ve| have)? (?:just |recently )?moved to " + _THING, re.IGNORECASE),
    ),
    ("works_at", "works at", re.compile(_START + r"i work (?:at|for) " + _THING, re.IGNORECASE)),
    ("job", "works as", re.compile(_START + r"i work as an? " + _THING, re.IGNORECASE)),
    ("name", "is called", re.compile(_START + r"my name is " + _THING, re.IGNORECASE)),
    ("allergy", "is allergic to", re.compile(_START + r"i(?:'m| am) allergic to " + _THING, re.IGNORECASE)),
)
_PREFERENCES: tuple[tuple[Polarity, str, re.Pattern[str]], ...] = (
    (
        "likes",
        "likes",
        re.compile(_START + r"i (?:really |absolutely )?(?:like|love|enjoy|adore) " + _THING, re.IGNORECASE),
    ),
    ("likes", "prefers", re.compile(_START + r"i (?:much )?prefer " + _THING, re.IGNORECASE)),
    (
        "dislikes",
        "dislikes",
        re.compile(
            _START
            + r"i (?:really )?(?:hate|dislike|can't stand|cannot stand|don't like|do not like) "
            + _THING,
            re.IGNORECASE,
        ),
    ),
)
_POINTING = frozenset(["it", "that", "this", "them", "these", "those", "you", "him", "her"])


class RulesDistiller:
    """Reads sentences one by one; blocks for microseconds only."""

    name = "rules"

    async def distil(self, episodes: Sequence[Shown], *, scope: Scope, known: Asking) -> list[Draft]:
        return [draft for episode in episodes for draft in drafts(episode)]


def drafts(episode: Shown) -> list[Draft]:
    """What one episode states about its speaker."""
    found: list[Draft] = []
    for match in _SENTENCE.finditer(episode.text):
        sentence = match.group().strip()
        found += wishes(sentence, episode)
        if sentence and not _UNSURE.search(sentence):
            found += _facts(sentence, episode) + _preferences(sentence, episode)
    return found


def _facts(sentence: str, episode: Shown) -> list[Draft]:
    return [
        Draft(
            kind="fact",
            text=f"The user {verb} {thing}.",
            episode=episode.id,
            quote=sentence,
            relation=relation,
            object=thing,
        )
        for relation, verb, pattern in FACTS
        if (thing := _thing(pattern, sentence))
    ]


def _preferences(sentence: str, episode: Shown) -> list[Draft]:
    return [
        Draft(
            kind="preference",
            text=f"The user {verb} {thing}.",
            episode=episode.id,
            quote=sentence,
            object=thing,
            polarity=polarity,
            aspect="taste",
        )
        for polarity, verb, pattern in _PREFERENCES
        if (thing := _thing(pattern, sentence))
    ]


def _thing(pattern: re.Pattern[str], sentence: str) -> str:
    match = pattern.search(sentence)
    if match is None or match.group(1).split()[0].casefold() in _POINTING:
        return ""
    return match.group(1).strip()
