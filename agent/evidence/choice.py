"""Which of several sentences that may answer does: what holds most of what is asked, and of that the newest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..questions import Question
from ..statements import Sentence, Statement
from .candidates import TIMES
from .coverage import covered, words_behind
from .renewal import renews

NEAR = 0.15  # as good as the best: then the newest answers
LIKELY = 0.3  # good enough beside the best, where more of what is asked stands there
RENEWED = 0.1  # enough for something newer that says that it has changed
SURE = 0.5  # enough for it where it shares no word with what is asked or was said


@dataclass(frozen=True, slots=True)
class Answered:
    """A sentence, how surely it answers, and with which of its characters."""

    place: int  # among all that was said
    sentence: Sentence
    sure: float
    start: int
    end: int


def newest_of_the_best(
    question: Question, able: Sequence[tuple[Answered, list[Statement]]], said: Sequence[Sentence]
) -> tuple[Answered, list[Statement]]:
    """Of what reading holds for likely: what holds most of what is asked; of that the newest of the best, or what renews it."""
    # of what one has one of at a time, the words it is asked with are seldom those it is said with
    of_it = able if question.attribute is not None else _of_it(question, able, said)
    top = max(one.sure for one, _ in of_it)
    best = [one for one, _ in of_it if one.sure >= max(top - NEAR, top / 2)]
    named = {
        t.lower_
        for one in best
        for t in one.sentence.doc
        if t.pos_ in ("PROPN", "NOUN") and t.lemma_.lower() not in TIMES  # "nine years" renews no "31 years"
    }
    later = [
        one.place
        for one, firm in able
        if one.place > min(one.place for one in best)
        and one.sure >= RENEWED
        and renews(one.sentence)
        and (one.sure >= SURE or _asked_in(question, firm[0], said) or _names(one.sentence, named))
    ]
    place = max([one.place for one in best] + later)
    return next((one, firm) for one, firm in able if one.place == place)


def _of_it(
    question: Question, able: Sequence[tuple[Answered, list[Statement]]], said: Sequence[Sentence]
) -> list[tuple[Answered, list[Statement]]]:
    """Of those that may be meant, what holds most of what is asked, and what says that it has changed."""
    top = max(one.sure for one, _ in able)
    likely = [(one, firm) for one, firm in able if one.sure >= max(top - LIKELY, top / 2)]
    held = {one.place: _asked_in(question, firm[0], said) for one, firm in likely}
    most = max(held.values())
    return [(one, firm) for one, firm in likely if held[one.place] == most or renews(one.sentence)]


def _names(sentence: Sentence, named: Collection[str]) -> bool:
    return any(token.lower_ in named for token in sentence.doc)


def _asked_in(question: Question, statement: Statement, said: Sequence[Sentence]) -> float:
    """The share of the words asked about that stand in the message of a statement, or in what it leans on."""
    wanted = [*question.wanted.words, *(() if question.wanted.answer else question.wanted.focus)]
    message = [one.words for one in said if one.memory.id == statement.sentence.memory.id]
    return covered(wanted, words_behind(statement).union(*message))
