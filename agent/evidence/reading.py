"""Which sentence answers, by reading: a small model reads what was said beside the question, and grammar has a veto.

The model has read some thousand questions beside messages that answer them, and beside others that only seem to. It does
not know reliably who is who, nor a wish from a fact, and grammar does: it has to find one clause that says so firmly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..questions import Question
from ..reader.answering import Reading
from ..statements import Sentence, Statement, statements
from .candidates import is_elsewhere
from .firm import is_firm
from .passages import Passage, passages
from .quotes import Evidence, evidence_of
from .renewal import renews
from .spans import quoted_round
from .whose import is_about_another

Reads = Callable[[str, Sequence[str]], Sequence[Reading]]  # a question beside each of some passages

LEAST = 0.15  # how sure reading has to be
LEAST_IN_DOUBT = 0.6  # where the question may not be about the person at all
HARDLY = 0.05  # what the rules find is not taken where reading is surer than this that it does not answer
NEAR = 0.3  # as good as the best: then the newest answers
RENEWED = 0.1  # enough for something newer that says that it has changed
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
    able = [
        (one, firm) for one in _answered(said, beside, readings) if (firm := _firm(question, one.sentence))
    ]
    top = max((one.sure for one, _ in able), default=0.0)
    if top < (LEAST if question.personal else LEAST_IN_DOUBT):
        return likely()
    best = [one.place for one, _ in able if one.sure >= top - NEAR]
    renewed = [one.place for one, _ in able if one.sure >= RENEWED and renews(one.sentence)]
    place = max(best + [later for later in renewed if later > min(best)])
    newest, firm = next((one, firm) for one, firm in able if one.place == place)
    if question.attribute is not None:  # of what one has one of at a time, the rules may know a newer one
        newer = [one for one in likely() if places[id(one.sentence)] > newest.place]
        if newer:
            return newer[-1:]
    text = quoted_round(newest.sentence.text, newest.start, newest.end, asked)
    return [replace(evidence_of(question, firm[0], newest.sure), text=text)]


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
