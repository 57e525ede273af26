"""What is said of something that is somebody's: "my name is X", "my birthday is on D", "my blood type is O"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ...grammar.kinds import THINGS
from ...grammar.people import is_my, owner_of
from ...grammar.roles import role_of
from ...grammar.verbs import base
from ...grammar.words_at import verb_over
from .claim import Claim, each, is_telling, lemma, object_of, phrase, product, trimmed, word_list
from .kinds import is_definite, is_indefinite, is_name

_BODY, _POORLY = word_list("body"), word_list("poorly")
_POSSESSIONS, _TRAITS, _HABITS = word_list("possessions"), word_list("traits"), word_list("habits")
_TREASURES = word_list("treasures")
_LOSING = frozenset("sell lose give donate scrap return bury".split())
_EXCLAIMED = frozenset({"god", "lord", "goodness", "gosh", "dear"})
_PLACES = ("in", "at", "near", "on")


def said_of(head: Token, subject: Token, who: str) -> Iterator[Claim]:
    """The claims of "my X is Y"."""
    if lemma(subject) in ("name", "surname") and who:
        return  # that is who they are: see naming
    for relation, value in _said_of(head, subject):
        if is_telling(value):
            yield Claim(relation, value, who)


def _said_of(head: Token, subject: Token) -> Iterator[tuple[str, str]]:
    noun, value = lemma(subject), object_of(head)
    beside = next((c for c in head.children if c.dep_ == "prep" and c.i > head.i), None)
    place = next((c for c in beside.children if c.dep_ == "pobj"), None) if beside is not None else None
    written = value or next(
        (c for c in head.children if c.i > head.i and c.dep_ in ("oprd", "dobj", "acomp")), None
    )
    given = any(c.lower_ in ("nick", "pet", "stage", "pen") for c in subject.children)
    aim = next((c for c in head.children if c.dep_ == "xcomp"), None)
    if noun in ("dream", "goal", "ambition", "aim") and aim is not None:
        yield "goal", head.doc[aim.i : max(t.i for t in aim.subtree) + 1].text.strip(" .,!")
    elif noun in ("name", "surname", "nickname"):
        if written is not None and (is_name(written) or noun == "nickname"):
            yield "nickname" if given or noun == "nickname" else "name", phrase(written, whole=False)
    elif noun in ("birthday", "bday", "anniversary"):
        day = place if place is not None else value
        if day is not None and (re.search(r"\d", phrase(day)) or _has_month(day)):
            yield "anniversary" if noun == "anniversary" else "birthday", phrase(day)
    elif noun in ("residence", "home", "address", "flat", "house", "place") and place is not None:
        if beside is not None and beside.lower_ in _PLACES:
            yield "lives_in", phrase(place)
    elif noun in THINGS["language"]:
        yield "speaks", subject.text
    elif noun in _BODY and written is not None and written.lower_ in _POORLY:
        yield "health", f"{written.lower_} {noun}"
    elif value is not None and not is_definite(value):
        yield from _valued(noun, subject, value)


def _valued(noun: str, subject: Token, value: Token) -> Iterator[tuple[str, str]]:
    if noun in ("job", "profession", "occupation", "trade"):
        yield "job", phrase(value)
    elif noun in ("nationality", "citizenship"):
        yield "nationality", phrase(value)
    elif noun == "age" and value.like_num:
        yield "age", value.text
    elif noun in ("hobby", "pastime"):
        yield from (("hobby", phrase(one)) for one in each(value))
    elif noun in _HABITS:
        yield "routine", phrase(value)
    elif noun in _POSSESSIONS:
        if value.pos_ == "PROPN" and is_indefinite(value):
            yield "owns", product(value)
    elif _is_trait(noun, subject) and value.pos_ in ("NOUN", "PROPN", "NUM") and value.tag_ != "VBG":
        yield phrase(subject, whole=False).casefold().replace(" ", "_"), phrase(value)


def _has_month(day: Token) -> bool:
    return bool(set(phrase(day).casefold().split()) & THINGS["month"])


def _is_trait(noun: str, subject: Token) -> bool:
    """Whether "my X" is something lasting about a person: "my blood type"."""
    name = phrase(subject, whole=False).casefold()
    return noun in _TRAITS or name in _TRAITS or any(name.endswith(" " + trait) for trait in _TRAITS)


def is_lost(thing: Token) -> bool:
    """ "I sold my Volvo", "we gave our dog away"."""
    verb = verb_over(thing)
    return verb is not None and (base(verb) in _LOSING or any(c.lower_ == "away" for c in verb.children))


def owned(doc: Doc, *, said: bool) -> Iterator[Claim]:
    """Things called by their make, and, where nothing else is `said`, things not everybody has: "my allotment"."""
    for token in doc:
        owner = owner_of(token)
        if is_lost(token):
            continue
        if owner is not None and is_my(owner) and lemma(token) in _TREASURES and not said:
            yield Claim("owns", phrase(token, whole=False))
        if owner is None or not is_my(owner) or token.pos_ != "PROPN" or not token.text[:1].isupper():
            continue
        nobody = (
            role_of(token)
            or token.lower_ in THINGS["language"] | THINGS["day"] | THINGS["month"] | _EXCLAIMED
        )
        if (
            not nobody
            and token.dep_ in ("nsubj", "dobj", "nsubjpass", "pobj")
            and not any(role_of(c) for c in token.children)
        ):
            yield Claim("owns", trimmed(product(token)))
