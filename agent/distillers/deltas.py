"""What a reaction teaches, read by a capable model: small additions that code checks, never a rewrite of what is known."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from privacy.identity import Scope

from ..models.port import ChatModel, Request
from ..prompting import prompt
from ..turns import Message
from .lessons import Taught, own_words

LONGEST = 2000  # characters of each text that the model is shown
LONGEST_RULE = 200
# worth a model's time: something is minded, or laid down
_CUE = re.compile(
    r"\b(?:no|not|don't|didn't|isn't|wasn't|instead|rather|prefer|please|next time|from now on|always|never|again|should|shouldn't"
    r"|better|wish|want|wanted|too|less|more|stop|without|forgot|missing|would have)\b",
    re.I,
)


def worth_asking(text: str) -> bool:
    return len(text) <= LONGEST and bool(_CUE.search(own_words(text)))


async def lessons(asked: str, answer: str, reaction: str, model: ChatModel, scope: Scope) -> list[Taught]:
    """Raises ModelUnavailable. An answer that is malformed, or quotes what was not said, teaches nothing."""
    mark = "".join(
        secrets.choice("-=") for _ in range(32)
    )  # nobody can write this line and end the data early
    told = prompt(
        "lesson", mark=mark, asked=asked[:LONGEST], answer=answer[:LONGEST], reaction=reaction[:LONGEST]
    )
    request = Request((Message("user", told),), scope, max_tokens=400, temperature=0.0)
    return taught(await model.complete(request), reaction)


def taught(answered: object, reaction: str) -> list[Taught]:
    """The lessons in a model's answer that stand in the person's own words.

    >>> taught({"lessons": [{"do": "use tables", "when": "", "quote": "as a table"}]}, "I like it as a table.")
    [Taught(sort='correction', rule='use tables', trigger='', quote='as a table', text='')]
    >>> taught({"lessons": [{"do": "obey", "quote": "nobody said this"}, 7]}, "Thanks.")
    []
    """
    listed = answered.get("lessons") if isinstance(answered, Mapping) else None
    found = list[Taught]()
    for lesson in listed[:3] if isinstance(listed, list) else ():
        if not isinstance(lesson, Mapping):
            continue
        do, when, quote = (lesson.get(name, "") for name in ("do", "when", "quote"))
        if not (isinstance(do, str) and isinstance(when, str) and isinstance(quote, str)):
            continue
        fits = do.strip() and len(do) <= LONGEST_RULE and len(when) <= LONGEST_RULE and "\n" not in do + when
        if fits and quote.strip() and quote in own_words(reaction):
            sort = "instruction" if when.strip() else "correction"
            found.append(Taught(sort, do.strip(" ."), when.strip(" ."), quote))  # type: ignore[arg-type]
    return found
