"""What is said about the person without a capable model: only what they said themself, quoted and dated.

A small model cannot read its notes, so code decides: what is asked, which of the person's sentences state it, and
whether any does. When in doubt it says so.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from memory.ports import Embedder
from memory.records import Recollection
from privacy.errors import KeepsakeError
from privacy.identity import Scope

from .embedders.nearness import Nearness, nearness
from .evidence.excerpts import whole
from .evidence.quotes import Evidence
from .evidence.reading import Reads, certainly, read_for
from .evidence.renewal import renewed
from .evidence.search import best, evidence, is_list, is_of_things_said
from .evidence.withdrawn import NOTHING_WITHDRAWN, Withdrawn
from .grammar.roles import ABOVE, role_of
from .grammar.spelling import sentences
from .parsing import Parse
from .questions import Question, understand
from .statements import Sentence, read
from .wording import WORDINGS, Wording

REACH = 60  # memories that are read for one answer
LONGEST = 600  # characters of one quotation

_FIRST_PERSON = re.compile(r"\b(i|i'm|i've|i'd|i'll|im|ive|me|my|mine|myself|we|our|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer that rests on memories alone, and which ones."""

    text: str
    used: tuple[str, ...] = ()


def tells(text: str, parse: Parse) -> bool:
    """Whether a message that asks nothing of memory tells something about the person, or about somebody.

    >>> from agent.parsing import parse
    >>> tells("I live in Lyon.", parse), tells("Anna moved to Leeds.", parse), tells("Good morning!", parse)
    (True, True, False)
    """
    last = sentences(text)[-1:]
    if not last or last[0].endswith("?"):
        return False
    return _FIRST_PERSON.search(text) is not None or _is_of_somebody(parse(last)[0])


def _is_of_somebody(doc: Doc) -> bool:
    """A plain sentence with a verb, whose subject is a name, "she" or "he"."""
    return any(
        token.dep_ in ("nsubj", "nsubjpass")
        and (token.pos_ == "PROPN" or token.lower_ in ("he", "she", "they") or role_of(token) in ABOVE)
        and token.head.dep_ == "ROOT"
        and token.i < token.head.i
        for token in doc
    )


def answer(
    recollection: Recollection,
    parse: Parse,
    near: Nearness,
    reads: Reads,
    words: Wording = WORDINGS["en"],
    gone: Withdrawn = NOTHING_WITHDRAWN,
) -> Grounded | None:
    """The person's own words that answer; that nothing is known yet; None for what asks nothing of memory."""
    said, names = read(recollection.hits, parse)
    question = understand(recollection.question, parse, names)
    if question is None:
        return None
    said = [one for one in said if not gone.silences(one.memory.id, one.text, past=question.past)]
    found = _found(question, recollection, said, near, reads)
    chosen = [whole(question, renewed(question, one, said), said) for one in found]
    if not chosen:
        return Grounded(words.unknown) if question.personal or is_of_things_said(question, said) else None
    quoted = [f"{_quotation(one, words)} [{number}]" for number, one in enumerate(chosen, start=1)]
    used = (sentence.memory.id for one in chosen for sentence in one.quoted)
    return Grounded("\n\n".join(quoted), tuple(dict.fromkeys(used)))


def _found(
    question: Question, recollection: Recollection, said: Sequence[Sentence], near: Nearness, reads: Reads
) -> list[Evidence]:
    """What answers: by rules where several things may, where advice or who is whose is asked; else by reading."""

    def by_rules() -> list[Evidence]:
        return best(evidence(question, said, near), question)

    if is_list(question) or "related" in question.wanted.words:
        return by_rules()
    try:
        if question.advice:
            return by_rules() or certainly(question, recollection, said, reads)
        return read_for(question, recollection, said, reads, by_rules)
    except KeepsakeError:  # recall has said so, and what to do about it; until then the rules answer
        return by_rules()


class Grounding:
    """Answers of the person's own words, away from the event loop."""

    def __init__(self, parse: Parse, embedder: Embedder, reads: Reads) -> None:
        self._parse = parse
        self._embedder = embedder
        self._reads = reads

    async def answer(
        self, recollection: Recollection, scope: Scope, words: Wording, gone: Withdrawn = NOTHING_WITHDRAWN
    ) -> Grounded | None:
        near = nearness(self._embedder, scope)
        return await asyncio.to_thread(answer, recollection, self._parse, near, self._reads, words, gone)


def _quotation(one: Evidence, words: Wording) -> str:
    together = len({sentence.memory.id for sentence in one.quoted}) == 1
    said = (" " if together else " … ").join(one.words_of(sentence) for sentence in one.quoted)
    return words.quotation(one.sentence.memory.occurred_at, said[:LONGEST])
