"""From a question to a recollection: score all of an owner's memories, keep the best, keep the reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from privacy.errors import KeepsakeError
from privacy.identity import Scope

from .archive import Archive, microseconds
from .association import Scores
from .conflicts import newest_first
from .indexer import Indexer
from .periods import Period
from .ports import Embedder, Vector
from .ranking import Contenders, RankingPolicy, parts, renewals
from .records import Hit, Reason, Recollection
from .when import TIMELY, When, in_order, of_that_time, timely
from .working_set import Scored, WorkingSet

# Below both, nothing found seems to be about the question. To be calibrated on data (recall issue).
LEAST_MEANING, LEAST_COVERAGE = 0.30, 0.34

ALWAYS, UTC = When(), ZoneInfo("UTC")
IN_TIME = 60  # so many of the best are looked through when a question is about time
CONSIDERED = 40  # at least so many of the best are compared with each other


@dataclass(frozen=True, slots=True)
class _Best:
    """The best memories, best first, each with the parts of its score."""

    ids: list[str]
    meaning: Scores
    coverage: Scores
    parts: Mapping[str, Scores]

    def score(self, n: int) -> float:
        return sum(float(values[n]) for values in self.parts.values())


class Retrieval:
    """Blocks; its caller runs it in a worker thread."""

    def __init__(self, archive: Archive, indexer: Indexer, embedder: Embedder, policy: RankingPolicy) -> None:
        self._archive = archive
        self._indexer = indexer
        self._embedder = embedder
        self._policy = policy

    def recall(
        self,
        question: str,
        scope: Scope,
        *,
        limit: int,
        exclude: Collection[str],
        when: When = ALWAYS,
        zone: ZoneInfo = UTC,
    ) -> Recollection:
        owner = self._archive.owner(scope)
        asked = self._archive.asked(question, owner)
        vector, trouble = self._asked(question, owner, scope)
        working_set, lock = self._indexer.working_set(owner)
        with lock:
            if not len(working_set):
                return Recollection(question=question, abstained=True, trouble=trouble)
            scored = working_set.score(vector, asked)
            reach = max(limit, IN_TIME) if when != ALWAYS else limit
            best = best_of(
                scored, working_set, self._policy, limit=reach, exclude=exclude, during=when.period
            )
        hits = self._in_time(self._opened(best, owner), question, when, zone)[:limit]
        about = any(of_that_time(hit) for hit in hits) or any(
            hit.meaning >= LEAST_MEANING or hit.coverage >= LEAST_COVERAGE for hit in hits
        )
        return Recollection(
            question=question,
            hits=hits,
            abstained=not about,
            considered=len(scored.ids),
            during=when.period,
            trouble=trouble,
        )

    def _in_time(self, hits: tuple[Hit, ...], question: str, when: When, zone: ZoneInfo) -> tuple[Hit, ...]:
        """Best first, the newer of two that differ in one place first, and as the question wants them in time."""
        if when.period is not None:  # then what held at that time is asked for, not what holds now
            return timely(hits, when.period, zone)
        hits = newest_first(hits, question)
        return in_order(hits, when.order) if when.order else hits

    def _asked(self, question: str, owner: str, scope: Scope) -> tuple[Vector, str]:
        """The question's turned vector. Without an embedder nothing is near, the words decide, and it is said."""
        try:
            asked = self._embedder.embed_question(self._archive.plain_question(question, owner), scope=scope)
        except KeepsakeError as fault:
            return np.zeros(self._embedder.dimensions, dtype=np.float32), str(fault)
        return self._archive.turned(asked, owner), ""

    def _opened(self, best: _Best, owner: str) -> tuple[Hit, ...]:
        """The memories themselves, with their reasons; what was forgotten meanwhile is left out."""
        opened = {record.id: record for record in self._archive.live(owner, ids=best.ids)}
        return tuple(
            Hit(
                memory=self._archive.shown(opened[memory]),
                score=best.score(n),
                meaning=float(best.meaning[n]),
                coverage=float(best.coverage[n]),
                reasons=tuple(
                    Reason(name=name, value=float(values[n])) for name, values in best.parts.items()
                ),
            )
            for n, memory in enumerate(best.ids)
            if memory in opened
        )


def best_of(
    scored: Scored,
    working_set: WorkingSet,
    policy: RankingPolicy,
    *,
    limit: int,
    exclude: Collection[str],
    during: Period | None = None,
) -> _Best:
    """The `limit` best memories: by their score, and of two that say the same the newer one first."""
    named = parts(scored.signals, scored.places, policy)
    if during is not None:
        start, end = microseconds(during.start), microseconds(during.end)
        moments = working_set.moments(scored.ids)
        named["time"] = TIMELY * ((start <= moments) & (moments < end)).astype(np.float32)
    total = np.sum(list(named.values()), axis=0)
    hidden = [n for n in range(len(scored.ids)) if scored.ids[n] in exclude] if exclude else []
    total[hidden] = -np.inf
    wanted = min(max(limit, CONSIDERED), len(total) - len(hidden))
    chosen = np.argsort(-total, kind="stable")[:wanted]
    ids = [scored.ids[n] for n in chosen]
    renewal = (
        renewals(
            Contenders(
                scores=total[chosen],
                coverage=scored.signals.coverage[chosen],
                speaker=scored.signals.speaker[chosen],
                recency=working_set.recency(ids),
                likeness=working_set.likeness(ids),
            ),
            policy,
        )
        if during is None
        else np.zeros(len(ids), dtype=np.float32)
    )
    order = np.argsort(-(total[chosen] + renewal), kind="stable")[:limit]
    kept = chosen[order]
    return _Best(
        ids=[scored.ids[n] for n in kept],
        meaning=scored.signals.meaning[kept],
        coverage=scored.signals.coverage[kept],
        parts={name: values[kept] for name, values in named.items()} | {"renewal": renewal[order]},
    )
