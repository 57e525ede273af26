"""A person's story in order: what happened on each day, about each topic, with each person. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from .experience import Experience, experiences
from .lexical import terms
from .ports import Vector
from .records import Shown
from .times.periods import Period, period_of, speaks_of_time

By = Literal["day", "topic", "person"]
ALIKE = 0.4  # cosine from which two messages are about one topic
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something said, and when it happened or will: the time it speaks of, else the time it was said."""

    memory: Shown
    at: datetime
    until: datetime | None  # None: at the moment it was said
    kinds: tuple[Experience, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Moments that belong together, in order; `title` is their day, topic or person."""

    title: str
    moments: tuple[Moment, ...]


def moment_of(memory: Shown, zone: ZoneInfo, people: Iterable[str] = ()) -> Moment:
    """When something told of happened, seen from the moment it was told."""
    said = memory.occurred_at.astimezone(zone)
    kinds = tuple(sorted(experiences(memory.text)))
    spoken = None
    if speaks_of_time(memory.text):
        spoken = period_of(memory.text, said, zone, ahead="plan" in kinds)
    named = tuple(name for name in people if _names(memory, name))
    if spoken is None:
        return Moment(memory, said, None, kinds, named)
    return Moment(memory, spoken.start, spoken.end, kinds, named)


def within(moments: Iterable[Moment], period: Period | None) -> list[Moment]:
    """Those of a time, by when they happened."""
    if period is None:
        return list(moments)
    return [m for m in moments if m.at < period.end and (m.until or m.at) >= period.start]


def by_day(moments: Iterable[Moment]) -> tuple[Stretch, ...]:
    """Newest day first; what lasts longer than a day stands on its first."""
    days: dict[str, list[Moment]] = {}
    for moment in moments:
        days.setdefault(moment.at.date().isoformat(), []).append(moment)
    return tuple(Stretch(day, _in_order(found)) for day, found in sorted(days.items(), reverse=True))


def by_person(moments: Iterable[Moment]) -> tuple[Stretch, ...]:
    """The people who are spoken of most, first."""
    people: dict[str, list[Moment]] = {}
    for moment in moments:
        for name in moment.people:
            people.setdefault(name, []).append(moment)
    ranked = sorted(people.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Stretch(name, _in_order(found)) for name, found in ranked)


def by_topic(moments: Sequence[Moment], vectors: Mapping[str, Vector]) -> tuple[Stretch, ...]:
    """Messages that are alike in meaning, named by the words that tell them from the rest; largest first."""
    groups: list[tuple[Vector, list[Moment]]] = []
    rest: list[Moment] = []
    for moment in moments:
        vector = vectors.get(moment.memory.id)
        if vector is None:
            rest.append(moment)
            continue
        cosines = [float(vector @ total) / float(np.linalg.norm(total)) for total, _ in groups]
        nearest = int(np.argmax(cosines)) if cosines else -1
        if nearest >= 0 and cosines[nearest] >= ALIKE:
            total, members = groups[nearest]
            groups[nearest] = (total + vector, [*members, moment])
        else:
            groups.append((vector, [moment]))
    rest += [members[0] for _, members in groups if len(members) == 1]
    topics = sorted((members for _, members in groups if len(members) > 1), key=len, reverse=True)
    named = _named(topics)
    stretches = [Stretch(title, _in_order(found)) for title, found in zip(named, topics, strict=True)]
    return (*stretches, *([Stretch(OTHER, _in_order(rest))] if rest else []))


def _named(topics: Sequence[Sequence[Moment]]) -> list[str]:
    """Each topic by the words that many of its messages hold and few topics do."""
    counts = [Counter(word for m in topic for word in {*terms(m.memory.text)}) for topic in topics]
    spread = Counter(word for count in counts for word in count)

    def telling(count: Counter[str]) -> list[str]:
        return sorted(count, key=lambda w: (-count[w] * log(1 + len(topics) / spread[w]), w))[:2]

    return [
        ", ".join(_as_written(word, topic) for word in telling(count))
        for count, topic in zip(counts, topics, strict=True)
    ]


def _as_written(stem: str, topic: Sequence[Moment]) -> str:
    """A word as somebody wrote it, for a stem."""
    for moment in topic:
        for word in moment.memory.text.split():
            bare = word.strip(".,;:!?\"'()“”").casefold()
            if stem in terms(bare):
                return bare
    return stem


def _names(memory: Shown, name: str) -> bool:
    words = {
        *memory.text.replace("’s", "")
        .replace("'s", "")
        .replace(",", " ")
        .replace(".", " ")
        .replace("?", " ")
        .replace("!", " ")
        .split()
    }
    return set(name.split()) <= words


def _in_order(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    return tuple(sorted(moments, key=lambda m: (m.at, m.memory.id)))
