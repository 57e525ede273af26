"""Whether grammar bears out what reading holds for likely: a verb that says those words of somebody, firmly and in the open."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from ..grammar.people import is_me, is_my, owner_of, subject_of
from ..grammar.roles import is_role, role_of
from ..grammar.standing import standing_of

LIKELY = 0.8  # how sure reading has to be where grammar says the same

_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "conj", "nummod", "amod", "compound"})
_AT_A_PLACE = frozenset({"pobj", "prep"})
_PLACES = frozenset(
    {"works_at", "studies_at", "member_of"}
)  # of these alone a place tells: one may own a house anywhere
_HAD = frozenset(
    {"has_child", "has_pet", "has_friend", "has_partner", "owns", "drives"}
)  # "our twins" says it
_NOT_YET = frozenset({"before", "until", "till", "unless"})
_SAID_BY_VERBS = frozenset({"did", "habit", "goal", "plans", "hobby"})


def is_borne_out(relation: str, doc: Doc, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are what the writer, or somebody of theirs, is said to be, have or do."""
    inside = [token for token in doc if start <= token.idx < end]
    if not inside:
        return False
    top = next(token for token in inside if token.head.i == token.i or token.head not in inside)
    owner = owner_of(top)
    if relation in _HAD and owner is not None and is_my(owner):
        return True
    verb = _verb_of(top, relation)
    if verb is None or standing_of(verb) != "stated" or _is_denied(verb) or _is_yet_to_come(verb):
        return False
    subject = subject_of(verb)
    return subject is not None and subject.i < verb.i and _is_one_of_us(subject)


def _verb_of(top: Token, relation: str) -> Token | None:
    """The verb whose object, or what it makes of its subject, the words are; for a deed the verb among them."""
    if top.pos_ in ("VERB", "AUX"):
        return top if relation in _SAID_BY_VERBS else None
    through = _OBJECTS | _AT_A_PLACE if relation in _PLACES else _OBJECTS
    while top.pos_ not in ("VERB", "AUX"):
        if top.dep_ not in through or top.head.i == top.i:
            return None
        top = top.head
    return top


def _is_denied(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children)


def _is_yet_to_come(verb: Token) -> bool:
    """ "Before I'm sixty"."""
    return any(child.dep_ == "mark" and child.lower_ in _NOT_YET for child in verb.children)


def _is_one_of_us(subject: Token) -> bool:
    if is_me(subject) and not is_my(subject):
        return True
    owner = owner_of(subject)
    return owner is not None and is_my(owner) and is_role(role_of(subject))
