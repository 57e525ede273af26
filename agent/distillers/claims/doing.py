"""What somebody does, has and plans: "I play bass", "we've got two cats", "I'm seeing the dentist on Friday".

The table of verbs is asked first; then days and habits; what lasts and fits no relation is kept in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Token

from ...grammar.kinds import THINGS
from ...grammar.people import owner_of
from ...grammar.verbs import base, verb_of
from .claim import Claim, Told, after, each, forms, lemma, object_of, phrase, to_the_end, word_list
from .frames import HAPPENED, LASTING, framed
from .kinds import is_definite, is_kind, is_name, is_pointed
from .occasions import dated, habits, plans
from .times import LIVING, LONG_AGO, NOW, SINCE, WHEN, has_happened, time_of

_EATING, _MOVING, _SKILLS = (word_list(name) for name in ("eating", "moving", "skills"))
_REACTIONS, _PURSUITS, _IDLE = (word_list(name) for name in ("reactions", "pursuits", "idle"))
_ABSTRACT = word_list("abstract")
_EMPTY = word_list("empty") | word_list("likes") | word_list("dislikes")


def doing(told: Told) -> Iterator[Claim]:
    """The claims of a clause with any verb but "to be"."""
    head = told.head
    if told.clause.negated:
        yield from _denied(told)
        return
    able = any(c.lower_ == "can" and c.dep_ == "aux" for c in head.children)
    if able and base(head) in _SKILLS:
        yield from told.fact("skill", to_the_end(told.clause, head.i))
        return
    yield from next((found for read in _readers(told) if (found := list(read(told)))), [])


Reader = Callable[[Told], Iterable[Claim]]


def _readers(told: Told) -> Iterator[Reader]:
    """Who may read the clause, in order of how sure they are. The first that finds something has the word."""
    head = told.head
    if has_happened(head):
        yield _happened
    if time_of(head) != "over":
        yield from (_reaction, _framed_or_often, dated, habits, plans, _in_own_words)
    yield _event


def _happened(told: Told) -> list[Claim]:
    return framed(told, HAPPENED)


def _framed_or_often(told: Told) -> list[Claim]:
    """What the table says; of a pastime how often it is done says more."""
    found = framed(told, LASTING)
    if found and all(claim.relation in ("hobby", "does") for claim in found):
        return list(habits(told)) or found
    return found


def _event(told: Told) -> Iterator[Claim]:
    """A turn in a life: something past with its year or season, and no idle verb."""
    head = told.head
    over = time_of(head) == "over" and LONG_AGO.search(head.doc.text)
    since = time_of(head) == "lasting" and re.search(r"\bsince\b", head.doc.text) and has_happened(head)
    if (over or since) and told.clause.subject is not None and not told.has_been:
        thing = object_of(head)
        if (
            forms(head) & (_IDLE | _EMPTY)
            or NOW.search(head.doc.text)
            or (thing is not None and (is_pointed(thing) or thing.pos_ == "PRON"))
        ):
            return
        if base(head) != "be" and (
            object_of(head) is not None or any(c.dep_ == "prep" for c in head.children)
        ):
            yield from told.fact("did", to_the_end(told.clause, head.i))


def _denied(told: Told) -> Iterator[Claim]:
    """ "I don't eat meat", "I can't kneel", "I can't have gluten", "I'm not eating onion"."""
    head, verb, thing = told.head, base(told.head), object_of(told.head)
    if time_of(head) == "over":
        return
    able = any(c.lower_ in ("can", "could") for c in head.children)
    plain = (
        thing is not None
        and not owner_of(thing)
        and lemma(thing) not in THINGS["day"]
        and not is_definite(thing)
    )
    if verb in _EATING and thing is not None and plain and (verb != "do" or is_kind(thing, "food drink")):
        said = f"not {head.text}" if head.tag_ == "VBG" else f"{'can not' if able else 'does not'} {verb}"
        yield from told.fact("diet", f"{said} {phrase(thing, keep=frozenset({'cc', 'conj'}))}")
    elif verb in ("drink", "smoke") and thing is None and not able:
        yield from told.fact("diet", f"does not {verb}")
    elif (
        able
        and thing is not None
        and (verb == "tolerate" or (verb == "have" and lemma(thing) in THINGS["food"]))
    ):
        for one in each(thing):
            yield from told.fact("allergy", phrase(one))
    elif able and verb in _MOVING and thing is None and not NOW.search(head.doc.text):
        yield from told.fact("health", f"can not {verb}")


def _reaction(told: Told) -> Iterator[Claim]:
    """ "I come out in hives with tree nuts"."""
    if verb_of(told.head) not in ("come-out", "break-out") and base(told.head) not in ("react", "swell"):
        return
    cause = after(told.head, "with", "from", "to", "after")
    if cause is not None and lemma(cause) not in _REACTIONS:
        for one in each(cause):
            yield from told.fact("allergy", phrase(one, whole=False))


def reacting(head: Token, subject: Token) -> Iterator[Claim]:
    """ "eggs make my throat swell up", "latex brings me out in hives", "bee stings send me to hospital"."""
    if base(head) not in ("make", "give", "bring", "send", "set") or subject.pos_ not in ("NOUN", "PROPN"):
        return
    mine = any(t.lower_ in ("me", "my") for t in head.subtree if t.i > head.i)
    if (
        mine
        and not is_definite(subject)
        and any(lemma(t) in _REACTIONS for t in head.subtree if t.i > head.i)
    ):
        for one in each(subject):
            yield Claim("allergy", phrase(one, whole=False))


def _in_own_words(told: Told) -> Iterator[Claim]:
    """What lasts and has no relation of its own: "makes violins"."""
    if _lasts(told) and _is_told(object_of(told.head)):
        relation = "job" if LIVING.search(told.head.doc.text) else "does"
        yield from told.fact(relation, to_the_end(told.clause, told.head.i))


def _lasts(told: Told) -> bool:
    """Whether a clause speaks of years: by its verb, "for a living", "since", and nothing of the moment."""
    head, text = told.head, told.head.doc.text
    since = SINCE.search(text) is not None
    years = (
        forms(head) & _PURSUITS
        or LIVING.search(text)
        or (told.has_been and since and not forms(head) & _IDLE)
    )
    helpers = {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}
    helped = bool(helpers - {"have", "has", "been", "do"}) or (bool(helpers) and not since)
    own = told.clause.subject is not None and not told.clause.joined
    momentary = time_of(head) != "lasting" or NOW.search(text) or WHEN.search(text)
    unfinished = any(c.dep_ in ("ccomp", "xcomp", "advcl") for c in head.children)
    return bool(years) and own and not (momentary or helped or unfinished)


def _is_told(thing: Token | None) -> bool:
    """Whether an object says something by itself: what is pointed at does not."""
    if thing is None or thing.pos_ not in ("NOUN", "PROPN") or lemma(thing) in _ABSTRACT:
        return False
    return not is_definite(thing) or is_name(thing) or _of_ones_own(thing)


def _of_ones_own(thing: Token) -> bool:
    """ "I make my own cheese"."""
    return any(c.lower_ == "own" for c in thing.children)
