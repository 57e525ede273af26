"""Which sentence answers, by reading: a small model reads what was said beside the question, and grammar has a veto.

The model has read some thousand questions beside messages that answer them, and beside others that only seem to. It does
not know reliably who is who, nor a wish from a fact, and grammar does: it has to find one clause that says so firmly,
unless reading is certain and holds nothing else for possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from memory.records import Hit, Recollection

from ..grammar.clauses import is_asked
from ..questions import Question
from ..reader.answering import Reading
from ..statements import Sentence, Statement, statements
from .candidates import is_elsewhere
from .choice import RENEWED, Answered, newest_of_the_best
from .firm import is_firm, is_in_earnest
from .likelihood import Likelihoods
from .openings import begins_with_somebody_else, does_what_is_asked, opens_with_another
from .opposites import opposed
from .passages import Passage, passages
from .quotes import Evidence, evidence_of
from .renewal import renews
from .spans import quoted_round
from .unsaid import is_unsaid
from .whose import is_about_another, is_somebody

Reads = Callable[[str, Sequence[str]], Sequence[Reading]]  # a question beside each of some passages

# How likely a sentence has to answer, by reading and recall together.
LEAST = 0.15
LEAST_IN_DOUBT = 0.6  # where the question may not be about the person at all
HARDLY = 0.05  # what the rules find is not taken where reading is surer than this that it does not answer
CERTAIN, APART = 0.75, 0.4  # where grammar is not asked: how likely, and how far from all else
CERTAIN_OF_OTHERS = 0.9  # among a few: who did what to whom is grammar's to know, "I bought my mum a scarf"
OUTDONE = 0.5  # by so much something else is likelier than what is left
READ, MOST = 20, 48  # messages, and passages of them: each costs some milliseconds


def read_for(
    question: Question,
    recollection: Recollection,
    said: Sequence[Sentence],
    reads: Reads,
    by_rules: Callable[[], list[Evidence]],
) -> list[Evidence]:
    """The sentence that answers, as much of it as does; none where nothing is sure enough.

    `said` is what was recalled, in sentences; `by_rules` finds what the rules would answer, which is taken where reading is
    not sure and does not hold it for impossible. Raises what `reads` raises.
    """
    places = {id(sentence): place for place, sentence in enumerate(said)}

    def likely() -> list[Evidence]:
        return [
            one
            for one in by_rules()
            if _held(one.sentence, beside, readings, likely_so) >= HARDLY
            and not outdone(places[id(one.sentence)])
        ]

    def outdone(place: int) -> bool:
        """Reading holds something else for the answer, which may not be said: what is left, and renews nothing, is not it."""
        if renews(said[place]):
            return False
        sure = {one.place: one.sure for one in answered}
        return max(sure.values(), default=0.0) >= max(LEAST_IN_DOUBT, sure.get(place, 0.0) + OUTDONE)

    asked, beside = recollection.question, _beside(said, recollection.hits)
    readings = reads(asked, [passage.text for passage in beside]) if beside else ()
    likely_so = _likelihoods(recollection, beside)
    answered = [
        one for one in _answered(said, beside, readings, likely_so) if not opposed(asked, one.sentence.text)
    ]
    able = [(one, firm) for one in answered if (firm := _firm(question, one.sentence))]
    alone = _alone(question, answered, likely_so.weight)
    if alone is not None:
        return [Evidence(alone.sentence, alone.sure, text=_quoted(alone, asked))]
    top = max((one.sure for one, _ in able), default=0.0)
    if top < (LEAST if question.personal else LEAST_IN_DOUBT):
        return likely()
    newest, firm = newest_of_the_best(question, able, said)
    if outdone(newest.place):
        return []
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


def certainly(
    question: Question, recollection: Recollection, said: Sequence[Sentence], reads: Reads
) -> list[Evidence]:
    """What reading is certain of, where nothing but that would do: what is asked may be advice. Raises what `reads` raises."""
    asked, beside = recollection.question, _beside(said, recollection.hits)
    readings = reads(asked, [passage.text for passage in beside]) if beside else ()
    answered = _answered(said, beside, readings, _likelihoods(recollection, beside))
    surest = max(answered, key=lambda one: one.sure, default=None)
    if surest is None or surest.sure < CERTAIN or not _firm(question, surest.sentence) or is_unsaid(surest):
        return []
    return [Evidence(surest.sentence, surest.sure, text=_quoted(surest, asked))]


def _beside(said: Sequence[Sentence], hits: Sequence[Hit]) -> list[Passage]:
    """What is read beside the question: what was recalled best, and not more than can be read in time."""
    rank = {hit.memory.id: place for place, hit in enumerate(hits[:READ])}
    beside = [passage for passage in passages(said) if passage.sentences[-1].memory.id in rank]
    return sorted(beside, key=lambda passage: rank[passage.sentences[-1].memory.id])[:MOST]


def _likelihoods(recollection: Recollection, beside: Sequence[Passage]) -> Likelihoods:
    telling = {s.memory.id for passage in beside for s in passage.sentences if not is_asked(s.doc)}
    return Likelihoods(recollection.hits, recollection.relevance, telling)


def _quoted(one: Answered, asked: str) -> str:
    return quoted_round(one.sentence.text, one.start, one.end, asked)


def _alone(question: Question, answered: Sequence[Answered], recall: float) -> Answered | None:
    """What reading is certain of, and holds nothing else for possible: then grammar, which finds no clause, has misread it.

    `recall`, 0 to 1: how much recall had to say in how likely each is.
    """
    surest = sorted(answered, key=lambda one: -one.sure)
    about_another = question.about is not None and is_somebody(question.about)
    of_others = recall * CERTAIN + (1 - recall) * CERTAIN_OF_OTHERS
    if not surest or surest[0].sure < (of_others if about_another else CERTAIN):
        return None
    best, doc = surest[0], surest[0].sentence.doc
    if any(best.sure - one.sure < APART for one in surest[1:]) or not is_in_earnest(best.sentence):
        return None
    if does_what_is_asked(doc, question) and (
        opens_with_another(doc, question) or begins_with_somebody_else(doc, question)
    ):
        return None
    return None if is_unsaid(best) or _firm(question, best.sentence) else best


def _held(
    sentence: Sentence, beside: Sequence[Passage], readings: Sequence[Reading], likely_so: Likelihoods
) -> float:
    """How likely what a sentence stands in answers; certain for what was not read."""
    sure = [r.sure for p, r in zip(beside, readings, strict=True) if any(s is sentence for s in p.sentences)]
    return likely_so.of(sentence.memory.id, max(sure)) if sure else 1.0


def _answered(
    said: Sequence[Sentence],
    beside: Sequence[Passage],
    readings: Sequence[Reading],
    likely_so: Likelihoods,
) -> list[Answered]:
    """The likeliest reading of every sentence in which an answer may stand."""
    places = {id(sentence): place for place, sentence in enumerate(said)}
    best: dict[int, Answered] = {}
    for passage, reading in zip(beside, readings, strict=True):
        sentence, before = passage.at(reading.start)
        place, sure = places[id(sentence)], likely_so.of(sentence.memory.id, reading.sure)
        if place not in best or sure > best[place].sure:
            start, end = reading.start - before, min(reading.end - before, len(sentence.text))
            best[place] = Answered(place, sentence, sure, max(0, start), end)
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
