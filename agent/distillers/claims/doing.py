"""What somebody does, has and plans: "I play bass", "we've got two cats", "I'm seeing the dentist on Friday".

The table of verbs is asked first; then days and habits; what lasts and fits no relation is kept in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from ...grammar.clauses import base, verb_of
from ...grammar.kinds import THINGS
from ...grammar.people import owner_of
from .claim import Claim, Told, after, each, forms, lemma, object_of, phrase, to_the_end, word_list
from .frames import HAPPENED, LASTING, framed
from .kinds import is_definite, is_kind, is_name, is_pointed
from .occasions import dated, habits, plans
from .times import LIVING, LONG_AGO, NOW, SINCE, WHEN, has_happened, time_of

_EATING, _MOVING, _SKILLS = (word_list(name) for name in ("eating", "moving", "skills"))
_REACTIONS, _PURSUITS, _IDLE = (word_list(name) for name in ("reactions", "pursuits", "idle"))
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
    got = head.lower_ == "got" and told.clause.subject is None
    readers = [lambda: framed(told, HAPPENED)] if has_happened(head) else []
    if got:
        readers.append(lambda: list(dated(told)))
    elif time_of(head) != "over":
        readers += [
            lambda: list(_reaction(told)),
            lambda: _framed_or_often(told),
            lambda: list(dated(told)),
            lambda: list(habits(told)),
            lambda: list(plans(told)),
            lambda: list(_in_own_words(told)),
        ]
    readers.append(lambda: list(_event(told)))
    for read in readers:
        found = read()
        if found:
            yield from found
            return


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
        if forms(head) & (_IDLE | _EMPTY) or NOW.search(head.doc.text) or (thing is not None and (is_pointed(thing) or thing.pos_ == "PRON")):
            return
        if base(head) != "be" and (object_of(head) is not None or any(c.dep_ == "prep" for c in head.children)):
            yield from told.fact("did", to_the_end(told.clause, head.i))


def _denied(told: Told) -> Iterator[Claim]:
    """ "I don't eat meat", "I can't kneel", "I can't have gluten", "I'm not eating onion"."""
    head, verb, thing = told.head, base(told.head), object_of(told.head)
    if time_of(head) == "over":
        return
    able = any(c.lower_ in ("can", "could") for c in head.children)
    plain = thing is not None and not owner_of(thing) and lemma(thing) not in THINGS["day"] and not is_definite(thing)
    if verb in _EATING and thing is not None and plain and (verb != "do" or is_kind(thing, "food drink")):
        said = f"not {head.text}" if head.tag_ == "VBG" else f"{'can not' if able else 'does not'} {verb}"
        yield from told.fact("diet", f"{said} {phrase(thing, keep=frozenset({'cc', 'conj'}))}")
    elif verb in ("drink", "smoke") and thing is None and not able:
        yield from told.fact("diet", f"does not {verb}")
    elif able and thing is not None and (verb == "tolerate" or (verb == "have" and lemma(thing) in THINGS["food"])):
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
    if mine and not is_definite(subject) and any(lemma(t) in _REACTIONS for t in head.subtree if t.i > head.i):
        for one in each(subject):
            yield Claim("allergy", phrase(one, whole=False))


def _in_own_words(told: Told) -> Iterator[Claim]:
    """What lasts and has no relation of its own: "makes violins". What is pointed at says nothing."""
    head, verb, thing = told.head, base(told.head), object_of(told.head)
    text = head.doc.text
    if time_of(head) != "lasting" or not (forms(head) & _PURSUITS or LIVING.search(text) or (told.has_been and SINCE.search(text) and not forms(head) & _IDLE)) or NOW.search(text) or WHEN.search(text) or told.clause.subject is None or told.clause.joined:
        return
    helpers = {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}
    if (helpers - {"have", "has", "been", "do"}) or (helpers and not SINCE.search(text)):
        return
    if thing is None or thing.pos_ not in ("NOUN", "PROPN") or (is_definite(thing) and not is_name(thing) and not _of_ones_own(thing)):
        return
    if any(c.dep_ in ("ccomp", "xcomp", "advcl") for c in head.children):
        return
    yield from told.fact("job" if LIVING.search(text) else "does", to_the_end(told.clause, head.i))


def _of_ones_own(thing: Token) -> bool:
    """ "I make my own cheese"."""
    return any(c.lower_ == "own" for c in thing.children)
