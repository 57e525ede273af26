"""Whether grammar bears out what reading holds for likely: a verb that says those words of somebody, firmly and in the open."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from ..grammar.people import is_me, is_my, owner_of, subject_of
from ..grammar.roles import is_role, role_of
from ..grammar.standing import standing_of
from ..grammar.verbs import base, is_past
from ..grammar.words_at import top_of, verb_over, words_within
from .claims.belongings import is_lost

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
_NOT_HAD = frozenset("future imaginary dream own ex former late next".split())
_WANTING = frozenset("need want miss".split())
_BECOMING = frozenset("get got go turn become adopt buy start join switch move begin take".split())
_DENYING = frozenset("never no barely hardly scarcely neither nor supposedly allegedly".split())
_SAID_BY_VERBS = frozenset({"did", "habit", "goal", "plans", "hobby"})


def is_borne_out(relation: str, doc: Doc, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are what the writer, or somebody of theirs, is said to be, have or do."""
    inside = words_within(doc, start, end)
    if not inside:
        return False
    top = top_of(inside)
    if relation in _HAD and _is_ours(top):
        return True
    verb = _verb_of(top, relation)
    subject = subject_of(verb) if verb is not None else None
    return (
        verb is not None
        and subject is not None
        and _is_one_of_us(subject)
        and _is_firm(verb, subject)
        and (relation in _SAID_BY_VERBS or not _is_over(verb))
    )


def _is_ours(thing: Token) -> bool:
    """ "My twins hate peas" says that there are twins; "my future husband" and "I sold my Volvo" do not."""
    owner, verb = owner_of(thing), verb_over(thing)
    if owner is None or not is_my(owner) or any(c.lower_ in _NOT_HAD for c in thing.children):
        return False
    wanted = verb is not None and base(verb) in _WANTING
    said = verb is None or (standing_of(verb) == "stated" and not _is_denied(verb))
    return said and not wanted and not is_lost(thing)


def _is_firm(verb: Token, subject: Token) -> bool:
    """Said by the writer as so: not asked, denied, yet to come, or what somebody else says or doubts."""
    asked = verb.i < subject.i or any(c.dep_ == "aux" and c.i < subject.i for c in verb.children)
    teller = subject_of(verb.head) if verb.dep_ == "ccomp" else None
    own_words = verb.dep_ != "ccomp" or (teller is not None and is_me(teller))
    return (
        standing_of(verb) == "stated"
        and own_words
        and not asked
        and not _is_denied(verb)
        and not _is_yet_to_come(verb)
    )


def _is_over(verb: Token) -> bool:
    """ "I played the tuba at school"; but what one went, got or became is so."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return is_past(verb) and not perfect and base(verb) not in _BECOMING


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
    return any(child.dep_ == "neg" for child in verb.children) or any(
        token.lower_ in _DENYING for token in verb.subtree if token.i <= verb.i
    )


def _is_yet_to_come(verb: Token) -> bool:
    """ "Before I'm sixty"."""
    return any(child.dep_ == "mark" and child.lower_ in _NOT_YET for child in verb.children)


def _is_one_of_us(subject: Token) -> bool:
    if is_me(subject) and not is_my(subject):
        return True
    owner = owner_of(subject)
    return owner is not None and is_my(owner) and is_role(role_of(subject))
