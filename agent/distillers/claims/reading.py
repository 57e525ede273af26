"""All claims of one parsed stretch of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from ...grammar.clauses import Clause, base, clauses, is_past
from ...grammar.people import Mention, is_me, is_my, owner_of
from ...grammar.roles import ABOVE, ROLE_WORDS
from .being import being, is_condition, is_of, is_people, passive
from .claim import Claim, Told, after, lemma, object_of, phrase
from .doing import appointments, doing
from .naming import naming_claims, somebody_close
from .tastes import delights, favourites, tastes

_PARTICIPLES = re.compile(
    r"(?:having|living|being|working|been|born|got|have|had|started|moved|turned|play|work|live)$",
    re.IGNORECASE,
)


def claims_of(doc: Doc, found: Sequence[Mention]) -> list[Claim]:
    """What a stretch claims, each claim once."""
    parts = [_heard(clause) for clause in clauses(doc)]
    claims = [*naming_claims(doc, found, parts), *_in_passing(doc)]
    for clause in parts:
        if clause.standing == "stated" and not _is_turned_round(clause):
            claims += _stated(clause, found)
    return list(dict.fromkeys(claims))


def _heard(clause: Clause) -> Clause:
    """A question mark was taken care of before: a statement stays one though a question word opens its clause."""
    head = clause.head
    if (
        clause.standing == "asked"
        and head.dep_ in ("relcl", "advcl")
        and any(c.lower_ in ("where", "when") for c in head.children)
    ):
        return replace(clause, standing="stated") if head.dep_ == "relcl" else clause
    return clause


def _is_turned_round(clause: Clause) -> bool:
    """ "had I been born", "were I rich", "nor have I owned": the verb before its subject states nothing."""
    subject, head = clause.subject, clause.head
    if subject is None or clause.joined:
        return False
    verbs = [c for c in head.children if c.dep_ in ("aux", "auxpass")] + [head]
    return min(verb.i for verb in verbs) < subject.i


def _stated(clause: Clause, found: Sequence[Mention]) -> Iterator[Claim]:
    head, subject = clause.head, clause.subject
    if subject is None:
        if _leaves_out_i(clause):
            yield from _told(Told(clause, ""))
        return
    if (is_me(subject) and not is_my(subject)) or _and_i(subject, head):
        yield from _told(Told(clause, ""))
        return
    who = somebody_close(subject, found)
    if who is not None:
        yield from _told(Told(clause, who))
        return
    owner = owner_of(subject)
    if owner is not None and is_my(owner) and not clause.negated and not is_past(head):
        if base(head) == "be" or head.lower_ in ("spelled", "spelt", "called"):
            yield from is_of(head, subject, "")
            yield from favourites(head, subject, "")
            yield from appointments(head, subject, Told(clause, ""))
    elif owner is not None and not clause.negated and base(head) == "be":
        holder = somebody_close(owner, found) or _bare_kin(owner)
        if holder:
            yield from is_of(head, subject, holder)
            yield from favourites(head, subject, holder)
    elif base(head) == "be" and subject.lower_ == "it" and not is_past(head) and not clause.negated:
        yield from _cleft(head)
    if not clause.negated:
        yield from delights(head)


def _bare_kin(owner: Token) -> str:
    word = owner.lower_
    return ROLE_WORDS.get(word, "") if ROLE_WORDS.get(word, "") in ABOVE else ""


def _and_i(subject: Token, head: Token) -> bool:
    """ "my wife and I"."""
    joined = [c for c in subject.children if c.dep_ == "conj"] + [
        c for c in head.children if c.dep_ == "nsubj"
    ]
    return any(c.lower_ in ("i", "me") for c in joined)


def _told(told: Told) -> Iterator[Claim]:
    if base(told.head) == "be":
        yield from being(told)
    else:
        yield from passive(told)
        yield from doing(told)
    yield from tastes(told)


def _leaves_out_i(clause: Clause) -> bool:
    """ "Been a nurse for years", "got my exam on Friday", "Born in Leeds"."""
    spoken = [t for t in clause.tokens if not t.is_punct and t.pos_ not in ("INTJ", "CCONJ")]
    spoken = [
        t for t in spoken if t.lower_ not in ("just", "so", "also", "still", "already", "well", "currently")
    ]
    return (
        bool(spoken)
        and spoken[0].i == clause.head.i
        and bool(_PARTICIPLES.match(clause.head.text))
        and clause.head.i <= 3
    )


def _cleft(head: Token) -> Iterator[Claim]:
    """ "it's our anniversary on 17 July", "it's Bruges where I live"."""
    noun = object_of(head)
    if noun is None:
        return
    if lemma(noun) in ("anniversary", "birthday"):
        day = after(head, "on") or after(noun, "on")
        owner = owner_of(noun)
        if day is not None and owner is not None and is_my(owner):
            yield Claim(lemma(noun), phrase(day))
    where = next((t for t in head.subtree if lemma(t) == "live" and t.i > noun.i), None)
    named = noun.pos_ == "PROPN" or noun.text[:1].isupper()
    if named and where is not None and any(is_me(c) for c in where.children):
        yield Claim("lives_in", phrase(noun))


def _in_passing(doc: Doc) -> Iterator[Claim]:
    """ "As a Chilean living in Stockholm", "having type 1 diabetes"."""
    first = doc[0]
    if first.lower_ == "as" and len(doc) > 2 and doc[1].lower_ in ("a", "an"):
        for token in doc[2:8]:
            if is_people(token):
                yield Claim("nationality", token.text)
            if token.is_punct:
                break
    for token in doc:
        speaking = token.lower_ in ("having", "living", "being") and (token.i == 0 or first.lower_ == "as")
        if token.lower_ == "having" and speaking:
            what = object_of(token)
            if what is not None and is_condition(what, phrase(what, whole=False).casefold()):
                yield Claim("health", phrase(what, whole=False))
        elif token.lower_ == "living" and speaking:
            place = after(token, "in", "at", "near")
            if place is not None and place.pos_ == "PROPN":
                yield Claim("lives_in", phrase(place))
