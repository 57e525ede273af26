"""From a question to the sentences that answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..embedders.nearness import Nearness
from ..grammar.clauses import is_asked
from ..questions import Question
from ..statements import Sentence, statements
from .alike import alike
from .coverage import covered
from .kept import having
from .own_questions import answered_oneself
from .quotes import Evidence
from .renewal import renews
from .stated import stating

QUOTED = 2  # at most this many sentences
TOLD = 3  # where all that is known is asked for
NEAR = 0.15  # as good as the best
NEWER = 0.5  # for what says that something has changed

_LISTED = frozenset({"like", "dislike", "hobby", "diet"})


def evidence(question: Question, said: Sequence[Sentence], near: Nearness) -> list[Evidence]:
    """Every sentence that answers, in the order they were said; the nearest in meaning where rules find none."""
    if question.open:
        return [Evidence(s, 1.0) for s in said if _is_about(question, s)]
    found = [e for s in said if (e := _by_rules(question, s)) is not None]
    whether = question.role and not question.counts
    return (
        found if found or whether else alike(question, said, near) or answered_oneself(question, said, near)
    )


def _by_rules(question: Question, sentence: Sentence) -> Evidence | None:
    if question.attribute is not None:
        return stating(question, question.attribute, sentence)
    return having(question, sentence) if question.role else None


_THE = re.compile(r"\bthe (\w+)(?: \w+)?\b(?! of\b)")


def is_of_things_said(question: Question, said: Sequence[Sentence]) -> bool:
    """Whether a question is about something the person has talked of: "when is the sofa coming" after "our new sofa"."""
    thing = _THE.search(question.line)
    if question.advice or question.polar or question.wanted.names or thing is None:
        return False
    return any(
        covered([thing.group(1)], sentence.words) == 1 for sentence in said if not is_asked(sentence.doc)
    )


def best(found: Sequence[Evidence], question: Question) -> list[Evidence]:
    """What is quoted, newest first: of values that replace each other, the newest of the best alone."""
    top = max((e.fit for e in found), default=0.0)
    fitting = [e for e in found if e.fit >= top - NEAR or (e.fit >= top - NEWER and renews(e.sentence))]
    if question.open:
        return fitting[-TOLD:][::-1]
    if not is_list(question):
        return fitting[-1:]
    if (
        question.attribute is not None
        and question.attribute.name == "diet"
        and fitting
        and renews(fitting[-1].sentence)
    ):
        return fitting[-1:]  # "I'm eating fish again now"
    unique = list({e.sentence.text.casefold(): e for e in fitting}.values())
    return unique[-QUOTED:][::-1]


def is_list(question: Question) -> bool:
    """Whether there may be several answers, as to "what do I like"."""
    if question.open:
        return True
    if question.attribute is not None:
        return question.attribute.name in _LISTED and "favourite" not in question.line
    return bool(question.role) and not question.counts


def _is_about(question: Question, sentence: Sentence) -> bool:
    return any(
        statement.clause.standing == "stated" and re.search(r"^(?:\w+ ){0,3}@", statement.line)
        for statement in statements(sentence, question.about)
    )
