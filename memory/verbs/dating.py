"""A person's time: their zone, and what their questions say about when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzlocal import get_localzone_name

from privacy.identity import Scope

from ..records import Fact, Record
from ..relations import relation_named
from ..times.periods import speaks_of_time
from ..times.when import When, when_of
from .desk import Desk


class Dating(Desk):
    """Blocks; the verbs that use it run in worker threads."""

    def _zone(self, scope: Scope) -> ZoneInfo:
        """The zone that the person named, else that of this computer."""
        facts = [r for r in self._archive.live(self._archive.owner(scope), kind="fact") if _of_a_zone(r)]
        told = reversed(self._archive.all_shown(facts))
        named = (zone_named(fact.object) for fact in told if fact.subject in ("", "user"))
        computer = zone_named(get_localzone_name() or "")
        return next((zone for zone in named if zone), computer or ZoneInfo("UTC"))

    def _when(self, question: str, scope: Scope, at: datetime | None) -> tuple[When, ZoneInfo]:
        """What a question says about time; whoever asks nothing of time waits for nothing."""
        if not speaks_of_time(question):
            return When(), ZoneInfo("UTC")
        zone = self._zone(scope)
        return when_of(question, at or self._clock(), zone), zone


def _of_a_zone(record: Record) -> bool:
    fact = record.detail
    of_it = isinstance(fact, Fact) and relation_named(fact.relation).name == "timezone"
    return of_it and record.status == "active"


def zone_named(name: str) -> ZoneInfo | None:
    """A time zone by its name: "Europe/Paris"."""
    try:
        return ZoneInfo(name.strip().replace(" ", "_")) if name.strip() else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
