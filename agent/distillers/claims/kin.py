"""Who is whose, where neither is the speaker: "my sister has a daughter called Lily", "his brother Karl", "Tom is Ellen's son"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from ...grammar.clauses import Clause
from ...grammar.mentions import names_after
from ...grammar.people import Mention, owner_of
from ...grammar.roles import ABOVE, role_of
from ...grammar.verbs import base
from .claim import Claim, named_after, object_of
from .naming import relation_of, somebody_close


def kin(doc: Doc, found: Sequence[Mention], clauses: Sequence[Clause]) -> Iterator[Claim]:
    """Relations between those close to the speaker and those close to them."""
    for clause in clauses:
        if clause.standing != "stated" or clause.negated:
            continue
        for token in clause.tokens:
            holder, role = _holder(token, found), role_of(token)
            if holder and role in ABOVE and relation_of(role):
                yield from _named(doc, token, holder)
        yield from _having(clause, found)


def _holder(role: Token, found: Sequence[Mention]) -> str | None:
    """Whose somebody is: of "his brother Karl" the parser may give the "his" to the name."""
    owner = owner_of(role)
    if owner is None and role.dep_ == "compound":
        owner = owner_of(role.head)
    if owner is None:
        return None
    return somebody_close(owner, [m for m in found if not m.start <= role.i < m.end])


def _named(doc: Doc, role: Token, holder: str) -> Iterator[Claim]:
    """The name that stands with "his brother": beside it, or as what it is."""
    relation = relation_of(role_of(role))
    names, _ = names_after(doc, role.i + 1)
    verb = role.head
    if not names and base(verb) in ("be", "call", "name"):
        other = role.dep_ in ("attr", "oprd")
        ends = [
            c
            for c in verb.children
            if c.dep_ in (("nsubj", "nsubjpass") if other else ("attr", "oprd", "dobj"))
        ]
        names, _ = names_after(doc, ends[0].i) if ends and ends[0] is not role else ((), 0)
    for name in names:
        if name != holder:
            yield Claim(relation, name, holder)


def _having(clause: Clause, found: Sequence[Mention]) -> Iterator[Claim]:
    """ "Anna has two sons, Leo and Max", "she has got a dog called Rex"."""
    subject, what = clause.subject, object_of(clause.head)
    if subject is None or what is None or base(clause.head) not in ("have", "get", "adopt"):
        return
    holder, role = somebody_close(subject, found), role_of(what)
    if not holder or role not in ABOVE or not relation_of(role) or owner_of(what) is not None:
        return
    names = (named_after(what),) if named_after(what) else names_after(what.doc, what.i + 1)[0]
    for name in names:
        yield Claim(relation_of(role), name, holder)
