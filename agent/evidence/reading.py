"""Which sentence answers, by reading: a small model reads what was said beside the question, and grammar has a veto.

The model has read some thousand questions beside messages that answer them, and beside others that only seem to. It does
not know reliably who is who, nor a wish from a fact, and grammar does: it has to find one clause that says so firmly,
unless reading is certain and holds nothing else for possible.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ..questions import Question
from ..reader.answering import Reading
from ..statements import Sentence, Statement, statements
from .candidates import is_elsewhere
from .coverage import covered, words_behind
from .firm import is_firm, is_in_earnest
from .passages import Passage, passages
from .quotes import Evidence, evidence_of
from .renewal import renews
from .spans import quoted_round
from .whose import begins_with_somebody_else, is_about_another, is_somebody, opens_with_another

Reads = Callable[[str, Sequence[str]], Sequence[Reading]]  # a question beside each of some passages

LEAST = 0.15  # how sure reading has to be
LEAST_IN_DOUBT = 0.6  # where the question may not be about the person at all
HARDLY = 0.05  # what the rules find is not taken where reading is surer than this that it does not answer
NEAR = 0.15  # as good as the best: then the newest answers
LIKELY = 0.3  # good enough beside the best, where more of what is asked stands there
RENEWED = 0.1  # enough for something newer that says that it has changed
SURE = 0.5  # enough for it where it shares no word with what is asked or was said
CERTAIN, APART = 0.9, 0.5  # where grammar is not asked: how sure, and how far from all else
_SUPPOSED = re.compile(
    r"\b(?:perhaps|maybe|possibly|should|might|could|if|thinking of|(?:i|we) (?:wish|hope))\b", re.IGNORECASE
)
READ, MOST = 20, 48  # messages, and passages of them: each costs some milliseconds


@dataclass(frozen=True, slots=True)
class Answered:
    """A sentence, how surely it answers, and with which of its characters."""

    place: int  # among all that was said
    sentence: Sentence
    sure: float
    start: int
    end: int


def read_for(
    question: Question,
    asked: str,
    said: Sequence[Sentence],
    best_first: Iterable[str],
    reads: Reads,
    by_rules: Callable[[], list[Evidence]],
) -> list[Evidence]:
    """The sentence that answers, as much of it as does; none where nothing is sure enough.

    `asked` as it was typed; `best_first`: the memories by how well they were recalled; `by_rules` finds what the rules
    would answer, which is taken where reading is not sure and does not hold it for impossible. Raises what `reads` raises.
    """  # fmt: skip
    places = {id(sentence): place for place, sentence in enumerate(said)}

    def likely() -> list[Evidence]:
        return [one for one in by_rules() if _held(one.sentence, beside, readings) >= HARDLY]

    rank = {memory: place for place, memory in enumerate(list(best_first)[:READ])}
    beside = [passage for passage in passages(said) if passage.sentences[-1].memory.id in rank]
    beside = sorted(beside, key=lambda passage: rank[passage.sentences[-1].memory.id])[:MOST]
    readings = reads(asked, [passage.text for passage in beside]) if beside else ()
    answered = _answered(said, beside, readings)
    able = [(one, firm) for one in answered if (firm := _firm(question, one.sentence))]
    alone = _alone(question, answered)
    if alone is not None:
        return [Evidence(alone.sentence, alone.sure, text=_quoted(alone, asked))]
    top = max((one.sure for one, _ in able), default=0.0)
    if top < (LEAST if question.personal else LEAST_IN_DOUBT):
        return likely()
    newest, firm = _newest_of_the_best(question, able, said)
    if question.attribute is not None:  # of what one has one of at a time, the rules may know a newer one
        newer = [
            one
            for one in likely()
            if (place := places[id(one.sentence)]) > newest.place
            and all(another.sure >= RENEWED for another in answered if another.place == place)
        ]
        if newer:
            return newer[-1:]
    return [replace(evidence_of(question, firm[0], newest.sure), text=_quoted(newest, asked))]


def _quoted(one: Answered, asked: str) -> str:
    return quoted_round(one.sentence.text, one.start, one.end, asked)


def _alone(question: Question, answered: Sequence[Answered]) -> Answered | None:
    """What reading is certain of, and holds nothing else for possible: then grammar, which finds no clause, has misread it.

    Only of the person and their things: about others, grammar has the last word on who is who.
    """
    surest = sorted(answered, key=lambda one: -one.sure)
    about_another = question.about is not None and is_somebody(question.about)
    if about_another or not surest or surest[0].sure < CERTAIN:
        return None
    best, doc = surest[0], surest[0].sentence.doc
    if any(best.sure - one.sure < APART for one in surest[1:]) or not is_in_earnest(best.sentence):
        return None
    if opens_with_another(doc, question) or begins_with_somebody_else(doc, question):
        return None
    return None if _is_unsaid(best, question) or _firm(question, best.sentence) else best


def _is_unsaid(one: Answered, question: Question) -> bool:
    """ "Perhaps I should keep it under the mat", "I'm not meeting Odile": it was read well enough."""
    answer = set(one.sentence.text[one.start : one.end].casefold().split())
    denied = any(
        statement.clause.negated and answer & {token.lower_ for token in statement.clause.tokens}
        for statement in statements(one.sentence, question.about)
    )
    return denied or _SUPPOSED.search(one.sentence.text) is not None


def _newest_of_the_best(
    question: Question, able: Sequence[tuple[Answered, list[Statement]]], said: Sequence[Sentence]
) -> tuple[Answered, list[Statement]]:
    """Of what reading holds for likely: what holds most of what is asked; of that the newest of the best, or what renews it."""
    # of what one has one of at a time, the words it is asked with are seldom those it is said with
    of_it = able if question.attribute is not None else _of_it(question, able, said)
    top = max(one.sure for one, _ in of_it)
    best = [one for one, _ in of_it if one.sure >= max(top - NEAR, top / 2)]
    named = {t.lower_ for one in best for t in one.sentence.doc if t.pos_ in ("PROPN", "NOUN")}
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


def _held(sentence: Sentence, beside: Sequence[Passage], readings: Sequence[Reading]) -> float:
    """How surely what a sentence stands in answers; certain for what was not read."""
    sure = [r.sure for p, r in zip(beside, readings, strict=True) if any(s is sentence for s in p.sentences)]
    return max(sure, default=1.0)


def _answered(
    said: Sequence[Sentence], beside: Sequence[Passage], readings: Sequence[Reading]
) -> list[Answered]:
    """The surest reading of every sentence in which an answer may stand."""
    places = {id(sentence): place for place, sentence in enumerate(said)}
    best: dict[int, Answered] = {}
    for passage, reading in zip(beside, readings, strict=True):
        sentence, before = passage.at(reading.start)
        place = places[id(sentence)]
        if place not in best or reading.sure > best[place].sure:
            start, end = reading.start - before, min(reading.end - before, len(sentence.text))
            best[place] = Answered(place, sentence, reading.sure, max(0, start), end)
    return list(best.values())


def _firm(question: Question, sentence: Sentence) -> list[Statement]:
    """What a sentence says in earnest of the one asked about, as it is and not as it is wished or was."""
    return [
        statement
        for statement in statements(sentence, question.about)
        if is_firm(question, statement)
        and not is_about_another(question, statement)
        and not is_elsewhere(question, statement)
    ]
