"""From a question to a recollection: score all of an owner's memories, keep the best, keep the reasons."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from privacy.errors import KeepsakeError
from privacy.identity import Scope

from .archive import Archive
from .indexer import Indexer
from .ports import Embedder, Vector
from .ranking import RankingPolicy, parts
from .records import Hit, Reason, Recollection

# Below both, nothing found seems to be about the question. To be calibrated on data (recall issue).
LEAST_MEANING, LEAST_COVERAGE = 0.30, 0.34


class Retrieval:
    """Blocks; its caller runs it in a worker thread."""

    def __init__(self, archive: Archive, indexer: Indexer, embedder: Embedder, policy: RankingPolicy) -> None:
        self._archive = archive
        self._indexer = indexer
        self._embedder = embedder
        self._policy = policy

    def recall(self, question: str, scope: Scope, *, limit: int, exclude: Collection[str]) -> Recollection:
        owner = self._archive.owner(scope)
        terms = self._archive.blind_question(question, owner)
        vector, trouble = self._asked(question, owner, scope)
        working_set, lock = self._indexer.working_set(owner)
        with lock:
            if not len(working_set):
                return Recollection(question=question, abstained=True, trouble=trouble)
            scored = working_set.score(vector, terms)
        named = parts(scored.meaning, scored.words, scored.sessions, scored.positions, self._policy)
        total = np.sum(list(named.values()), axis=0)
        order = [int(i) for i in np.argsort(-total, kind="stable") if scored.ids[int(i)] not in exclude][
            :limit
        ]
        opened = {r.id: r for r in self._archive.live(owner, ids=[scored.ids[i] for i in order])}
        hits = tuple(
            Hit(
                memory=self._archive.shown(opened[scored.ids[i]]),
                score=float(total[i]),
                meaning=float(scored.meaning[i]),
                coverage=float(scored.coverage[i]),
                reasons=tuple(Reason(name=name, value=float(values[i])) for name, values in named.items()),
            )
            for i in order
            if scored.ids[i] in opened
        )
        about = any(hit.meaning >= LEAST_MEANING or hit.coverage >= LEAST_COVERAGE for hit in hits)
        return Recollection(
            question=question,
            hits=hits,
            abstained=not about,
            considered=len(scored.ids),
            trouble=trouble,
        )

    def _asked(self, question: str, owner: str, scope: Scope) -> tuple[Vector, str]:
        """The question's turned vector. Without an embedder nothing is near, the words decide, and it is said."""
        try:
            asked = self._embedder.embed_question(self._archive.plain_question(question, owner), scope=scope)
        except KeepsakeError as fault:
            return np.zeros(self._embedder.dimensions, dtype=np.float32), str(fault)
        return self._archive.turned(asked, owner), ""
