"""All claims of one parsed stretch of words: who each clause is about, and whether it states something at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from ...grammar.clauses import Clause, clauses
from ...grammar.people import Mention, is_me, is_my, owner_of
from ...grammar.roles import ABOVE, ROLE_WORDS
from ...grammar.verbs import base, is_past
from .asides import in_passing
from .being import being, described, is_a, is_state, passive
from .belongings import owned, said_of
from .claim import Claim, Told, after, forms, lemma, object_of, phrase
from .doing import doing, reacting
from .kin import kin
from .kinds import is_name
from .naming import naming_claims, somebody_close
from .occasions import appointed
from .phrases import stated, tasted
from .tastes import delights, favourites, tastes
from .times import time_of

_WOULD_SOONER = re.compile(  # in earnest, though with "would"
    r"^(?:I|we) (?:would|will) (?:always |much |far |really |gladly )*(?:sooner|rather|take)\b", re.IGNORECASE
)
_OBJECTS = frozenset({"me", "us", "him", "them", "myself"})


def claims_of(doc: Doc, found: Sequence[Mention], topic: str = "") -> list[Claim]:
    """What a stretch claims, each claim once; `topic` is what was spoken of before."""
    parts = [_heard(clause) for clause in clauses(doc)]
    claims = [*naming_claims(doc, found, parts), *kin(doc, found, parts)]
    whole = parts[0]
    if all(clause.standing != "supposed" for clause in parts) or _WOULD_SOONER.match(doc.text):
        claims += in_passing(Told(whole, ""))
        claims += [*stated(doc.text), *tasted(doc.text)]
    for clause in parts:
        if clause.standing == "stated" and not _is_turned_round(clause):
            claims += _stated(clause, found, topic)
    if whole.standing == "stated":
        claims += owned(doc, said=bool(claims))
    return _once([claim for claim in claims if not _is_nobody(claim.value, doc.text)])


def _is_nobody(name: str, text: str) -> bool:
    """ "I've no brother called Steve"."""
    return (
        re.search(rf"\bno (?:[\w-]+ ){{1,2}}(?:called|named) {re.escape(name)}\b", text, re.IGNORECASE)
        is not None
    )


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Each value once: what a phrase says and what the grammar says of it is one thing."""
    kept: dict[tuple[str, str, bool], Claim] = {}
    for claim in claims:
        kept.setdefault((claim.who, claim.value.casefold(), claim.polarity is None), claim)
    return list(kept.values())


def topic_of(doc: Doc, *, asked: bool) -> str:
    """What a stretch speaks of in general, for "them" in the next: "Mushrooms?", "Sea stories are all I read"."""
    for token in doc:
        if (
            token.pos_ in ("NOUN", "PROPN")
            and (token.dep_ == "nsubj" or (asked and token.dep_ == "ROOT"))
            and owner_of(token) is None
        ):
            plain = asked or token.tag_ in ("NNS", "NNPS")
            plain = plain and not any(c.dep_ == "det" for c in token.children)
            return phrase(token, whole=False) if plain else ""
    return ""


def _heard(clause: Clause) -> Clause:
    """A question mark was taken care of before: a statement stays one though a question word opens its clause.

    A verb joined to one that is only supposed or asked is so too.
    """
    head = clause.head
    if (
        clause.standing == "asked"
        and head.dep_ == "relcl"
        and any(c.lower_ in ("where", "when") for c in head.children)
    ):
        return replace(clause, standing="stated")
    joined = head.head if head.dep_ == "conj" else head
    if clause.joined and not clause.negated and _denied_with(head):
        return replace(clause, negated=True)
    if clause.standing == "stated" and _opens_with(
        joined, "if", "unless", "whether", "before", "until", "till", "once"
    ):
        return replace(clause, standing="supposed")
    return clause


def _denied_with(head: Token) -> bool:
    """ "never planned or prepared": the denial covers both."""
    first = head.head
    either = any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in first.children)
    return head.dep_ == "conj" and either and any(c.dep_ == "neg" for c in first.children)


def _opens_with(head: Token, *marks: str) -> bool:
    return any(c.dep_ in ("mark", "prep") and c.lower_ in marks and c.i < head.i for c in head.children)


def _is_turned_round(clause: Clause) -> bool:
    """ "had I been born", "were I rich", "nor have I owned": the verb before its subject states nothing."""
    subject, head = clause.subject, clause.head
    if subject is None or clause.joined:
        return False
    verbs = [c for c in head.children if c.dep_ in ("aux", "auxpass")] + [head]
    return min(verb.i for verb in verbs) < subject.i


def _stated(clause: Clause, found: Sequence[Mention], topic: str) -> Iterator[Claim]:
    head, subject = clause.head, clause.subject
    if subject is None:
        yield from _unsaid(clause)
        return
    if subject.lower_ in _OBJECTS and not _and_i(subject, head):
        return  # "let us go", "I watch them build"
    if (is_me(subject) and not is_my(subject)) or _and_i(subject, head):
        if any(t.lower_ == "all" and t.i in (subject.i + 1, subject.i - 1) for t in head.subtree):
            return  # "we all make mistakes"
        yield from _told(Told(clause, ""), topic)
        return
    who = somebody_close(subject, found)
    if who is not None:
        yield from _told(Told(clause, who), topic)
        return
    owner = owner_of(subject)
    if owner is not None and not clause.negated and not is_past(head):
        holder = "" if is_my(owner) else somebody_close(owner, found) or _bare_kin(owner)
        if (is_my(owner) or holder) and (base(head) == "be" or head.lower_ in ("spelled", "spelt", "called")):
            yield from said_of(head, subject, holder)
            yield from favourites(head, subject, holder)
        if is_my(owner) and base(head) == "be":
            yield from appointed(subject, Told(clause, ""))
    elif base(head) == "be" and subject.lower_ == "it" and not is_past(head) and not clause.negated:
        yield from _cleft(head)
    elif subject.lower_ == "favourite" or any(c.lower_ == "favourite" for c in subject.children):
        yield from favourites(head, subject, "") if base(head) == "be" and not clause.negated else ()
    yield from delights(head, negated=clause.negated)
    if not clause.negated:
        yield from reacting(head, subject)


def _bare_kin(owner: Token) -> str:
    role = ROLE_WORDS.get(owner.lower_, "")
    return role if role in ABOVE else ""


def _and_i(subject: Token, head: Token) -> bool:
    """ "my wife and I"."""
    joined = [c for c in subject.subtree if c.dep_ == "conj"] + [
        c for c in head.children if c.dep_ == "nsubj" and c is not subject
    ]
    return any(c.lower_ in ("i", "me") for c in joined)


def _told(told: Told, topic: str) -> Iterator[Claim]:
    liked = list(tastes(told, topic))
    yield from liked or _known(told)


def _known(told: Told) -> Iterator[Claim]:
    if base(told.head) == "be":
        yield from being(told)
    elif (
        any(c.dep_ == "auxpass" and base(c) == "be" for c in told.head.children)
        and is_state(told.head)
        and time_of(told.head) == "lasting"
    ):
        yield from described(told, told.head)
    else:
        if (
            forms(told.head) & {"go", "get", "become", "turn"} and time_of(told.head) != "moment"
        ):  # "has gone deaf"
            for part in (
                c for c in told.head.children if c.dep_ in ("acomp", "oprd") and not told.clause.negated
            ):
                yield from described(told, part)
        yield from list(passive(told)) or doing(told)


def _unsaid(clause: Clause) -> Iterator[Claim]:
    """Nobody is named: "retired postman here"."""
    head = clause.head
    if head.pos_ == "NOUN" and any(c.lower_ == "here" for c in head.children if c.i == head.i + 1):
        yield from is_a(Told(clause, "", fragment=True), head)


def _cleft(head: Token) -> Iterator[Claim]:
    """ "it's our anniversary on 17 July", "it's Bruges where I live", "it's Leuven I live in, not Leiden"."""
    noun = object_of(head)
    if noun is not None and lemma(noun) in ("anniversary", "birthday"):
        day = after(head, "on") or after(noun, "on")
        owner = owner_of(noun)
        if day is not None and owner is not None and is_my(owner):
            yield Claim(lemma(noun), phrase(day))
    where = next((t for t in head.subtree if lemma(t) == "live" and t.i > head.i + 1), None)
    if where is None or not any(is_me(c) for c in where.children):
        return
    named = head.nbor()
    if named.text[:1].isupper() and is_name(named) and named.i < where.i:
        yield Claim("lives_in", named.text if noun is None else phrase(noun))
