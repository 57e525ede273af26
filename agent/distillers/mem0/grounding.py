"""Whether the person's own words bear out a sentence that a model wrote about them: pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from memory.lexical import terms
from memory.records import Shown

OWN_WORDS = 0.75  # of a fact's words at least this share stands in the quote: one in four may be the model's
ADJACENT = 3  # sentences that one fact may be gathered from

_SENTENCE = re.compile(r"[^.!?\n;–—]+[.!?]*")
_CLAUSE = re.compile(r",|\b(?=but\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z_]*(?:_\d+(?:_\w+)?| removed)\]")
_NOT = re.compile(
    r"\b(not|no|never|none|nothing|nobody|without|neither|nor|hardly|cannot)\b|n['’]t\b", re.IGNORECASE
)
# Words that say how a sentence is meant: they stand in both or in neither.
_MOODS = {
    "once": re.compile(r"\b(used to|formerly|no longer|any ?more)\b", re.IGNORECASE),
    "supposed": re.compile(
        r"\b(if|maybe|perhaps|would|could|might|imagine|suppose|wish|unless)\b|['’]d\b", re.IGNORECASE
    ),
    "asked": re.compile(r"\?"),
}
_FRAME = frozenset(["user", "longer", "anymore"])  # said by the frame, or compared as a mood


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of what somebody said, verbatim, and what it holds."""

    episode: str
    speaker: str
    quote: str
    claims: frozenset[tuple[str, bool]]
    placeholders: frozenset[str]


def passages(episodes: Iterable[Shown], longest: int) -> list[Passage]:
    """All stretches of the episodes, as far as they were read."""
    return [
        Passage(episode.id, episode.speaker or "user", quote, _claims(quote), _placeholders(quote))
        for episode in episodes
        for quote in stretches(episode.text[:longest])
    ]


def support(fact: str, said: Iterable[Passage]) -> Passage | None:
    """The shortest passage that holds most of a fact's words; None when nobody said so.

    Names, numbers and placeholders must all stand in it, and it must be meant the same way.
    """
    claims, particular, placeholders = _claims(fact), _particular(fact), _placeholders(fact)
    best: tuple[float, int] = (0.0, 0)
    found: Passage | None = None
    for passage in said:
        own = _words(passage.speaker)
        wanted = {(word, denied) for word, denied in claims if word not in own}
        held = wanted & passage.claims
        share = len(held) / len(wanted) if wanted else 0.0
        better = share >= OWN_WORDS and (found is None or (share, -len(passage.quote)) > best)
        if not better or not particular <= {word for word, _ in held} | own:
            continue
        if placeholders <= passage.placeholders and _same_mood(fact, passage.quote):
            best, found = (share, -len(passage.quote)), passage
    return found


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
    return any(_claims(fact) <= _claims(memory) and _same_mood(fact, memory) for memory in known)


def _claims(text: str) -> frozenset[tuple[str, bool]]:
    """The words of a text, and whether they are denied: a denial holds to the sentence's end, or to a "but".

    >>> sorted(_claims("I sing but I never dance, or ski."))
    [('danc', True), ('sing', False), ('ski', True)]
    """
    claims = set[tuple[str, bool]]()
    for sentence in _sentences(text):
        denied = False
        for clause in _CLAUSE.split(sentence):
            if clause.casefold().startswith("but"):
                denied = False
            if clause.strip().casefold() != "no":  # "No, I sing" denies what somebody else said
                denied = denied or bool(_NOT.search(clause))
            claims |= {(word, denied) for word in _words(clause)}
    return frozenset(claims)


def _words(text: str) -> set[str]:
    return set(terms(_NOT.sub(" ", text))) - _FRAME


def _particular(fact: str) -> set[str]:
    """Words that cannot be the model's own: names and numbers. How a sentence begins says nothing."""
    words = list(_WORD.finditer(_PLACEHOLDER.sub(" ", fact)))
    named = [m.group() for m in words if m.start() and (m.group()[0].isupper() or m.group()[0].isdigit())]
    return _words(" ".join(named))


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(text))


def _same_mood(fact: str, text: str) -> bool:
    return all(_mood(sentence) == _mood(fact) for sentence in _sentences(text) if _words(sentence))


def _mood(sentence: str) -> frozenset[str]:
    return frozenset(name for name, words in _MOODS.items() if words.search(sentence))


def _sentences(text: str) -> list[str]:
    return [match.group() for match in _SENTENCE.finditer(text)]
