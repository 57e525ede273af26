"""What verbs say of whoever does it, read from a table: "live" with a place, "have" with an allergy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from ...grammar.lexicon import table
from ...grammar.verbs import base
from .claim import (
    WORDS,
    Claim,
    Told,
    after,
    each,
    forms,
    named_after,
    object_of,
    phrase,
    product,
    to_the_end,
    word_list,
)
from .kinds import is_kind, is_people, is_pointed
from .times import NOW, ONCE, WHEN


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of the table: see words/frames.yaml."""

    verbs: frozenset[str]
    gives: str
    by: tuple[str, ...] = ()
    kind: str = ""
    unless: str = ""
    inside: tuple[str, ...] = ()
    value: str = "thing"
    beside: str = ""
    shuns: str = ""
    alone: bool = False


def _frames(part: str) -> tuple[Frame, ...]:
    return tuple(
        Frame(
            verbs=word_list(row["verbs"]) if row["verbs"] in WORDS else frozenset(row["verbs"].split()),
            gives=row["gives"],
            by=tuple(row.get("by", "").split()),
            kind=row.get("kind", ""),
            unless=row.get("unless", ""),
            inside=tuple(row.get("inside", "").split()),
            value=row.get("value", "thing"),
            beside=row.get("with", ""),
            shuns=row.get("shuns", ""),
            alone=row.get("alone", False),
        )
        for row in table("frames.yaml")[part]
    )


LASTING, HAPPENED = _frames("lasting"), _frames("happened")


def framed(told: Told, frames: tuple[Frame, ...]) -> list[Claim]:
    """What the table says of a clause; each thing is taken by the first row that fits."""
    head = told.head
    if any(c.dep_ == "auxpass" and base(c) == "be" for c in head.children):
        return []
    verbs = forms(head)
    aim = object_of(head)
    if (aim is not None and is_pointed(aim)) or ONCE.search(head.doc.text):
        return []
    found: list[Claim] = []
    taken: set[int] = set()
    for frame in frames:
        if not verbs & frame.verbs or (frame.alone and found):
            continue
        if frame.shuns == "progressive" and head.tag_ == "VBG" and not told.has_been:
            continue
        if frame.shuns == "now" and NOW.search(head.doc.text):
            continue
        if frame.beside and not any(c.lower_ == frame.beside for c in head.children):
            continue
        if not frame.by:
            found += told.fact(frame.gives, to_the_end(told.clause, head.i))
            continue
        for thing in _things(head, frame):
            if thing.i not in taken and _fits(thing, frame, told):
                claims = list(_claims(told, thing, frame))
                if claims:
                    taken.add(thing.i)
                    found += claims
    return found


def _things(head: Token, frame: Frame) -> Iterator[Token]:
    if "object" in frame.by:
        thing = object_of(head)
        if thing is not None:
            yield from each(thing)
            return
    thing = after(head, *frame.by)
    if thing is not None:
        yield from each(thing) if frame.value == "thing" else [thing]


def _fits(thing: Token, frame: Frame, told: Told) -> bool:
    if frame.kind == "dated_clause":
        return bool(WHEN.search(told.head.doc.text)) or after(told.head, "to") is not None
    if frame.kind and not is_kind(thing, frame.kind):
        # of things joined, the first vouches for the rest: "a wood stove and solar panels"
        above = thing.head
        if not (thing.dep_ == "conj" and frame.gives == "owns" and is_kind(above, frame.kind)):
            return False
    return not (frame.unless and is_kind(thing, frame.unless))


def _claims(told: Told, thing: Token, frame: Frame) -> Iterator[Claim]:
    if frame.inside == ("people",):
        for child in thing.children:
            if is_people(child):
                yield from told.fact(frame.gives, child.text)
        return
    inner = after(thing, *frame.inside) if frame.inside else None
    if frame.inside and inner is None:
        inner = after(told.head, *frame.inside)
    if inner is not None:
        for one in each(inner):
            yield from told.fact(frame.gives, phrase(one, whole=False))
        return
    if frame.inside and frame.gives in ("works_at", "job"):
        return
    yield from told.fact(frame.gives, _value(told, thing, frame.value))


def _value(told: Told, thing: Token, value: str) -> str:
    match value:
        case "whole":
            named = after(thing, "in", "at") if thing.pos_ == "NOUN" else None
            return phrase(named) if named is not None and named.pos_ == "PROPN" else phrase(thing)
        case "verb":
            if 0 < thing.i - told.head.i <= 6:
                return thing.doc[told.head.i : thing.i + 1].text
            return f"{told.head.text} {phrase(thing, whole=False)}"
        case "clause":
            return to_the_end(told.clause, told.head.i)
        case "made":
            return product(thing) if thing.pos_ == "PROPN" else phrase(thing, whole=False)
        case "named":
            return named_after(thing) or phrase(thing)
        case _:
            return phrase(thing, whole=False)
