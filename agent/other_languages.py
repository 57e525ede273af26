"""Answers in languages whose grammar is not read here: by the words that question and statement share.

Coarser than English, and careful: two thirds of what a question is about must stand in one sentence of the person's.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

import snowballstemmer

from memory.records import Hit, Recollection

from .answers import Grounded
from .wording import Wording

LEAST = 2 / 3
SNOWBALL = {
    "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
}  # fmt: skip
_STEMMERS = SNOWBALL | {"en": "english"}
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def answer_by_words(recollection: Recollection, language: str, words: Wording) -> Grounded | None:
    """The newest of the person's sentences that fit best; that nothing is known; None for what is no question."""
    if not recollection.question.rstrip().endswith("?"):
        return None
    asked = content(recollection.question, language)
    fitting = [
        (_shared(asked, sentence, language), hit.memory.id, sentence, hit)
        for hit in recollection.hits
        if hit.memory.kind == "episode" and hit.memory.speaker != "assistant"
        for sentence in _statements(hit)
    ]
    best = max(fitting, key=lambda found: found[:2], default=None)
    if not asked or best is None or best[0] < LEAST:
        return Grounded(words.unknown)
    _, memory, sentence, hit = best
    return Grounded(f"{words.quotation(hit.memory.occurred_at, sentence)} [1]", (memory,))


def content(text: str, language: str) -> frozenset[str]:
    """The stems of what a text is about, without the little words of its language.

    >>> sorted(content("Wie heißt meine Schwester?", "de"))
    ['schwest']
    """
    stem = _stemmer(language).stemWord
    found = (word.casefold() for word in _WORD.findall(text))
    return frozenset(stem(word) for word in found if word not in _little_words(language) and len(word) > 1)


def _shared(asked: frozenset[str], sentence: str, language: str) -> float:
    return len(asked & content(sentence, language)) / len(asked) if asked else 0.0


def _statements(hit: Hit) -> list[str]:
    told = (" ".join(found.split()) for found in _SENTENCE.findall(hit.memory.text))
    return [sentence for sentence in told if sentence and not sentence.endswith("?")]


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_STEMMERS[language])


@cache
def _little_words(language: str) -> frozenset[str]:
    words = import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
    return frozenset(word.casefold() for word in words)
