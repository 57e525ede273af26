"""What reading marks and nobody meant: words that name nothing, what is denied, believed by others, applied for or merely had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from ..grammar.people import is_me, is_my, owner_of
from ..grammar.standing import standing_of
from ..grammar.verbs import base
from ..grammar.words_at import top_of, verb_over, word_at, words_within
from ..reader.stating import Stated
from .claims.claim import forms, word_list
from .claims.tastes import FEELINGS, TASTES, is_hardly
from .claims.workplaces import is_of_work

_OF_ONESELF = re.compile(r"\b(?:i|i['’]?m|me|my|name['’]?s?|this is|it['’]?s)\b", re.IGNORECASE)
_NEITHER = re.compile(  # "jazz I can take or leave"
    r"\b(?:no (?:strong |real |particular |great )?(?:opinions?|feelings?|views?|preferences?)|(?:take|leave) it or (?:take|leave)|take or leave|"
    r"indifferent|do(?:es)?(?:n['’]?t| not) (?:really )?mind either|either way|one way or (?:the other|another))\b",
    re.IGNORECASE,
)
_YOUNG = frozenset("0 1 2 3 4 5 6 7 zero one two three four five six seven".split())
_SMALL_AGES = frozenset({"months", "month", "weeks", "week"})
_REST = re.compile(r"\b(?:every|any|all) (?:the )?other $", re.IGNORECASE)
_CANNOT = re.compile(
    r"\b(?:can ?n['’]?t|can ?not|cant) (?:eat|have|do|drink|tolerate|digest) (?:any )?$", re.IGNORECASE
)
_BELIEVE = frozenset("think assume believe guess suppose figure presume reckon swear mistake take".split())
_AT_WORK = frozenset({"works_as", "works_at", "studies", "studies_at"})
_APPLY = frozenset({"apply", "interview"})
_OFFICES = frozenset("captain treasurer secretary chair chairman chairwoman chairperson president".split())
_CLUBS = frozenset(
    "club society team choir band committee association league squad pta bookclub guild".split()
)
_HAVE = frozenset({"have", "get", "got", "buy", "adopt", "own"})
_COUNTED = frozenset(
    {"age", "birthday", "wants_answers", "plans", "did", "habit", "goal", "has_child", "takes"}
)  # a number alone says something here
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "X"})
_LIKED, _DISLIKED = word_list("likes"), word_list("dislikes")
_SUPPORT = frozenset({"support", "follow"})  # who supports a club is no member of it
# what is told with a verb of taste is none of these, whatever it is: "she adores tractors" of a child is no job
_NEVER_A_TASTE = frozenset("works_as works_at studies studies_at learns member_of".split())


def is_misread(one: Stated, doc: Doc, place: int) -> bool:
    """Whether the words that begin at `place` of a sentence tell nothing of anybody."""
    return (
        _is_anothers_name(one, doc.text)
        or _is_nothing(one, doc, place)
        or _is_denied(doc, place)
        or _is_believed_by_others(doc, place)
        or _is_applied_for(one, doc, place)
        or _is_had(one, doc, place)
        or _is_anothers_own(one, doc, place)
        or _is_honorary(one, doc, place)
        or (one.relation == "lives_in" and _is_of_work(doc, place))
    )


def as_its_verb_says(one: Stated, doc: Doc, place: int) -> Stated:
    """The same as a taste, where its verb or adjective says that it is one: a club that is supported, "mad about mosaics"."""
    at = word_at(doc, place)
    if at is None or one.relation not in _NEVER_A_TASTE:
        return one
    above = at.head.head if at.dep_ == "pobj" and at.head.dep_ == "prep" else at.head
    if at.dep_ == "pobj" and FEELINGS.get(f"{above.lower_} {at.head.lower_}") == "likes":
        return replace(one, relation="likes")
    if at.dep_ == "dobj" and forms(above) & (
        _LIKED | (_SUPPORT if one.relation == "member_of" else frozenset())
    ):
        return replace(one, relation="likes")
    if at.dep_ == "dobj" and forms(above) & _DISLIKED:
        return replace(one, relation="dislikes")
    return one


def _is_anothers_name(one: Stated, sentence: str) -> bool:
    """ "Emil mends harmoniums" tells nobody's own name: whoever says theirs speaks of themself."""
    return one.relation == "name" and _OF_ONESELF.search(sentence) is None


def _is_nothing(one: Stated, doc: Doc, place: int) -> bool:
    """Whether the words marked name nothing: "only", "in", a year for a thing, what somebody does not care about."""
    inside = words_within(doc, place, place + one.end - one.start)
    told = [t for t in inside if t.pos_ in _TELLING or t.like_num]
    bare = one.relation not in _COUNTED and not any(t.is_alpha and not t.like_num for t in inside)
    if one.relation in TASTES and (_NEITHER.search(doc.text) or _REST.search(doc.text[:place])):
        return True
    if one.relation == "dislikes" and (_CANNOT.search(doc.text[:place]) or _is_not_disliked(doc, place)):
        return True  # "I can't eat sesame" tells of the body, not of a taste
    return not told or bare or (one.relation == "age" and one.mine and _is_too_young(inside))


def _is_not_disliked(doc: Doc, place: int) -> bool:
    """ "I don't hate opera", "I can't say I hate it"."""
    verb = verb_over(word_at(doc, place))
    if verb is None or not forms(verb) & _DISLIKED:
        return False
    return is_hardly(verb) or standing_of(verb) == "supposed" or any(c.dep_ == "neg" for c in verb.children)


def _is_too_young(age: Sequence[Token]) -> bool:
    """A four-year-old does not write: "a dad of two girls, 4 and 7". And 1.80 is a height."""
    alone = age[0].lower_ if len(age) == 1 else ""
    return (
        any(t.lower_ in _SMALL_AGES for t in age)
        or alone in _YOUNG
        or re.fullmatch(r"[12]\.\d+", alone) is not None
    )


def _is_denied(doc: Doc, place: int) -> bool:
    """Whether it is said that there is none: "I've no brother called Steve"."""
    at = word_at(doc, place)
    while (at is not None and at.pos_ not in ("VERB", "AUX")) or (at is not None and at.dep_ == "acl"):
        if any(c.lower_ == "no" and c.dep_ in ("det", "neg") and c.idx < place for c in at.children):
            return True
        if at.head.i == at.i:
            return False
        at = at.head
    return False


def _is_applied_for(one: Stated, doc: Doc, place: int) -> bool:
    """ "I've applied for a job as a ranger"."""
    verb = verb_over(word_at(doc, place))
    return one.relation in _AT_WORK and verb is not None and base(verb) in _APPLY


def _is_honorary(one: Stated, doc: Doc, place: int) -> bool:
    """Whether it is an office in a club, which is no job: "treasurer of our allotment society"."""
    inside = words_within(doc, place, place + one.end - one.start)
    offices = [t for t in inside if one.relation == "works_as" and t.lemma_.casefold() in _OFFICES]
    of = (c for office in offices for c in office.children if c.lower_ == "of")
    within = (c.lemma_.casefold() for preposition in of for c in preposition.children if c.dep_ == "pobj")
    return any(one in _CLUBS for one in within)


def _is_had(one: Stated, doc: Doc, place: int) -> bool:
    """Whether something is taken for a taste that is merely had: "got a ginger tom, and he loves pilchards"."""
    inside = words_within(doc, place, place + one.end - one.start)
    top = top_of(inside) if inside else None
    had = top is not None and top.dep_ in ("dobj", "conj") and base(top.head) in _HAVE
    return had and one.relation in ("likes", "dislikes")


def _is_anothers_own(one: Stated, doc: Doc, place: int) -> bool:
    """Whether what is taken for the writer's has somebody else's name on it: "the chap next door's Corsa"."""
    inside = words_within(doc, place, place + one.end - one.start)
    owners = [owner for t in inside if (owner := owner_of(t)) is not None and owner.idx < place]
    verb = verb_over(word_at(doc, place))
    oneself = verb is not None and any(
        c.dep_ == "nsubj" and is_me(c) for c in verb.children
    )  # "I drive Dad's Saab"
    others = any(not is_my(owner) for owner in owners)
    return one.mine and one.relation in ("owns", "drives") and others and not oneself


def _is_believed_by_others(doc: Doc, place: int) -> bool:
    """Whether it is what somebody else takes to be so: "people keep thinking I'm South African"."""
    at = word_at(doc, place)
    while at is not None and at.head.i != at.i:
        if at.dep_ in ("ccomp", "xcomp") and base(at.head) in _BELIEVE:
            subject = next(
                (c for c in (*at.head.children, *at.head.head.children) if c.dep_ == "nsubj"), None
            )
            return subject is not None and not is_me(subject)
        at = at.head
    return False


def _is_of_work(doc: Doc, place: int) -> bool:
    return any(token.idx <= place < token.idx + len(token) and is_of_work(token) for token in doc)
