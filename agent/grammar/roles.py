"""Roles around a person: family, work, neighbours, pets; and which of them are instances of others."""

from __future__ import annotations

from spacy.tokens import Token

from .lexicon import lines_of

SHE, HE, THEY = "she", "he", "they"


def _read() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    words: dict[str, str] = {}
    above: dict[str, frozenset[str]] = {}
    for line in lines_of("roles.txt"):
        same, _, more = line.partition(" > ")
        for spellings in same.split(", "):
            first, *others = spellings.split()
            above[first] = frozenset(more.split())
            words.update(dict.fromkeys([first, *others], first))
    return words, above


ROLE_WORDS, ABOVE = _read()


def role_of(token: Token) -> str:
    """The role a word stands for, in its first spelling; empty for all other words."""
    for word in (token.lower_, token.lemma_.casefold()):
        if word in ROLE_WORDS:
            return ROLE_WORDS[word]
    return ""


def labels_of(role: str) -> frozenset[str]:
    """A role with all that it is an instance of.

    >>> sorted(labels_of("wife"))
    ['family', 'partner', 'spouse', 'wife']
    """
    return (ABOVE.get(role, frozenset()) | {role}) - {SHE, HE, THEY}


def is_role(role: str) -> bool:
    """Whether this is somebody's part in a life: "sister<friend" is, "boat" is not."""
    own = role.partition("<")[0]
    return own in ABOVE or own.endswith("-in-law")
