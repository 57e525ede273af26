"""Somebody who is meant, and when two mentions are of the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spacy.tokens import Token

from .lexicon import words
from .roles import role_of

# A description that tells one sister from another; two of one line exclude each other.
CONTRASTS = (
    frozenset({"old", "eld", "elder", "eldest", "oldest", "big", "older"}),
    frozenset({"young", "younger", "youngest", "little", "small"}),
    frozenset({"other"}),
    frozenset({"late"}),
    frozenset({"new"}),
    frozenset({"former", "previous"}),
    frozenset({"good", "best"}),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for somebody, or for something that somebody has."""

    start: int
    end: int
    labels: frozenset[str]  # roles and names, all that is known of them
    role: str = ""  # the most particular role
    names: tuple[str, ...] = ()
    described: frozenset[str] = frozenset()  # "older", "best"
    possessive: bool = False
    mine: bool = False
    apart: bool = False  # the name stands after a comma: "my band, the Damp Squibs"


Names = Mapping[str, frozenset[str]]  # folded names, each with what is known of whom they belong to
NOBODY: Names = MappingProxyType({})


def is_me(token: Token) -> bool:
    return token.lower_ in {"i", "me", "we", "us", "myself", "ourselves"} or is_my(token)


def is_my(token: Token) -> bool:
    return token.lower_ in {"my", "our", "mine", "ours"}


def owner_of(token: Token) -> Token | None:
    """Whose it is: the "my" of "my old car"."""
    return next((child for child in token.children if child.dep_ == "poss"), None)


_PEOPLES = ("ian", "ish", "ese", "ean", "ican", "ic")  # "my girlfriend is Brazilian"


def is_name(token: Token) -> bool:
    """A proper noun that may be somebody's: not a month, not a weekday."""
    proper = token.pos_ == "PROPN" or (token.i > 0 and token.pos_ in ("NOUN", "ADJ", "X", "VERB", "ADV"))
    return (
        proper
        and not (token.pos_ == "ADJ" and token.lower_.endswith(_PEOPLES))
        and token.text[:1].isupper()
        and not token.text.isupper()
        and token.lower_ not in _NOT_NAMES
        and role_of(token) == ""
    )


_NOT_NAMES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december spring summer autumn winter christmas easter i mr mrs ms dr"
) - {"april", "may", "june", "august"}


def subject_of(verb: Token) -> Token | None:
    """Who does it; a verb joined by "and" shares the subject of the first."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return child
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    return None


def is_known(mention: Mention) -> bool:
    """Somebody called by a name that is known: Ffion, of whom an earlier message said that she is a sister."""
    return bool(mention.names) and not mention.role and len(mention.labels) > len(mention.names)


def same(asked: Mention, said: Mention) -> bool:
    """Whether words said can be about whom a question asks."""
    if asked.names and said.names:
        if not _folded(asked.names) & _folded(said.names):
            return False
    elif asked.role:
        if asked.role not in said.labels:
            return False
    elif not _folded(asked.names) & said.labels and (said.names or said.role not in asked.labels):
        return False
    if said.described & _FORMER and not asked.described and not said.labels & _STILL_SO:
        return False  # "our old boss" is not my boss
    asked_as = {i for i, contrast in enumerate(CONTRASTS) if asked.described & contrast}
    said_as = {i for i, contrast in enumerate(CONTRASTS) if said.described & contrast}
    return not (asked_as and said_as) or bool(asked_as & said_as)


_FORMER = frozenset({"old", "former", "previous"})
_STILL_SO = frozenset({"family", "pet", "friend", "neighbour", "partner"})


def _folded(names: Iterable[str]) -> set[str]:
    return {part for name in names for part in (name.casefold(), *name.casefold().split())}
