"""A memory as a line of an answer: pure."""

from __future__ import annotations

from memory.records import Shown

from ..wording import wording
from .sentences import Sentences

QUOTED = 200  # characters of one quotation


def line_of(memory: Shown, say: Sentences, language: str) -> str:
    """When it was told, and in which words."""
    day = wording(language).day(memory.occurred_at)
    return "- " + say.told.format(day=day, words=short(memory.quote or memory.text))


def short(text: str) -> str:
    """Words on one line, cut between two of them where they are many."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[:QUOTED].rsplit(" ", 1)[0] + " …"
