"""Whether the person's own words bear out a sentence that a model wrote about them: pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from memory.records import Shown
from memory.vector import terms

OWN_WORDS = 0.75  # of a fact's words at least this share stands in the quote: one in four may be the model's
ADJACENT = 3  # sentences that one fact may be gathered from

_SENTENCE = re.compile(r"[^.!?\n;–—]+[.!?]*")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z_]*(?:_\d+(?:_\w+)?| removed)\]")
# Words that say how something is meant. They turn a sentence around, so they stand in both or in neither.
_TURNING = {
    "not": re.compile(
        r"\b(not|no|never|none|nothing|nobody|without|neither|nor|hardly)\b|n['’]t\b|\bcannot\b", re.I
    ),
    "once": re.compile(r"\b(used to|formerly|no longer|any ?more)\b", re.I),
    "supposed": re.compile(
        r"\b(if|maybe|perhaps|would|could|might|imagine|suppose|wish|unless)\b|['’]d\b", re.I
    ),
    "asked": re.compile(r"\?"),
}
_FRAME = frozenset(["user", "no", "not", "longer", "anymore"])  # counted elsewhere, or said by the frame


@dataclass(frozen=True, slots=True)
class Support:
    """The words that bear a fact out, verbatim, and who said them."""

    episode: str
    quote: str
    speaker: str


def support(fact: str, episodes: Sequence[Shown]) -> Support | None:
    """The shortest stretch that holds most of a fact's words; None when nobody said so.

    Names, numbers and placeholders must all stand in it, and it must be meant the same way.
    """
    best: tuple[float, int, Support] | None = None
    for episode in episodes:
        speaker = episode.speaker or "user"
        wanted = _words(fact) - _words(speaker)
        for quote in stretches(episode.text):
            held = _words(quote)
            share = len(wanted & held) / len(wanted) if wanted else 0.0
            if share < OWN_WORDS or not _names(fact) <= held | _words(speaker):
                continue
            if _placeholders(fact) <= _placeholders(quote) and _meant(fact) == _meant(quote):
                found = Support(episode.id, quote, speaker)
                if best is None or (share, -len(quote)) > best[:2]:
                    best = share, -len(quote), found
    return best[2] if best else None


def stretches(text: str) -> Iterator[str]:
    """Every run of up to `ADJACENT` sentences, as it stands in the text.

    >>> list(stretches("I met Ana. She sings!"))
    ['I met Ana.', 'I met Ana. She sings!', 'She sings!']
    """
    spans = [match.span() for match in _SENTENCE.finditer(text) if match.group().strip()]
    for first in range(len(spans)):
        for last in range(first, min(first + ADJACENT, len(spans))):
            yield text[spans[first][0] : spans[last][1]].strip()


def says_nothing_new(fact: str, known: Collection[str]) -> bool:
    """Whether a known memory holds all words of a fact and is meant the same way.

    >>> says_nothing_new("User lives in Lyon", ["The user lives in Lyon with Ana."])
    True
    """
    words = _words(fact)
    return any(words <= _words(memory) and _meant(fact) == _meant(memory) for memory in known)


def _words(text: str) -> set[str]:
    return set(terms(text)) - _FRAME


def _names(fact: str) -> set[str]:
    """Words that cannot be the model's own: names and numbers. How a sentence begins says nothing."""
    words = list(_WORD.finditer(_PLACEHOLDER.sub(" ", fact)))
    particular = [
        m.group() for m in words if m.start() and (m.group()[0].isupper() or m.group()[0].isdigit())
    ]
    return _words(" ".join(particular))


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _meant(text: str) -> frozenset[str]:
    return frozenset(name for name, words in _TURNING.items() if words.search(text))
