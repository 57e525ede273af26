"""Whether a clause holds the thing asked for: one of its kind, a name, somebody, so many of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from ..grammar.kinds import THINGS, carries
from ..grammar.lexicon import words
from ..grammar.paraphrases import paraphrases
from ..grammar.people import is_name
from ..grammar.roles import role_of
from ..questions import Question
from ..statements import Statement, statements
from .coverage import covered
from .whose import is_anothers, is_somebody

_TIMES = ("day", "month", "season")
_AT = words("in at near on from")
VIEWS = re.compile(r"\b(?:view|opinion|stance|think|feel|reckon|make of)\b")
_TELLING = ("NOUN", "PROPN", "NUM", "ADJ")


def names_a_thing(statement: Statement) -> bool:
    """Whether there is a noun besides the subject: "I love tulips", not "I love her"."""
    return any(
        t.pos_ in ("NOUN", "PROPN") and t is not statement.clause.subject for t in statement.clause.tokens
    )


def is_of_known_kind(statement: Statement) -> bool:
    return any(carries(statement.text, kind) for kind in THINGS if kind not in _TIMES)


def fresh(question: Question, statement: Statement) -> str:
    """What a clause says beyond the question's own words."""
    asked = question.wanted.spelled
    return " ".join(t.text for t in statement.clause.tokens if t.lemma_.casefold() not in asked)


def own_text(question: Question, statement: Statement) -> str:
    """The words of a sentence without the clauses that are about somebody else."""
    said = statements(statement.sentence, question.about)
    return " ".join(s.text for s in said if not is_anothers(question, s))


def focus_fit(question: Question, statement: Statement, verb: float, around: frozenset[str]) -> float | None:
    """How well the noun asked for is met: itself, one of its kind, or what the same verb is said of.

    None where a thing of that kind is wanted and there is none.
    """
    wanted = question.wanted
    if not wanted.focus or (wanted.answer == "place" and not wanted.kind):
        return 1.0
    if wanted.kind:
        subject = statement.clause.subject
        points = subject is not None and subject.lower_ in ("it", "they", "that", "this")
        if not carries(statement.sentence.text if points else fresh(question, statement), wanted.kind):
            return None
        particular = [w for w in wanted.focus[:-1] if w not in wanted.kind.split()]  # "shoe" in "shoe size"
        return 1.0 if covered(particular, around) == 1 else 0.3
    if wanted.answer == "count" and is_counted(wanted.focus[-1], statement):
        return 1.0
    literal = covered(wanted.focus, around)
    if literal == 1.0 or (wanted.answer == "name" and literal):
        return 1.0
    if wanted.answer == "name" or not is_of_known_kind(statement):
        return max(verb, literal * 0.6)
    return literal * 0.6


def is_counted(noun: str, statement: Statement) -> bool:
    """ "200 guests", "seat 42"."""
    things = [t for t in statement.clause.tokens if t.lemma_.casefold() in paraphrases(noun)]
    return any(
        c.pos_ == "NUM" or c.like_num for t in things for c in (*t.children, *t.doc[t.i + 1 : t.i + 2])
    )


def answers(question: Question, statement: Statement) -> float:
    """1 where a clause holds what is asked for, a little less where its sentence does, else 0."""
    wanted = question.wanted
    if wanted.answer == "name":
        return float(_names_one(question, statement))
    if wanted.answer == "who":
        if _names_somebody(question, statement, statement.clause.tokens):
            return 1.0
        said = statements(statement.sentence, question.about)
        tokens = [t for s in said if not is_anothers(question, s) for t in s.clause.tokens]
        return 0.9 if _names_somebody(question, statement, tokens) else 0.0
    if wanted.answer == "reason" and len(statement.sentence.clauses) > 1:
        return 1.0  # "I can't come, I'm at a funeral"
    if wanted.answer:
        if carries(fresh(question, statement), wanted.answer):
            return 1.0
        return 0.9 if carries(own_text(question, statement), wanted.answer) else 0.0
    return float(question.polar or _is_news(question, statement))


def _names_one(question: Question, statement: Statement) -> bool:
    """ "Everton", "a rowing club"."""
    wanted, tokens = question.wanted, statement.clause.tokens
    known = wanted.spelled | THINGS["day"] | THINGS["month"]
    named = any((t.pos_ == "PROPN" or is_name(t)) and t.lemma_.casefold() not in known for t in tokens)
    kinds = {t.lemma_.casefold() for t in tokens if any(c.dep_ in ("compound", "amod") for c in t.children)}
    return named or wanted.focus[-1] in kinds


def _names_somebody(question: Question, statement: Statement, tokens: Sequence[Token]) -> bool:
    """Whether words name somebody, with the preposition asked for: "who with" is answered by "with"."""
    sentence, places, asked = statement.sentence, {t.i for t in tokens}, question.wanted.spelled
    others = [m for m in sentence.mentions if m.start in places and is_somebody(m)]
    known = [m for m in others if sentence.doc[m.start].pos_ != "PRON" or m.names or m.mine]
    named = any(is_name(t) and t.lemma_.casefold() not in asked and t.head.lower_ not in _AT for t in tokens)
    preposition = re.search(r" (with|from|about|by)$", question.line)
    linked = preposition is None or any(t.lower_ == preposition.group(1) for t in tokens)
    if preposition is not None and not named:  # "with dan"
        with_whom = [t for t in tokens if t.head.lower_ == preposition.group(1) and t.dep_ == "pobj"]
        named = any(t.pos_ in ("NOUN", "PROPN") and (role_of(t) or not list(t.children)) for t in with_whom)
    return bool(named or known) and linked


def _is_news(question: Question, statement: Statement) -> bool:
    """Whether the words tell more than the question already says."""
    wanted = question.wanted
    known = {near for word in (*wanted.spelled, wanted.verb) for near in paraphrases(word)}
    telling: tuple[str, ...] = ("VERB",) if wanted.verb == "happen" else _TELLING
    if wanted.verb == "do" and not wanted.focus:
        telling = (*_TELLING, "VERB")  # "we are remortgaging in May"
    if VIEWS.search(question.line):
        telling = (*_TELLING, "VERB")  # "zoos shouldn't exist"
    return any(
        t.pos_ in telling and t.lemma_.casefold() not in known and not t.is_stop
        for t in statement.clause.tokens
    )
