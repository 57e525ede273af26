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
    text: str = ""  # as much of the sentence as is quoted, where that is not all

    @property
    def quoted(self) -> tuple[Sentence, ...]:
        return tuple(one for one in (self.context, self.sentence, self.after) if one is not None)

    def words_of(self, sentence: Sentence) -> str:
        return self.text if self.text and sentence is self.sentence else " ".join(sentence.text.split())


def kind_of(question: Question) -> str:
    """The kind of answer that is wanted; empty where it is anything new."""
    return question.wanted.answer or (question.attribute.answer if question.attribute else "")


def evidence_of(question: Question, statement: Statement, fit: float) -> Evidence:
    """A statement as evidence; the sentence before it only if that cannot be taken for another answer."""
    before = statement.context
    kind = kind_of(question)
    typed = kind not in ("", "name", "who", "reason", "place")
    told = before is not None and typed and not carries(before.text, kind)
    return Evidence(statement.sentence, fit, before if told else None)
