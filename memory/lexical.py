"""Words as search sees them: stems, phrases and who is speaking, as dimensions that only the owner's key can make.

A dimension is an HMAC of a stem under the owner's key, so equal words match and nothing can be read.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise

import snowballstemmer

# BM25 weights on the memory's side, Robertson & Zaragoza 2009. Length is measured against a fixed
# pivot, not the owner's mean: a weight then never changes after it was written.
K1, B, PIVOT = 1.2, 0.5, 20.0
LONGEST_FOR_PHRASES = 2_000  # words; a huge message keeps every word findable, phrases at its beginning
ASKS = "asks:"  # no stem holds a colon

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\W_]", re.UNICODE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_STEM = snowballstemmer.stemmer("english")
STOP_WORDS = frozenset(
    """
    a about am an and are as at be been but by can could d did didn do does doesn don for from had
    has have he her hers him his how i if in into is isn it its just ll m me mine my no not of on or
    our ours out over re s shall she should so t than that the their theirs them then there these
    they this those to too up us ve was wasn we were what when where which who whom whose why will
    with would you your yours
    """.split()
)
# Words by which somebody speaks of themself: English, German, French, Spanish.
FIRST_PERSON = frozenset(
    """
    i my me mine myself we our ours us
    ich mich mir mein meine meinen meinem meiner wir uns unser unsere
    je moi mon mes nous notre nos
    yo mis nosotros nuestro nuestra
    """.split()
)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem: str = _STEM.stemWord(word)
    return stem


def let_go() -> None:
    """Keep no word in memory that was stemmed before: one of them may have been forgotten."""
    _stem.cache_clear()


def terms(text: str) -> list[str]:
    """The stemmed words of a text, stop words left out; scripts without spaces fall into pairs of signs.

    >>> terms("My sister's cats!")
    ['sister', 'cat']
    """
    found: list[str] = []
    for match in _WORD.finditer(_folded(text)):
        word = match.group().replace("’", "'").removesuffix("'s")
        if word in STOP_WORDS:
            continue
        if any("\u2e80" <= c <= "\ud7af" or "\u0e00" <= c <= "\u0e7f" for c in word):
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        else:
            found.append(_stem(word))
    return found


def phrases(words: Sequence[str]) -> list[str]:
    """Neighbouring words as one: "support group" is more than "support" and "group".

    >>> phrases(["support", "group", "meet"])
    ['support group', 'group meet']
    """
    first = words[:LONGEST_FOR_PHRASES]
    return [f"{before} {after}" for before, after in pairwise(first)]


def speaks_of_themself(text: str) -> bool:
    """Whether somebody says I, my, we.

    >>> speaks_of_themself("Where did I park?"), speaks_of_themself("Where did Ana park?")
    (True, False)
    """
    return any(match.group() in FIRST_PERSON for match in re.finditer(r"[^\W_]+", text.casefold()))


def asking(text: str) -> float:
    """How much of a text only asks, 0..1: questions that tell nothing about who asks them.

    >>> asking("Hi Ana. How are you?"), asking("I'm moving to Lyon, any tips?")
    (0.6, 0.0)
    """
    asked = said = 0
    for sentence in _SENTENCE.split(text):
        size = len(sentence.split())
        said += size
        if sentence.rstrip().endswith("?") and not speaks_of_themself(sentence):
            asked += size
    return asked / said if said else 0.0


def date_words(moment: datetime) -> str:
    """A date as people write it, so that "in May" finds it by words."""
    return moment.strftime("%A %-d %B %Y")


def speakers(name: str) -> list[str]:
    """What a speaker can be asked for by: each word of their name.

    >>> speakers("Ana Duarte")
    ['speaker:ana', 'speaker:duart']
    """
    return [f"speaker:{word}" for word in terms(name)]


def blind(term: str, key: bytes) -> int:
    """The dimension of a term: 31 bits of an HMAC under the owner's key."""
    return int.from_bytes(hmac.digest(key, term.encode(), sha256)[:4], "big") >> 1


def weights(words: Sequence[str]) -> Mapping[str, float]:
    """BM25's memory side for each term."""
    norm = K1 * (1 - B + B * len(words) / PIVOT)
    return {term: n * (K1 + 1) / (n + norm) for term, n in Counter(words).items()}


def sparse(text: str, head: str, speaker: str, key: bytes) -> dict[int, float]:
    """A memory's words, phrases, speaker and asking, as blind dimensions; `head` is read with the words."""
    words = terms(f"{head} {text}")
    known = {**weights(words), **weights(phrases(words)), **dict.fromkeys(speakers(speaker), 1.0)}
    if asks := asking(text):
        known[ASKS] = asks
    return {blind(term, key): weight for term, weight in known.items()}
