"""What no pattern states: the sentence nearest in meaning and in words, of those that may answer at all.

Nearness alone knows nothing of whose words are about or whether they hold an answer: "my bf studies architecture" is near
to "what do I study". So it chooses only among candidates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ..embedders.nearness import Nearness
from ..grammar.clauses import is_asked, is_request
from ..grammar.people import is_me
from ..questions import Question
from ..statements import Sentence
from .candidates import Candidate, candidates
from .firm import is_fragment
from .quotes import Evidence, kind_of
from .renewal import is_of_before, renews

COMPARED = 6  # candidates; each costs some milliseconds
SHARED = 0.3  # how much shared words count beside nearness
AT_ALL = 0.15  # nearness below which shared words mean nothing

LEAST, FEW = 0.21, 4  # among few candidates; the more there are, the nearer one of them is by chance
DOUBLING = 0.05
FOR_WHAT = 0.06  # more where anything new would be an answer: nothing but nearness speaks for it
IN_OTHER_WORDS = 0.1  # more where nothing that is asked about stands in the sentence
ONE_OF_A_KIND = 0.1  # less where hardly anything else can be meant: "Mandarin's coming along"
_RARE = frozenset({"language", "instrument", "phone", "computer", "car", "breed", "star sign", "blood type"})
FRAGMENT = 0.15  # more for words that may be a request: "recipe for stroganoff without them"
IN_DOUBT = 0.5  # for a question that may not be about the person
KNOWN = 0.65  # of what is asked: then it is about the person's own things after all

LOOSELY = 0.05  # less for a message than for a sentence: much else is in it
AS_GOOD = 0.05  # as the best
SHARES_AS_MUCH = 0.15
NEWER = 0.55  # of the best, where "the new job" is asked for


def alike(question: Question, said: Sequence[Sentence], near: Nearness) -> list[Evidence]:
    """The best candidate, or what has renewed it since; none where it is not good enough."""
    before = is_of_before(question.text)
    able = [c for c in candidates(question, said) if not (before and renews(c.sentence))]
    chosen = sorted(able, key=_promise, reverse=True)[:COMPARED]
    if not chosen:
        return []
    fits = [
        (_fit(c, nearness), c)
        for c, nearness in zip(chosen, _nearnesses(question, chosen, near), strict=True)
    ]
    best, top = max(fits, key=lambda one: one[0])
    least = _least(question, top, len(able))
    if best < least:
        return _in_one_breath(question, chosen, near, len(able))
    newer = [c for fit, c in fits if c.place >= top.place and _stands_for(question, c, fit, top, best)]
    last = max(newer, key=lambda c: c.place)
    return [
        Evidence(
            last.sentence,
            best,
            context=last.shared.context if last.shared else None,
            after=None if kind_of(question) else _added(last.sentence, said),
        )
    ]


def _in_one_breath(
    question: Question, chosen: Sequence[Candidate], near: Nearness, among: int
) -> list[Evidence]:
    """What was said in one message with what is asked about: "Where am I from? Well, Belfast, though you wouldn't think it."."""
    breaths = [
        (c, before) for c in chosen if (before := _said_with(c.sentence)) and c.mine | _is_mine(before)
    ]
    texts = [" ".join(s.text for s in (*before, c.sentence)) for c, before in breaths]
    fits = [
        (n - LOOSELY, c, before)
        for n, (c, before) in zip(near(question.text, texts) if texts else (), breaths, strict=True)
    ]
    fit, top, before = max(fits, key=lambda one: one[0], default=(0.0, None, ()))
    if top is None or fit < _least(question, replace(top, mine=True), among):
        return []
    return [Evidence(top.sentence, fit, context=before[-1])]


def _said_with(sentence: Sentence) -> tuple[Sentence, ...]:
    """The sentences right before it in the same message, at most two."""
    found: list[Sentence] = []
    before = sentence.previous
    while before is not None and before.memory.id == sentence.memory.id and len(found) < 2:
        found.insert(0, before)
        before = before.previous
    return tuple(found)


def _is_mine(sentences: Sequence[Sentence]) -> bool:
    return any(is_me(t) for s in sentences for t in s.doc)


def _nearnesses(question: Question, chosen: Sequence[Candidate], near: Nearness) -> list[float]:
    """How near each is: as a whole or its nearest clause, as much else may be said in one breath."""
    kind, asked = kind_of(question), bool(question.wanted.words)
    alone = [c.own and (not kind or (asked and c.known > 0)) for c in chosen]
    texts = [(c.text, *(c.clauses if able else ())) for able, c in zip(alone, chosen, strict=True)]
    found = iter(near(question.text, [text for several in texts for text in several]))
    return [max([next(found) for _ in several]) for several in texts]


def _promise(candidate: Candidate) -> float:
    """How well a candidate may fit, by what recall found for its whole message."""
    return candidate.sentence.meaning + candidate.known + (SHARED if candidate.shared else 0.0)


def _fit(candidate: Candidate, nearness: float) -> float:
    return nearness + (SHARED * candidate.shared.fit if candidate.shared and nearness >= AT_ALL else 0.0)


def _least(question: Question, candidate: Candidate, among: int) -> float:
    """How well a candidate must fit."""
    kind = kind_of(question)
    least = LEAST + DOUBLING * math.log2(max(among, 1 if candidate.mine else FEW) / FEW)
    least -= ONE_OF_A_KIND if kind in _RARE and not candidate.known < 1 <= len(question.wanted.names) else 0.0
    least += FRAGMENT if is_fragment(candidate.sentence) else 0.0
    least += 0.0 if kind or candidate.own else FOR_WHAT
    least += 0.0 if candidate.known or (candidate.own and not kind) else IN_OTHER_WORDS
    if question.wanted.answer == "who" and not (question.personal or candidate.shared):
        return math.inf  # "who made the cake" is not answered by who ate it
    if question.advice:
        return IN_DOUBT if candidate.known == 1.0 and candidate.shared else math.inf
    if question.personal or (candidate.known >= KNOWN and kind):
        return least
    return max(least, IN_DOUBT) if candidate.known >= 0.5 else math.inf


def _stands_for(question: Question, candidate: Candidate, fit: float, top: Candidate, best: float) -> bool:
    """Whether something newer is as good as the best, or says that this has changed."""
    if candidate.sentence.previous is top.sentence and _points_back(candidate.sentence):
        return False  # "it arrives on Monday"
    if fit >= best - AS_GOOD:
        return True
    if candidate.shared and top.shared and candidate.shared.fit >= top.shared.fit - SHARES_AS_MUCH:
        return True
    if "new" in question.text.split():
        return fit >= NEWER * best
    return renews(candidate.sentence) and fit >= _least(question, candidate, FEW)


def _points_back(sentence: Sentence) -> bool:
    subject = sentence.clauses[0].subject if sentence.clauses else None
    return subject is not None and subject.lower_ in ("it", "they", "that")


def _added(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """A fragment right after, of the same message: "Cracked spring, apparently."."""
    following = next((one for one in said if one.previous is sentence), None)
    if following is None or following.memory.id != sentence.memory.id or is_asked(following.doc):
        return None
    whole = any(clause.subject is not None or is_request(clause) for clause in following.clauses)
    return None if whole else following
