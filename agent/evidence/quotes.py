"""A sentence that answers, and what is quoted with it."""

from __future__ import annotations

from dataclasses import dataclass

from ..grammar.kinds import carries
from ..questions import Question
from ..statements import Sentence, Statement


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that answers, and how well."""

    sentence: Sentence
    fit: float
    context: Sentence | None = None  # the sentence before, where this one goes on from it
    after: Sentence | None = None  # what is added to it: "Cracked spring, apparently."

    @property
    def quoted(self) -> tuple[Sentence, ...]:
        return tuple(one for one in (self.context, self.sentence, self.after) if one is not None)


def evidence_of(question: Question, statement: Statement, fit: float) -> Evidence:
    """A statement as evidence; the sentence before it only if that cannot be taken for another answer."""
    before = statement.context
    kind = question.wanted.answer or (question.attribute.answer if question.attribute else "")
    typed = kind not in ("", "name", "who", "reason", "place")
    told = before is not None and typed and not carries(before.text, kind)
    return Evidence(statement.sentence, fit, before if told else None)
