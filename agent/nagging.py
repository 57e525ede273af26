"""How often somebody is asked about what they did not ask for: seldom, and not again when they said later. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

MOST = 5  # questions a week that nobody asked for, and as many at a time
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of each card when it was first shown, until when it was put off, and which are not to be asked again."""

    shown: Mapping[str, datetime] = field(default_factory=dict)
    later: Mapping[str, datetime] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()

    def waits(self, card: str, now: datetime) -> bool:
        """Whether its person put it off and the time is not over."""
        return card in self.later and now < self.later[card]

    def put_off(self, card: str, until: datetime) -> Asked:
        return replace(self, later={**self.later, card: until})

    def taken_up(self, card: str) -> Asked:
        """As if it had not been put off."""
        return replace(self, later={name: at for name, at in self.later.items() if name != card})

    def done(self, card: str) -> Asked:
        return replace(self, settled=self.settled | {card})

    def undone(self, card: str) -> Asked:
        return replace(self, settled=self.settled - {card})


def admitted(wanted: Sequence[str], asked: Asked, now: datetime) -> tuple[tuple[str, ...], Asked]:
    """Which questions are shown now: those asked before, then new ones as long as the week has room; and what was asked.

    >>> from datetime import UTC
    >>> now = datetime(2026, 5, 3, tzinfo=UTC)
    >>> shown, asked = admitted([f"old:{n}" for n in range(9)], Asked(), now)
    >>> shown, len(asked.shown)
    (('old:0', 'old:1', 'old:2', 'old:3', 'old:4'), 5)
    """
    open_ones = [card for card in wanted if card not in asked.settled and not asked.waits(card, now)]
    again = [card for card in open_ones if card in asked.shown][:MOST]
    this_week = sum(now - at < WEEK for at in asked.shown.values())
    room = max(0, min(MOST - this_week, MOST - len(again)))
    new = [card for card in open_ones if card not in asked.shown][:room]
    shown = {**asked.shown, **dict.fromkeys(new, now)}
    return tuple(again + new), replace(asked, shown=shown)
