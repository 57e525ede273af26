"""Who is who: names given to those close to the speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from ...grammar.clauses import Clause
from ...grammar.kinds import THINGS
from ...grammar.people import Mention, is_known, is_me
from ...grammar.roles import ABOVE, ROLE_WORDS, is_role, labels_of, role_of
from ...grammar.verbs import base, is_past
from ...statements import naming
from .claim import Claim

_RELATIONS = ("partner", "spouse", "child", "parent", "sibling", "pet", "friend", "colleague")
_RELATED = {"spouse": "partner", "wife": "partner", "husband": "partner", "ex": ""}
_FORMER = frozenset({"ex", "late", "former", "previous"})
_ROLES = "|".join(sorted((re.escape(word) for word in ROLE_WORDS), key=len, reverse=True))
_NAME = r"(?P<name>(?-i:[A-ZÀ-Þ])(?:[\w-]|['’](?!s\b)(?=\w))*(?: (?-i:[A-ZÀ-Þ])[\w-]+)*)"
_BESIDE = re.compile(
    rf"\b(?:my|our) (?:[\w-]+ ){{0,3}}?(?P<role>{_ROLES}),? (?!I\b){_NAME}(?!\w)", re.IGNORECASE
)
_OF_MINE = re.compile(
    rf"\ban? (?:\w+ )?(?P<role>{_ROLES}) of (?:mine|ours),? (?:called |named )?{_NAME}(?!\w)", re.IGNORECASE
)


def relation_of(role: str) -> str:
    """The relation that a role is an instance of: a wife is a partner, an aunt is herself.

    >>> [relation_of(role) for role in ("wife", "labrador", "aunt", "ex")]
    ['partner', 'pet', 'aunt', '']
    """
    if role in _RELATED:
        return _RELATED[role]
    found = next((relation for relation in _RELATIONS if relation in labels_of(role)), role)
    return _RELATED.get(found, found)


def naming_claims(doc: Doc, found: Sequence[Mention], clauses: Sequence[Clause]) -> Iterator[Claim]:
    """The names that a sentence gives: "my friend Ada", "our son is called Bram"."""
    for mention in found:
        if not (mention.mine and mention.names and mention.role in ABOVE):
            continue
        clause = next((c for c in clauses if any(t.i == mention.start for t in c.tokens)), None)
        if clause is not None and (clause.standing == "supposed" or _is_over(clause, mention)):
            continue
        relation = relation_of(mention.role)
        if relation and not mention.described & _FORMER and _is_somebody(doc, mention):
            for name in mention.names:
                yield Claim(relation, name)
    for found_name in (*_BESIDE.finditer(doc.text), *_OF_MINE.finditer(doc.text)):
        role, name = ROLE_WORDS[found_name.group("role").casefold()], found_name.group("name")
        former = set(found_name.group(0).casefold().split()) & _FORMER
        if relation_of(role) and not former and name.casefold() not in THINGS["month"] | THINGS["day"]:
            yield Claim(relation_of(role), name)
    for clause in clauses:
        if clause.standing == "supposed" or (clause.negated and not _corrects(clause)):
            continue
        for name, role, _ in naming(clause, doc, found):
            relation = relation_of(role)
            others = any(
                role_of(t) == role
                and t.i + 1 < len(doc)
                and t.nbor().lower_ == "'s"
                and t.nbor(2 if t.i + 2 < len(doc) else 1).lower_ != "name"
                for t in doc
            )
            if relation and role in ABOVE and not others:
                yield Claim(relation, name)


def _corrects(clause: Clause) -> bool:
    """ "is called Annika, not Anika": what is denied stands behind."""
    denial = next((c for c in clause.head.children if c.dep_ == "neg"), None)
    return denial is not None and denial.i > clause.head.i + 1


def _is_over(clause: Clause, mention: Mention) -> bool:
    """ "I had a dog called Rex"."""
    return (
        base(clause.head) in ("have", "own", "keep")
        and is_past(clause.head)
        and any(is_me(t) for t in clause.tokens[:2])
    )


def _is_somebody(doc: Doc, mention: Mention) -> bool:
    """Not a place or a firm taken for a name: "my boss at Siemens"."""
    return (
        is_role(mention.role) and mention.role not in ("doctor", "vet", "teacher", "client", "student")
    ) or bool(mention.names)


def who_is(mention: Mention) -> str:
    return mention.names[0] if mention.names else mention.role.split("<")[0]


def somebody_close(token: Token, found: Sequence[Mention]) -> str | None:
    """The one close to the speaker that a word stands for: by name where it is known, else by role."""
    for mention in found:
        if mention.start <= token.i < mention.end and "<" not in mention.role:
            own = mention.mine or token.pos_ == "PRON"
            if (own and mention.role in ABOVE) or is_known(mention):
                return who_is(mention)
    return None
