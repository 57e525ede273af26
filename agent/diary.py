"""What somebody did or planned at a time, in embedded mode: their own words of that time, in order. Pure."""

from __future__ import annotations

import re

from memory.records import Recollection
from memory.times.when import of_that_time

from .answers import Grounded
from .wording import Wording

MOST = 8  # quotations
_OPEN = re.compile(
    r"\b(?:what (?:all )?(?:did|have) (?:i|we) (?:do|done|say|said|tell you|told you|talk about|talked about|plan|planned|get up to|got planned|got on)\b"
    r"|what (?:was|were|am|are) (?:i|we) (?:doing|up to|planning)|what happened|what(?:'s| is| was) (?:on|planned|going on|new)\b|how was my\b"
    r"|do i have (?:anything|something) (?:on|planned)|have i got anything (?:on|planned)"
    r"|qu'est-ce que j'ai (?:fait|dit)|qu'ai-je (?:fait|dit)|was habe ich (?:gemacht|gesagt|vor)|was (?:mache|war)\b|qué (?:hice|dije|hago)\b)",
    re.IGNORECASE,
)


def diary(recollection: Recollection, words: Wording) -> Grounded | None:
    """The person's words of the time that an open question asks for; None when it asks for something in particular."""
    if recollection.during is None or not _OPEN.search(recollection.question.replace("’", "'")):
        return None
    of_then = [
        hit.memory
        for hit in recollection.hits
        if of_that_time(hit)
        and hit.memory.kind == "episode"
        and hit.memory.speaker == "user"
        and not hit.memory.text.rstrip().endswith("?")
    ]
    if not of_then:
        return Grounded(words.unknown)
    told = sorted(of_then[:MOST], key=lambda memory: (memory.occurred_at, memory.id))
    quoted = [
        f"{words.quotation(memory.occurred_at, ' '.join(memory.text.split())[:300])} [{n}]"
        for n, memory in enumerate(told, start=1)
    ]
    return Grounded("\n\n".join(quoted), tuple(memory.id for memory in told))
