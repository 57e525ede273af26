"""Whether words say that something has changed: what was true before is not quoted then."""

from __future__ import annotations

import re

from ..statements import Sentence

_CHANGES = re.compile(
    r"\b(?:now|nowadays|these days|from now on|actually|chang(?:ed?|ing)|switch(?:ed)?|moved|decided|instead|no longer|any ?more|"
    r"update|finally|after all|scrap (?:that|what)|(?:forget|ignore) what I said|correction|sorry|I mean|make that|(?:no|oh),? wait|that's me done|"
    r"just (?:emailed|called|texted|rang|heard)|big news|as of|change of plan)\b",
    re.IGNORECASE,
)


_BEFORE = re.compile(r"\b(?:first|used to|originally|before|previous|old)\b", re.IGNORECASE)


def is_of_before(question: str) -> bool:
    """Whether a question asks how it was: then what has changed is no answer.

    >>> is_of_before("what was my first car"), is_of_before("what car have I got now")
    (True, False)
    """
    return _BEFORE.search(question) is not None


def renews(sentence: Sentence) -> bool:
    """Whether it says so itself or right before, in the same message: "OK, decided. One cup a day."."""
    before = sentence.previous
    led = before is not None and before.memory.id == sentence.memory.id and _CHANGES.search(before.text)
    return bool(led) or _CHANGES.search(sentence.text) is not None
