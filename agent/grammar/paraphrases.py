"""Words that mean nearly the same in everyday talk, so that "vacation" finds "holiday"."""

from __future__ import annotations

from functools import cache

import snowballstemmer

from .lexicon import lines_of


@cache
def _near() -> dict[str, frozenset[str]]:
    near: dict[str, set[str]] = {}
    for group in lines_of("paraphrases.txt"):
        words = group.split()
        for word in words:
            near.setdefault(word, set()).update(words)
    return {word: frozenset(words) for word, words in near.items()}


def paraphrases(word: str) -> frozenset[str]:
    """The word and what may be said instead.

    >>> "holiday" in paraphrases("vacation"), paraphrases("plum")
    (True, frozenset({'plum'}))
    """
    return _near().get(word, frozenset()) | {word}


_stemmer = snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """The part of a word that its forms share.

    >>> stem("reading") == stem("reads")
    True
    """
    return str(_stemmer.stemWord(word))
