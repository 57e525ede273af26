"""What stands beside a clause: "As a nurse living in Ghent, ...", "At 71 I ...", "Having diabetes, ..."."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from .being import being, is_a
from .claim import Claim, Told, after, lemma, phrase
from .kinds import is_condition, is_indefinite, is_name, is_people


def in_passing(told: Told) -> Iterator[Claim]:
    """What stands beside a clause: "As a nurse living in Ghent, ...", "At 71 I ...", "Having diabetes, ..."."""
    mine = any(t.lower_ in ("i", "we", "my") for t in told.head.doc[1:])
    for token in told.head.doc:
        gerund = token.i == 0 and token.dep_ in ("advcl", "ROOT", "prep") and mine
        opens = token.i == 0 or token.doc[: token.i].text.casefold() in (
            "so",
            "and",
            "but",
            "speaking",
            "also",
        )
        inner = next((c for c in token.children if c.dep_ in ("pobj", "dobj", "attr", "pcomp")), None)
        if token.lower_ == "as" and opens and inner is not None:
            yield from _as_one(told, inner)
        elif token.lower_ == "at" and opens and inner is not None and inner.like_num and _is_age(inner):
            yield from told.fact("age", inner.text)
        elif token.lower_ == "having" and gerund and inner is not None and is_condition(inner):
            yield from told.fact("health", phrase(inner, whole=False))
        elif token.lower_ == "being" and gerund and inner is not None:
            yield from is_a(told, inner)
        elif token.lower_ == "living" and (gerund or told.head.doc[0].lower_ == "as"):
            place = after(token, "in", "at", "near")
            if place is not None and is_name(place):
                yield from told.fact("lives_in", phrase(place))


def _is_age(number: Token) -> bool:
    return not number.text.isdigit() or 12 < int(number.text) < 110


def _as_one(told: Told, noun: Token) -> Iterator[Claim]:
    """ "As a locksmith", "As someone who is colour blind"."""
    if noun.lower_ in ("someone", "somebody", "one", "person"):
        for verb in (c for c in noun.children if c.dep_ == "relcl" and c.lemma_ == "be"):
            yield from being(replace(told, clause=replace(told.clause, head=verb, negated=False)))
    elif is_indefinite(noun):
        people = [c for c in noun.children if is_people(c)]
        yield from (c for child in people for c in told.fact("nationality", child.text))
        if not people and lemma(noun) not in (
            "child",
            "kid",
            "rule",
            "result",
            "test",
            "joke",
            "matter",
            "teenager",
            "boy",
            "girl",
            "side",
        ):
            yield from is_a(replace(told, fragment=True), noun)
