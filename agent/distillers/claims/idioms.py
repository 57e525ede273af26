"""Tastes said in a turn of phrase: "gone off whisky", "nothing beats a plum", "spiders give me the creeps"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memory.records import Polarity

from ...grammar.lexicon import table
from .claim import Claim, is_telling, trimmed

_END = (
    r"(?:\s*(?:[,;:.!?–—(]|$)|\s(?:but|because|so|and (?:I|we|it|my)|since|altogether|these days|at all|any ?more|lately|now|"
    r"any ?day|all day|though|when|if|right now|to be honest|that is|which|whatever|if I am honest)\b)"
)
_LATE = r"[\w'’&/-]+(?: [\w'’&/-]+){0,7}?"


def _pattern(written: str, before: str) -> re.Pattern[str]:
    """A turn of phrase as a pattern: "(really)* big on X"."""
    text = re.sub(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)\* ?", r"(?:(?:\1) )*", written)
    text = re.sub(r"\((?!\?)", "(?:", text)
    head, _, behind = text.partition("X")
    closing = behind if behind.strip() else _END
    return re.compile(rf"{before}{head}(?P<x>{_LATE}){closing}", re.IGNORECASE)


_Idiom = tuple[str, re.Pattern[str]]


def _idioms(part: str, before: str, *, behind: bool = False) -> tuple[_Idiom, ...]:
    return tuple(
        (relation, _pattern(f"X {written}" if behind else written, before))
        for relation, listed in table("tastes.yaml")[part].items()
        for written in listed
    )


_SOFTLY = r"(?:(?:honestly|really|just|also|always|have|do|absolutely|definitely|personally|still|recently) )*"
_SAID = _idioms("said", rf"\b(?:I|we) {_SOFTLY}")
_FRAGMENTS = _idioms("fragments", r"^(?:(?:honestly|well|ok|okay|so|and|but|for me|as a)[, ]+)*")
_ABOUT = _idioms("about", r"^(?:(?:honestly|well|ok|okay|so|and|but)[, ]+)*", behind=True)


def idioms(words: str) -> Iterator[Claim]:
    """The tastes of the speaker that a stretch of words states in a turn of phrase."""
    for relation, pattern in (*_SAID, *_FRAGMENTS, *_ABOUT):
        found = pattern.search(words)
        value = trimmed(found.group("x")) if found else ""
        if value and is_telling(value):
            polarity: Polarity = "dislikes" if relation == "dislikes" else "likes"
            yield Claim(relation, value, "", polarity)
            return
