"""What is said about the person without a capable model: only what they said themself, quoted and dated.

A small model cannot read its notes, so code decides: what is asked, which of the person's sentences state it, and
whether any does. When in doubt it says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from memory.records import Recollection

from .embedders.nearness import Nearness
from .evidence.quotes import Evidence
from .evidence.search import best, evidence, is_of_things_said
from .grammar.spelling import sentences
from .parsing import Parse
from .questions import understand
from .statements import read
from .wording import WORDINGS, Wording

REACH = 60  # memories that are read for one answer
LONGEST = 600  # characters of one quotation
LEAST_IF_DOUBTFUL = 0.75  # of a question that may not be about the person at all

_FIRST_PERSON = re.compile(r"\b(i|i'm|i've|i'd|i'll|im|ive|me|my|mine|myself|we|our|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer that rests on memories alone, and which ones."""

    text: str
    used: tuple[str, ...] = ()


def tells(text: str) -> bool:
    """Whether a message that asks nothing of memory tells something about the person.

    >>> tells("I live in Lyon."), tells("Good morning!"), tells("What is the capital of France?")
    (True, False, False)
    """
    last = sentences(text)[-1:]
    return bool(last) and not last[0].endswith("?") and _FIRST_PERSON.search(text) is not None


def answer(
    recollection: Recollection, parse: Parse, near: Nearness, words: Wording = WORDINGS["en"]
) -> Grounded | None:
    """The person's own words that answer; that nothing is known yet; None for what asks nothing of memory."""
    said, names = read(recollection.hits, parse)
    question = understand(recollection.question, parse, names)
    if question is None:
        return None
    found = evidence(question, said, near)
    chosen = best(found, question)
    if not chosen:
        return Grounded(words.unknown) if question.personal or is_of_things_said(question, said) else None
    quoted = [f"{_quotation(one, words)} [{number}]" for number, one in enumerate(chosen, start=1)]
    used = (sentence.memory.id for one in chosen for sentence in one.quoted)
    return Grounded("\n\n".join(quoted), tuple(dict.fromkeys(used)))


def _quotation(one: Evidence, words: Wording) -> str:
    together = len({sentence.memory.id for sentence in one.quoted}) == 1
    said = (" " if together else " … ").join(" ".join(sentence.text.split()) for sentence in one.quoted)
    return words.quotation(one.sentence.memory.occurred_at, said[:LONGEST])
