"""How likely it is that what came to mind is about the question: pure, from signs that the ranking leaves.

A ranking always has a best memory, also where nothing was ever said about the question. What tells them
apart are three signs: the best cosine, less what the best of so many has by chance, and the best BM25 of
words, and of pairs of words, against all the rarity of the question. Plain shares of words would not do: a
long memory holds some of everything. A long question need not be held whole: a few rare words are enough. The weights are a
logistic regression over the questions of one file of development data and the same questions put to
other people's memory; `benchmarks/calibration.py` fits them, and shows what they are worth elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

from .ranking import FEW

ENOUGH = 3.5  # so many words that stand in one memory only are all that a question need have in common
SPREAD = 0.07  # of the cosines between a question and memories that have nothing to do with it
MEANING, WORDS, PHRASES, BIAS = 17.48, 10.46, 2.73, -12.15
LEAST = 0.28  # below this likelihood nothing found seems to be about the question


@dataclass(frozen=True, slots=True)
class Signs:
    """What the best memories have in common with the question."""

    meaning: float  # the best cosine, -1..1
    held: float  # the best BM25 of words
    phrased: float  # and of pairs of words
    asked: float  # the rarity of all the question's words; see `memory.ranking.idf`
    memories: int  # among how many they are the best

    @property
    def nearness(self) -> float:
        """The best cosine, as if it were the best of a thousand: the best of ten is less near by chance."""
        return self.meaning - SPREAD * (_by_chance(self.memories) - _by_chance(1000))

    @property
    def words(self) -> float:
        """The share of the question's rare words that is held, 0..1.

        >>> Signs(meaning=0.0, held=2.0, phrased=0.0, asked=4.0, memories=1000).words
        0.5
        """
        return self._share(self.held)

    @property
    def phrases(self) -> float:
        """What the best pairs of words are worth beside the rarity of the question's words, 0..1."""
        return self._share(self.phrased)

    def _share(self, held: float) -> float:
        enough = min(self.asked, ENOUGH * log(max(self.memories, FEW) + 1))
        return min(1.0, held / enough) if enough else 0.0


def _by_chance(memories: int) -> float:
    """How far the best of so many independent normal values lies above their mean, in standard deviations."""
    return sqrt(2 * log(memories + 1))


def relevance(signs: Signs) -> float:
    """How likely it is that something found is about the question, 0..1."""
    return 1 / (1 + exp(-(MEANING * signs.nearness + WORDS * signs.words + PHRASES * signs.phrases + BIAS)))


def says_nothing(likelihood: float) -> bool:
    """Whether it is better to say that nothing comes to mind."""
    return likelihood < LEAST
