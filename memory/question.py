"""What a question asks for: which words and phrases, and whose words. Pure; no model needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log

from privacy.categories import sentences

from .lexical import phrases, speakers, speaks_of_themself, terms

MOST_SENTENCES = 16  # of a long question: the first and the last ones
SAYS_SOMETHING = 2  # words with a meaning of their own


@dataclass(frozen=True, slots=True)
class Question:
    """A question as dimensions of the owner's index."""

    words: Mapping[int, float]
    phrases: Mapping[int, float]
    speakers: frozenset[int]  # whose words are asked for, if they ever spoke


def understood(text: str, dimension: Callable[[str], int]) -> Question:
    """What a question asks for. Who says "I" asks for their own words; who names somebody, for theirs.

    >>> asked = understood("Where did Ana meet me?", dimension=hash)
    >>> asked.speakers == {hash("speaker:ana"), hash("speaker:meet"), hash("speaker:user")}
    True
    """
    words = terms(text)
    named = {name for word in words for name in speakers(word)} - {*speakers("user"), *speakers("assistant")}
    if speaks_of_themself(text):
        named.update(speakers("user"))
    return Question(
        words={dimension(word): 1 + log(times) for word, times in Counter(words).items()},
        phrases={dimension(phrase): float(times) for phrase, times in Counter(phrases(words)).items()},
        speakers=frozenset(map(dimension, named)),
    )


def readings(text: str) -> list[str]:
    """How a question is read for its meaning: as a whole, and sentence by sentence where it has several.

    One vector of a long question is near to nothing that it asks for; "I was at the zoo. Do you know a good recipe?".

    >>> readings("Where do I live?"), readings("I saw bears. And? What did dad cook?")[1:]
    (['Where do I live?'], ['I saw bears.', 'What did dad cook?'])
    """
    said = [text[start:end] for start, end in sentences(text)]
    telling = [one for one in said if len(terms(one)) >= SAYS_SOMETHING]
    if len(telling) > MOST_SENTENCES:
        telling = telling[: MOST_SENTENCES // 2] + telling[-MOST_SENTENCES // 2 :]
    return [text, *(telling if len(said) > 1 else ())]
