"""Whether words say that something has changed: what was true before is not quoted then."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..grammar.kinds import THINGS, carries, found_of
from ..questions import Question
from ..statements import Sentence, statements
from .quotes import Evidence, kind_of
from .whose import is_about_another

_CHANGES = re.compile(
    r"\b(?:now|nowadays|these days|from now on|actually|chang(?:ed?|ing)|switch(?:ed)?|moved|decided|instead|no longer|any ?more|"
    r"update|finally|after all|scrap (?:that|what)|(?:forget|ignore) what I said|correction|sorry|I mean|make that|(?:no|oh),? wait|that's me done|"
    r"(?:pushed|put|moved|brought) (?:[\w']+ ){0,3}?(?:back|forward|off|to)|postponed|rescheduled|(?:upped|raised|increased|lowered|reduced|cut|dropped) (?:[\w']+ ){0,2}?to|delayed (?:to|until|till)|"
    r"just (?:emailed|called|texted|rang|heard)|big news|as of|change of plan)\b",
    re.IGNORECASE,
)


_BEFORE = re.compile(r"\b(?:first|used to|originally|before|previous|old)\b", re.IGNORECASE)


def is_of_before(question: str) -> bool:
    """Whether a question asks how it was: then what has changed is no answer.

    >>> is_of_before("what was my first car"), is_of_before("what car have I got now")
    (True, False)
    """
    return _BEFORE.search(question) is not None


def renews(sentence: Sentence) -> bool:
    """Whether it says so itself or right before, in the same message: "OK, decided. One cup a day."."""
    before = sentence.previous
    led = before is not None and before.memory.id == sentence.memory.id and _CHANGES.search(before.text)
    return bool(led) or _CHANGES.search(sentence.text) is not None


_SUM = re.compile(
    r"\b(?:that's|that is|that makes|makes|so that's|now|up to|down to|we're at|bringing us to|total of|in total|just|only)\b.*?"
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|"
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: of (?:them|us))? (?:now|altogether|in total|in all)\b",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(
    r"\b(?:another|one more|a new|(?:a |the )?(?:second|third|fourth|fifth|sixth)|left|lost|died|gave)\b",
    re.IGNORECASE,
)


def renewed(question: Question, chosen: Evidence, said: Sequence[Sentence]) -> Evidence:
    """The answer, or what was said later of the same with another value: after three cats, "another stray, so that's four"."""
    values, kind = values_of(question, chosen.sentence), kind_of(question)
    if question.past or not values or chosen.text:  # the newest was chosen by reading
        return chosen
    later = said[next(i for i, s in enumerate(said) if s is chosen.sentence) + 1 :]
    for sentence in reversed(later):
        if sentence.memory.id == chosen.sentence.memory.id or not _may_renew(question, sentence):
            continue
        if kind == "count" and _SUM.search(sentence.doc.text) and _ONE_MORE.search(sentence.memory.text):
            return Evidence(sentence, chosen.fit)
        new = values_of(question, sentence)
        spoken = {w.casefold() for w in re.findall(r"[\w'’-]+", sentence.memory.text)}
        if kind in THINGS and kind not in ("day", "month") and new and not new & values and values & spoken:
            return Evidence(sentence, chosen.fit)
    return chosen


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})


def _may_renew(question: Question, sentence: Sentence) -> bool:
    return any(not is_about_another(question, s) for s in statements(sentence, question.about))


def values_of(question: Question, sentence: Sentence) -> frozenset[str]:
    """The words of a sentence that are of the kind asked for, or names and things that the question does not hold."""
    kind = kind_of(question)
    if kind in THINGS:
        return frozenset(found_of(sentence.text, kind)) - {kind}
    if kind == "count":
        return frozenset(["count"] if carries(sentence.doc.text, "count") else [])
    asked = {*question.wanted.spelled, *question.line.casefold().split()}
    return frozenset(
        t.lower_
        for t in sentence.doc
        if t.pos_ in ("PROPN", "NOUN", "NUM")
        and t.lower_.rstrip(".") not in _TITLES
        and t.lemma_.casefold() not in asked
    )
