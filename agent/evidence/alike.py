"""What no pattern states: the sentence nearest in meaning and in words, if it may answer at all.

Nearness alone knows nothing of whose words are about or whether they hold an answer: "my bf studies architecture" is near
to "what do I study". So only sentences that are firmly stated, about the one asked about, and hold the kind of thing
wanted are compared at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..embedders.nearness import Nearness
from ..grammar.clauses import is_asked, is_request
from ..grammar.kinds import carries
from ..questions import Question
from ..statements import Sentence, Statement, statements
from .coverage import covered, words_behind
from .matched import is_firm, matching
from .quotes import Evidence
from .renewal import renews
from .things import answers, is_counted
from .whose import is_about_another

LEAST = 0.21  # among four sentences; the more there are, the nearer one of them is by chance
DOUBLING = 0.04
FOR_WHAT = 0.06  # more for a question that wants anything new: nothing but nearness speaks for an answer
IN_OTHER_WORDS = 0.10  # more where no word of the question stands in the sentence
IN_DOUBT = 0.5  # for a question that may not be about the person
SHARED = 0.3  # how much the words count that question and sentence share, beside nearness
KNOWN_WELL = 0.65  # of what is asked: then it is about the person's things after all
COMPARED = 6  # each costs some milliseconds
AS_GOOD = 0.05
NEAR = 0.15
RENEWED = 0.55  # of the best, for what is newer where "the new job" is asked for

_LIKING = re.compile(
    r"\b(?:favou?rites?|best|better|loved?|loves|like[ds]?|enjoy(?:ed)?|mad about|crazy about|obsessed|into|prefer|adore|beats?|enough of)\b",
    re.IGNORECASE,
)
_BY_RULES_ALONE = frozenset({"name", "nickname", "married", "job", "old job"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: Sentence
    text: str  # its clauses that may answer
    shared: Evidence | None  # where words of the question answer by themselves
    known: float  # the share of what is asked that stands there

    @property
    def place(self) -> tuple[object, ...]:
        memory = self.sentence.memory
        return (memory.occurred_at, memory.session, memory.position)


def alike(question: Question, said: Sequence[Sentence], near: Nearness) -> list[Evidence]:
    """The best that may answer, or what has renewed it since; nothing where none is good enough."""
    able = [c for sentence in said if (c := _candidate(question, sentence)) is not None]
    chosen = sorted(able, key=lambda c: (c.shared is None, -c.known, -c.sentence.meaning))[:COMPARED]
    if not chosen:
        return []
    scored = [
        (nearness + (SHARED * c.shared.fit if c.shared else 0.0), c)
        for nearness, c in zip(near(question.text, [c.text for c in chosen]), chosen, strict=True)
    ]
    best, top = max(scored, key=lambda one: one[0])
    if best < _least(question, top, len(able)):
        return []
    renewing = [(fit, c) for fit, c in scored if c.place >= top.place and _stands_for(question, fit, c, best, top)]
    fit, last = max(renewing, key=lambda one: one[1].place)
    context = last.shared.context if last.shared else None
    after = None if kind_of(question) else _added(last.sentence, said)
    return [Evidence(last.sentence, max(fit, best), context, after)]


def _added(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """A fragment right after, of the same message: "Cracked spring, apparently."."""
    following = next((one for one in said if one.previous is sentence), None)
    if following is None or following.memory.id != sentence.memory.id or is_asked(following.doc):
        return None
    whole = any(clause.subject is not None or is_request(clause) for clause in following.clauses)
    return None if whole else following


def _stands_for(question: Question, fit: float, candidate: _Candidate, best: float, top: _Candidate) -> bool:
    """Whether something is as good as the best, or renews it."""
    if fit >= best - AS_GOOD or (candidate.shared and top.shared and candidate.shared.fit >= top.shared.fit - NEAR):
        return True
    if renews(candidate.sentence):
        return fit >= LEAST
    return fit >= RENEWED * best and "new" in question.text.split()


def _least(question: Question, top: _Candidate, among: int) -> float:
    least = LEAST + DOUBLING * math.log2(max(among, 4) / 4)
    least += 0.0 if kind_of(question) else FOR_WHAT
    least += 0.0 if top.known else IN_OTHER_WORDS
    if question.personal or (top.known >= KNOWN_WELL and kind_of(question)):
        return least
    return max(least, IN_DOUBT) if top.known >= 0.5 else math.inf


def kind_of(question: Question) -> str:
    return question.wanted.answer or (question.attribute.answer if question.attribute else "")


def _candidate(question: Question, sentence: Sentence) -> _Candidate | None:
    shared = matching(question, sentence) if question.attribute is None or question.attribute.name in _TASTES else None
    able = [
        s
        for s in statements(sentence, question.about)
        if is_firm(question, s.clause) and not is_about_another(question, s)
    ]
    if question.attribute is not None and question.attribute.name in _BY_RULES_ALONE:
        return None
    if question.role and not any(is_counted(question.role, s) for s in able):
        return None
    if not able or not _is_of_it(question, sentence, able) or not (shared or any(_holds(question, s) for s in able)):
        return None
    whole = len(able) == len(sentence.clauses)
    around = sentence.words.union(words_behind(able[0]), *(s.words for s in able))
    return _Candidate(
        sentence,
        sentence.text if whole else " ".join(s.text for s in able),
        shared,
        covered([*question.wanted.words, *(() if question.wanted.answer else question.wanted.focus)], around),
    )


_TASTES = ("like",)


def _is_of_it(question: Question, sentence: Sentence, able: Sequence[Statement]) -> bool:
    """Whether the names asked about stand there, and liking where a favourite is asked for."""
    names = question.wanted.names
    if names and covered(names, sentence.words.union(words_behind(able[0]), *(s.words for s in able))) < 1:
        return False
    return "favourite" not in question.line or _LIKING.search(sentence.text) is not None


_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozen|couple|once|twice)\b",
    re.IGNORECASE,
)


def _holds(question: Question, statement: Statement) -> bool:
    kind = kind_of(question)
    if kind == "count":
        return _COUNTED.search(statement.text) is not None
    if question.wanted.answer:
        return answers(question, statement) > 0
    return carries(statement.text, kind) if kind else answers(question, statement) > 0
