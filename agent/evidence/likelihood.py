"""How likely a message answers: what reading makes of it, and how well recall found it among the others.

Reading sees one message at a time, and takes "I run on 7 June" for an answer to "What date is my exam?" as well as the message
about the exam: of forty messages one always looks so. Recall compares them all and knows which is about exams, but among a few its
order is chance. So among a few reading decides alone, and the more there are, the more it counts against a message that it was
recalled less well than the best, and against all of them that recall found nothing that seems to be about the question.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp, log

from memory.records import Hit

FEW, MANY = 6, 36  # memories: among so few the order of recall says nothing, among so many all that it can
# Of the log odds, among many. Chosen on four people of forty messages each; .5 to .9, 0 to 1 and .5 to 1.5 do about as well.
BEHIND = 0.7  # for each standard deviation that a message is recalled less well than the best
BY_CHANCE = 0.5  # one of many looks like an answer by chance
SILENT = 1.0  # of the log odds by which recall doubts that anything found is about the question
FARTHEST = 12.0  # standard deviations behind the best: what is farther tells no more
NEVER = 0.01  # no doubt counts for more than that recall is as sure as this


class Likelihoods:
    """What recall found for one question, as it bears on what is read."""

    def __init__(self, hits: Sequence[Hit], relevance: float, telling: Collection[str]) -> None:
        """`telling`: the memories that state something. What only asks is no answer, however well it was recalled."""
        self._scores = {hit.memory.id: hit.score for hit in hits if hit.memory.id in telling}
        self._best = max(self._scores.values(), default=0.0)
        self.weight = min(1.0, max(0.0, (len(hits) - FEW) / (MANY - FEW)))
        self._against_all = BY_CHANCE + SILENT * max(0.0, -_odds(max(relevance, NEVER)))

    def of(self, memory: str, sure: float) -> float:
        """The likelihood, 0 to 1, that a message answers of which reading alone is so sure."""
        behind = min(self._best - self._scores.get(memory, self._best - FARTHEST), FARTHEST)
        odds = _odds(sure) - self.weight * (BEHIND * behind + self._against_all)
        return 1 / (1 + exp(-odds))


def _odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))
