"""The whole words of a value that a reading model marked: it is sure of the place, and careless about the edges."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from .claim import timeless

# what these name is a thing: a word that describes it belongs to it
_THINGS = frozenset(
    "owns drives has_pet has_child plays hobby likes dislikes favourite prefers studies_at works_at member_of".split()
)
# what is told with a day stays as it is: the day is half of it
_WITH_ITS_TIME = frozenset("plans did habit goal birthday age wants_answers".split())
_BEFORE_A_NOUN = frozenset({"nummod", "det", "quantmod"})
_DESCRIBES = frozenset({"compound", "amod", "nmod"})
_OPEN = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PRON"})  # something has to follow these
_NAMED = frozenset({"has_pet", "has_child", "has_partner", "has_friend", "has_relative"})
_HALVES = frozenset({"colour", "color", "face", "tone"})  # of "colour blind", which is not blind
_FARTHEST = 4  # words from a describing word to what it describes
_MORE = re.compile(r",? (?:esp|especially|etc)\.?$", re.IGNORECASE)
_NEARLY = re.compile(r"\b(?:near|outside(?: of)?|close to|not far from|just off)(?: the)? $", re.IGNORECASE)


def whole(doc: Doc, start: int, end: int, relation: str) -> str:
    """The value between two characters of a sentence, with what belongs to it and without what does not.

    `relation` is named as the reading model names it.

    >>> from agent.parsing import parse
    >>> whole(parse(["I drive a 2009 Skoda and I'm tired."])[0], 10, 14, "drives")
    '2009 Skoda'
    >>> whole(parse(["I've been vegetarian since school."])[0], 10, 33, "diet")
    'vegetarian'
    >>> whole(parse(["We live near Oxford."])[0], 13, 19, "lives_in")
    'near Oxford'
    >>> whole(parse(["I want to write a book of my own."])[0], 10, 25, "goal")
    'write a book'
    >>> whole(parse(["He's colour blind."])[0], 12, 17, "condition")
    'colour blind'
    """
    inside = [token for token in doc if token.idx < end and token.idx + len(token) > start]
    if not inside:
        return doc.text[start:end]
    start = min(start, _first_half(inside[0]))
    last = inside[-1]
    while (further := _belongs(last, relation)) is not None:
        last = further
    named = _named_by(last)
    if named is not None:
        last = named  # "deaf in my left ear"
    while len(inside) > 1 and last is inside[-1] and last.pos_ in _OPEN:
        inside.pop()  # "write a cookbook of"
        last = inside[-1]
        end = last.idx + len(last)
    value = doc.text[start : max(end, last.idx + len(last))]
    if relation == "lives_in" and (nearly := _NEARLY.search(doc.text[:start])) is not None:
        value = nearly[0] + value
    value = _MORE.sub("", value)
    return value if relation in _WITH_ITS_TIME else timeless(value)


def _belongs(token: Token, relation: str) -> Token | None:
    """The word up to which a value goes on that seems to end with this one."""
    if token.i + 1 == len(token.doc):
        return None
    after = token.nbor()
    if after.text == "-" and not token.whitespace_ and not after.whitespace_ and token.like_num:
        number = after.nbor() if after.i + 1 < len(token.doc) else None
        return number if number is not None and number.like_num else None  # "Thirty-four"
    head, away = token.head, token.head.i - token.i
    describes = (
        token.dep_ in _BEFORE_A_NOUN
        or token.tag_ == "PRP$"
        or (relation in _THINGS and token.dep_ in _DESCRIBES)
    )
    if relation in _NAMED and token.text.istitle() and not head.text.istitle():
        return None  # "our toddler Otis grabs bacon"
    if describes and relation != "age" and 0 < away <= _FARTHEST and _is_unbroken(token, head):
        return head  # "2009 Skoda", "my pilot's licence"
    if token.tag_ == "TO" and 0 < away <= _FARTHEST and head.pos_ == "VERB":
        return head  # "my dream is to open"
    if token.pos_ == "VERB" and relation in ("goal", "plans", "hobby", "habit", "did"):
        # "deadlifting my own bodyweight"
        return next((c for c in token.children if c.dep_ == "dobj" and c.left_edge.i == after.i), None)
    return None


def _first_half(token: Token) -> int:
    """Where a word begins with what makes it another: "colour blind", "8 months pregnant"."""
    if token.i == 0 or token.nbor(-1).head.i != token.i:
        return int(token.idx)
    before = token.nbor(-1)
    return int(before.left_edge.idx if before.dep_ == "npadvmod" or before.lower_ in _HALVES else token.idx)


def _named_by(preposition: Token) -> Token | None:
    """The end of the bare noun that a preposition at the edge leads to: "deaf in my left ear", not "a cookbook of what I eat"."""
    named = next((c for c in preposition.children if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")), None)
    if preposition.pos_ != "ADP" or named is None or named.i - preposition.i > _FARTHEST:
        return None
    return named if _is_unbroken(preposition.nbor(), named) else None


def _is_unbroken(token: Token, head: Token) -> bool:
    """Whether all that stands between belongs to the same noun."""
    between = token.doc[token.i : head.i]
    return all(head.is_ancestor(one) and not one.is_punct for one in between)
