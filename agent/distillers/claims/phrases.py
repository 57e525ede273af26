"""What is said in a turn of phrase: "gone off whisky", "nothing beats a plum", "spiders give me the creeps"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.lang.en.stop_words import STOP_WORDS

from memory.records import Polarity

from ...grammar.lexicon import table
from .claim import Claim, is_telling, trimmed

_END = (
    r"(?:\s*(?:[,;:.!?–—(]|$|- )|\s(?:but|because|so|and (?:I|we|it|my|he|she|they|nobody|everybody|everyone)|since|altogether|these days|at the moment|at all|any ?more|lately|now|best|straight|"
    r"any ?day|any time|for me|all day|though|when|if|right now|to be honest|that is|which|whatever|if I am honest)\b)"
)
_LATE = r"(?P<x>\w[\w'’&/-]*(?: [\w&][\w'’&/-]*){0,7}?)"
_NAME = r"(?P<x>(?-i:[A-ZÀ-Þ])[\w'’-]+(?: (?-i:[A-ZÀ-Þ])[\w'’-]+){0,3})"
_SOFTLY = (
    r"(?:(?:honestly|really|just|also|always|have|do|absolutely|definitely|personally|still|recently) )*"
)
_FIRST = r"^(?:(?:honestly|well|ok|okay|so|and|but|hi|hello|hey)[, ]+)*"

_ADVERB = re.compile(r" (?:always|really|just|never|still|what|who|that|which|all)$", re.IGNORECASE)

Phrase = tuple[str, re.Pattern[str]]


def _pattern(written: str, before: str) -> re.Pattern[str]:
    """A turn of phrase as a pattern: "(really)* big on X"."""
    text = re.sub(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)\* ?", r"(?:(?:\1) )*", written)
    text = re.sub(r"\((?!\?)", "(?:", text).replace("NAME", _NAME)
    if re.search(r"\bX$", text):
        text += _END
    text = re.sub(r"\bX\b", lambda _: _LATE, text)
    return re.compile(before + text + r"(?!\w)", re.IGNORECASE)


def _phrases(part: str, before: str) -> tuple[Phrase, ...]:
    return tuple(
        (relation, _pattern(written, before))
        for relation, listed in _TABLE[part].items()
        for written in listed
    )


_TABLE = table("phrases.yaml")
_TASTES = (
    *_phrases("said", rf"(?:\b(?:I|we) |^){_SOFTLY}"),
    *_phrases("fragments", _FIRST),
    *_phrases("about", rf"{_FIRST}{_LATE} "),
)
_FACTS = (*_phrases("names", r"(?:\b|^)"), *_phrases("facts", r"(?:\b|^)"))


def tasted(words: str) -> Iterator[Claim]:
    """The taste of the speaker that a stretch of words states in a turn of phrase.

    >>> [c.value for c in tasted("Honestly nothing beats a cold plum")]
    ['cold plum']
    """
    for relation, pattern in _TASTES:
        found = pattern.search(words)
        value = _ADVERB.sub("", trimmed(found.group("x"))) if found else ""
        if value and is_telling(value):
            polarity: Polarity = "dislikes" if relation == "dislikes" else "likes"
            yield Claim(relation, value, "", polarity)
            return


def stated(words: str) -> Iterator[Claim]:
    """The facts about the speaker that a stretch of words states in a turn of phrase.

    >>> [(c.relation, c.value) for c in stated("our flat in Leith has damp")]
    [('lives_in', 'Leith')]
    """
    for relation, pattern in _FACTS:
        found = pattern.search(words)
        value = trimmed(found.group("x")) if found else ""
        if value and is_telling(value) and value.casefold() not in STOP_WORDS | {"look", "looky"}:
            yield Claim(relation, value)
