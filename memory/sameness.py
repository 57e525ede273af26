"""Which beliefs say the same in other words, and which have lain unused for long: pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from .records import Shown
from .relations import relation_named

UNUSED = timedelta(days=180)  # then somebody is asked whether it is still so
COMMON = 40  # beliefs: a word that more of them share tells nothing
_WORD = re.compile(r"\w+")
_LITTLE = frozenset("a an the of in at to and or my our is are for with on".split())


def words_of(value: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(value.casefold()) if word not in _LITTLE)


def alike(one: Shown, other: Shown) -> bool:
    """Whether two beliefs about the same somebody may be one: all words of the shorter stand in the longer.

    Another polarity, subject or situation is another belief.
    """
    if (one.kind, one.polarity, one.scope) != (other.kind, other.polarity, other.scope):
        return False
    if (one.subject or "user").casefold() != (other.subject or "user").casefold():
        return False
    if one.kind == "fact" and relation_named(one.relation) != relation_named(other.relation):
        return False
    if one.kind == "preference" and one.aspect.casefold() != other.aspect.casefold():
        return False
    short, long = sorted((words_of(one.object), words_of(other.object)), key=len)
    return bool(short) and short <= long and 2 * len(short) >= len(long)


def duplicates(beliefs: Sequence[Shown]) -> list[tuple[Shown, Shown]]:
    """Pairs that may be one, the fuller first, the newest pair first; each belief in one pair at most."""
    by_word = defaultdict[str, list[Shown]](list)
    for memory in beliefs:
        for word in words_of(memory.object):
            by_word[word].append(memory)
    paired, found = set[str](), list[tuple[Shown, Shown]]()
    for memory in sorted(beliefs, key=lambda m: m.id, reverse=True):
        near = {o.id: o for w in words_of(memory.object) if len(by_word[w]) <= COMMON for o in by_word[w]}
        for other in sorted(near.values(), key=lambda m: m.id, reverse=True):
            if other.id == memory.id or {memory.id, other.id} & paired or not alike(memory, other):
                continue
            fuller, shorter = sorted((memory, other), key=lambda m: (-len(words_of(m.object)), m.id))
            paired |= {memory.id, other.id}
            found.append((fuller, shorter))
            break
    return found


def unused(beliefs: Sequence[Shown], touched: Mapping[str, datetime], now: datetime) -> list[Shown]:
    """What was neither said, confirmed nor used for half a year, what lies longest first."""
    last = {m.id: max(m.recorded_at, touched.get(m.id, m.recorded_at)) for m in beliefs}
    return sorted((m for m in beliefs if now - last[m.id] > UNUSED), key=lambda m: (last[m.id], m.id))
