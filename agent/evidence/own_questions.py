"""A question the person asked themself and answered in the same message: "Where am I from? Belfast, believe it or not."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..embedders.nearness import Nearness
from ..grammar.clauses import is_asked
from ..grammar.people import is_me
from ..grammar.roles import is_role
from ..questions import Question
from ..statements import Sentence, statements
from .quotes import Evidence

THE_SAME = 0.6  # nearness of two questions that ask the same

_TEASES = re.compile(
    r"^\W*(?:(?:do not|never) ask me|ask me|guess (?:what|who|where|which|how|when))\b", re.IGNORECASE
)


def answered_oneself(question: Question, said: Sequence[Sentence], near: Nearness) -> list[Evidence]:
    """The last of their questions that asks the same, with what followed it."""
    asked = [(s, after) for s in said if _asks(s) and (after := _following(s, said))]
    asked = [
        (s, after)
        for s, after in asked
        if question.about is None and _is_of_me(s) and _is_of_nobody_else(after[0])
    ]
    if not asked:
        return []
    nearnesses = near(question.text, [s.text for s, _ in asked])
    same = [
        (s, after) for (s, after), n in zip(asked, nearnesses, strict=True) if n >= THE_SAME or _is_of_one(question, s)
    ]  # fmt: skip
    return [
        Evidence(after[0], 1.0, context=s, after=after[1] if len(after) > 1 else None)
        for s, after in same[-1:]
    ]


def _is_of_me(sentence: Sentence) -> bool:
    return any(is_me(t) for t in sentence.doc) and _is_of_nobody_else(sentence)


def _is_of_nobody_else(sentence: Sentence) -> bool:
    return not any(is_role(m.role) or "somebody" in m.labels for m in sentence.mentions)


def _asks(sentence: Sentence) -> bool:
    return is_asked(sentence.doc) or _TEASES.match(sentence.doc.text) is not None


def _following(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence]:
    """The next two sentences of the same message, which ask nothing."""
    found: list[Sentence] = []
    here = sentence
    while len(found) < 2:
        after = next((s for s in said if s.previous is here), None)
        if after is None or after.memory.id != sentence.memory.id or is_asked(after.doc):
            break
        found.append(after)
        here = after
    return found


def _is_of_one(question: Question, sentence: Sentence) -> bool:
    """Whether both ask for the same attribute."""
    attribute = question.attribute
    return attribute is not None and any(
        attribute.asks.search(s.line) for s in statements(sentence, question.about)
    )
