"""Whom a sentence opens with, by its first words alone."""

from __future__ import annotations

import re
from itertools import pairwise

from spacy.tokens import Doc

from ..grammar.lexicon import words
from ..grammar.roles import ABOVE, ROLE_WORDS
from ..questions import Question

THING_OF_MINE = re.compile(r"@'s ([\w-]+)")
_I = frozenset(["i", "im", "ive", "we", "we're"])
_SOME = words("a an the this that some one those")
_LIGHT = words("be have do get go say tell think")
_DETERMINERS = words("a an the my our one some this that his her their")
_PEOPLE = words(
    "girl guy bloke man woman lady lad chap couple kids people someone somebody everyone everybody nobody"
)
_NEAR = frozenset(role for role, above in ABOVE.items() if above & {"family", "partner"}) | words(
    "friend flatmate colleague boss neighbour partner ex"
)


def opens_with_another(doc: Doc, question: Question) -> bool:
    """Whether a sentence begins with "my flatmate", whom nobody asked about, and no I is in it.

    The parser often loses such a subject: it takes "my bf studies" for a thing.
    """
    said = [token.lower_ for token in doc if not token.is_punct and token.pos_ not in ("CCONJ", "INTJ")]
    if not said:
        return False
    if _I.intersection(said):
        return _opens_with_an_acquaintance(said)
    asked = {*question.line.split(), question.role, *(question.about.labels if question.about else ())}
    if said[0] in ("my", "our"):
        return bool({_role(word) for word in said[1:3]} - asked - {""})
    mine = THING_OF_MINE.findall(question.line)
    if "me" in said or any(
        one in (("my", thing), ("our", thing)) for one in pairwise(said) for thing in mine
    ):
        return False  # "everyone calls me Bex", "someone took my bike"
    if said[0] in _SOME:
        return said[1:2] != [] and said[1] in _PEOPLE | _NEAR - asked
    return said[0] in _PEOPLE or (_role(said[0]) in _NEAR - asked)


def begins_with_somebody_else(doc: Doc, question: Question) -> bool:
    """ "A colleague of mine", "my landlady": somebody in the first words whom nobody asked about; not "dentist on Friday"."""
    said = [token.lower_ for token in doc if not token.is_punct]
    asked = {*question.line.split(), question.role, *(question.about.labels if question.about else ())}
    return said[:1] != [] and said[0] in _DETERMINERS and bool({_role(w) for w in said[1:3]} - asked - {""})


def does_what_is_asked(doc: Doc, question: Question) -> bool:
    """Whether whoever a sentence begins with may be taken for the one asked about: they do the same, or a thing that
    everybody has one of is asked for (a job, a home). Who keeps my key, or is my therapist, may well be somebody else."""
    done = {token.lemma_.casefold() for token in doc if token.pos_ == "VERB"} - _LIGHT
    return question.attribute is not None or bool(done & set(question.line.split()))


def _opens_with_an_acquaintance(said: list[str]) -> bool:
    """ "the girl I sit beside commutes", "someone I know"."""
    described = said[1:] if said[0] in _SOME else said
    return described[:1] != [] and described[0] in _PEOPLE and described[1:2] == ["i"]


def _role(word: str) -> str:
    """The role of a word, also where the apostrophe is left out: "my brothers exam"."""
    return ROLE_WORDS.get(word) or ROLE_WORDS.get(word.removesuffix("s"), "")
