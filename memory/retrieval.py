"""From a question to a recollection: score all of an owner's memories, keep the best, keep the reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from privacy.errors import KeepsakeError
from privacy.identity import Scope

from .archive import Archive
from .association import Numbers, Scores, lifters
from .blinding import Blinding
from .budget import Room, fitting
from .calibration import Signs, relevance, says_nothing
from .conflicts import newest_first
from .indexer import Indexer
from .moments import microseconds
from .ports import Reranker, Vector
from .priming import Heard, Priming, points_back
from .question import readings
from .ranking import DEPTH, Contenders, RankingPolicy, fit, parts, primed, renewals, spread
from .records import Hit, LeftOut, Reason, Recollection
from .second_look import LOOKED, looked_again
from .times.periods import Period
from .times.when import TIMELY, When, in_order, of_that_time, timely
from .working_set import Scored, WorkingSet

ALWAYS, UTC = When(), ZoneInfo("UTC")
IN_TIME = 60  # so many of the best are looked through when a question is about time
CONSIDERED = 40  # at least so many of the best are compared with each other
SAYS_ENOUGH = 0.5  # a question as likely to have found something by itself needs no help
NEVER = 2.0  # no cosine is as high: nothing is taken for the renewal of another
JUDGED = 10  # so many of the best tell whether anything found is about the question


@dataclass(frozen=True, slots=True)
class _Best:
    """The best memories, best first, each with the parts of its score and who gave them."""

    ids: list[str]
    meaning: Scores
    coverage: Scores
    parts: Mapping[str, Scores]
    lifters: list[dict[str, str]]
    signs: Signs

    def score(self, n: int) -> float:
        return sum(float(values[n]) for values in self.parts.values())

    def reasons(self, n: int) -> tuple[Reason, ...]:
        return tuple(
            Reason(name=name, value=float(values[n]), memory=self.lifters[n].get(name, ""))
            for name, values in self.parts.items()
        )


class Retrieval:
    """Blocks; its caller runs it in a worker thread."""

    def __init__(
        self,
        archive: Archive,
        blinding: Blinding,
        indexer: Indexer,
        policy: RankingPolicy,
        reranker: Reranker | None = None,
    ) -> None:
        self._archive = archive
        self._blinding = blinding
        self._indexer = indexer
        self._policy = policy
        self._reranker = reranker
        self._priming = Priming()
        self._read_by = indexer.embedder

    def recall(
        self,
        question: str,
        scope: Scope,
        *,
        limit: int,
        exclude: Collection[str],
        now: datetime | None = None,
        when: When = ALWAYS,
        zone: ZoneInfo = UTC,
        thread: str | None = None,
        room: Room | None = None,
        again: bool = False,
    ) -> Recollection:
        """`now`: use counts up to it. `thread`: the conversation whose last questions are still in mind.

        `room`: of the `limit` best those that fit in, without saying the same twice. `again`: with a second look at
        the best, where there is a reranker.
        """
        owner = self._archive.owner(scope)
        asked = self._blinding.asked(question, owner)
        embedder = self._indexer.embedder
        if embedder is not self._read_by:  # what is in mind was read by another
            self._read_by = embedder
            self.let_go()
        read, trouble = self._asked(question, owner, scope)
        working_set, lock = self._indexer.working_set(owner)
        if (
            embedder is not self._indexer.embedder
        ):  # another one took over meanwhile: question and memories by the same
            return self.recall(
                question,
                scope,
                limit=limit,
                exclude=exclude,
                now=now,
                when=when,
                zone=zone,
                thread=thread,
                room=room,
                again=again,
            )
        heard = self._heard(owner, thread, Heard(read[0], asked))
        with lock:
            if not len(working_set):
                return Recollection(question=question, abstained=True, trouble=trouble)
            scored = working_set.score(
                read, asked, exclude=exclude, now=0 if now is None else microseconds(now)
            )
            reach = max(limit, IN_TIME) if when != ALWAYS else limit
            reach = max(reach, LOOKED) if again and self._reranker else reach
            best = best_of(scored, working_set, self._policy, limit=reach, during=when.period)
            likelihood = relevance(best.signs)
            if heard is not None and thread is not None and likelihood < SAYS_ENOUGH:
                before = working_set.score(heard.vector, heard.asked, exclude=exclude)
                here = working_set.said_in(self._archive.session(owner, thread))
                echo = (1 - likelihood) * primed(before.signals, here, self._policy, scored.seen)
                best = best_of(scored, working_set, self._policy, limit=reach, during=when.period, echo=echo)
                if points_back(question):
                    likelihood = max(likelihood, relevance(signs_of(before)))
            likeness = working_set.likeness(best.ids) if room else None
        opened = self._opened(best, owner)
        if again and self._reranker is not None and opened:
            opened, fault = self._looked_again(self._reranker, question, opened, scope)
            trouble = trouble or fault
        hits = self._in_time(opened, question, when, zone)[:limit]
        found, left_out = hits, tuple[LeftOut, ...]()
        if room is not None and likeness is not None:
            at = [best.ids.index(hit.memory.id) for hit in hits]
            found, left_out = fitting(hits, likeness[np.ix_(at, at)], room, now=when.period is None)
        return Recollection(
            question=question,
            hits=found,
            left_out=left_out,
            abstained=says_nothing(likelihood) and not any(map(of_that_time, hits)),
            relevance=likelihood,
            signs=(
                Reason(name="nearness", value=best.signs.nearness),
                Reason(name="words", value=best.signs.words),
                Reason(name="phrases", value=best.signs.phrases),
            ),
            considered=len(scored.ids),
            during=when.period,
            trouble=trouble,
        )

    def _heard(self, owner: str, thread: str | None, turn: Heard) -> Heard | None:
        """What was in mind before this turn; from now on the turn is, too."""
        if thread is None:
            return None
        before = self._priming.before(owner, thread)
        self._priming.note(owner, thread, turn)
        return before

    def let_go(self) -> None:
        """Keep nothing in mind that was asked."""
        self._priming.let_go()

    def _in_time(self, hits: tuple[Hit, ...], question: str, when: When, zone: ZoneInfo) -> tuple[Hit, ...]:
        """Best first, the newer of two that differ in one place first, and as the question wants them in time."""
        if when.period is not None:  # then what held at that time is asked for, not what holds now
            return timely(hits, when.period, zone)
        hits = newest_first(hits, question)
        return in_order(hits, when.order) if when.order else hits

    def _looked_again(
        self, reranker: Reranker, question: str, hits: tuple[Hit, ...], scope: Scope
    ) -> tuple[tuple[Hit, ...], str]:
        """The best looked at once more. When nobody can look the ranking stays as it was, and it is said."""
        best, others = hits[:LOOKED], hits[LOOKED:]
        try:
            scores = reranker.scores(question, [hit.memory.text for hit in best], scope=scope)
        except KeepsakeError as fault:
            return hits, str(fault)
        return tuple(sorted([*looked_again(best, scores), *others], key=lambda hit: -hit.score)), ""

    def _asked(self, question: str, owner: str, scope: Scope) -> tuple[Vector, str]:
        """The question's turned vectors, one for each reading. Without an embedder nothing is near, the words decide, and it is said."""
        try:
            plain = self._blinding.plain_question(question, owner)
            asked = self._indexer.embedder.embed_questions(readings(plain), scope=scope)
        except KeepsakeError as fault:
            return np.zeros((1, self._indexer.embedder.dimensions), dtype=np.float32), str(fault)
        return self._blinding.turned(asked, owner), ""

    def _opened(self, best: _Best, owner: str) -> tuple[Hit, ...]:
        """The memories themselves, with their reasons; what was forgotten meanwhile is left out."""
        opened = {m.id: m for m in self._archive.all_shown(self._archive.live(owner, ids=best.ids))}
        return tuple(
            Hit(
                memory=opened[memory],
                score=best.score(n),
                meaning=float(best.meaning[n]),
                coverage=float(best.coverage[n]),
                reasons=best.reasons(n),
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
    during: Period | None = None,
    echo: Scores | None = None,
) -> _Best:
    """The `limit` best memories: by their score, and of two that say the same the newer one first."""
    signals, places, seen = scored.signals, scored.places, scored.seen
    named = parts(signals, places, policy, seen)
    if during is not None:
        start, end = microseconds(during.start), microseconds(during.end)
        moments = working_set.moments(scored.ids)
        named["time"] = TIMELY * ((start <= moments) & (moments < end)).astype(np.float32)
    if echo is not None:
        named["priming"] = echo
    total = np.sum(list(named.values()), axis=0)
    depth = best_first(np.where(seen, total, -np.inf), min(DEPTH, int(seen.sum())))
    named["breadth"] = spread(named["conversation"], depth, policy)
    total += named["breadth"]
    chosen = best_first(np.where(seen, total, -np.inf), min(max(limit, CONSIDERED), int(seen.sum())))
    ids = [scored.ids[n] for n in chosen]
    # asked for a time, what held then counts, not what holds now
    alike = policy if during is None else replace(policy, renewal=NEVER)
    renewal, newer = renewals(
        Contenders(
            scores=total[chosen],
            coverage=signals.coverage[chosen],
            speaker=signals.speaker[chosen],
            recency=working_set.recency(ids),
            likeness=working_set.likeness(ids),
        ),
        alike,
    )
    order = np.argsort(-(total[chosen] + renewal), kind="stable")
    alone, first = fit(named, seen), chosen[order[:limit]]
    from_whom = [lifters(int(n), alone, signals.asking, places) for n in first]
    return _Best(
        ids=[scored.ids[n] for n in first],
        meaning=signals.meaning[first],
        coverage=signals.coverage[first],
        parts={name: values[first] for name, values in named.items()} | {"renewal": renewal[order[:limit]]},
        lifters=[
            {name: scored.ids[giver] for name, giver in lifted.items()}
            | ({"renewal": ids[newer[n]]} if newer[n] >= 0 else {})
            for n, lifted in zip(order, from_whom, strict=False)
        ],
        signs=signs_of(scored, chosen[order[:JUDGED]]),
    )


def signs_of(scored: Scored, judged: Numbers | None = None) -> Signs:
    """What the best memories, or any that are seen, have in common with a question."""
    among = np.flatnonzero(scored.seen) if judged is None else judged
    return Signs(
        meaning=float(scored.signals.meaning[among].max(initial=0.0)),
        held=float(scored.signals.words[among].max(initial=0.0)),
        phrased=float(scored.signals.phrases[among].max(initial=0.0)),
        asked=scored.asked,
        memories=int(scored.seen.sum()),
    )


def best_first(scores: Scores, count: int) -> Numbers:
    """Where the highest scores stand, the highest first; of equal ones the earlier."""
    if count < len(scores):
        least = np.partition(scores, len(scores) - count)[len(scores) - count] if count else np.inf
        among = np.flatnonzero(scores >= least)
    else:
        among = np.arange(len(scores))
    return np.asarray(among[np.argsort(-scores[among], kind="stable")][:count], dtype=np.int64)
