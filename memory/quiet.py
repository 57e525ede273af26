"""When the index may be written anew: nothing was remembered for a while, or it has waited long enough (pure)."""

from __future__ import annotations

from dataclasses import dataclass

REST = 5.0  # seconds without a new entry of the journal
LATEST = 45.0  # seconds that deleted bytes may wait while people go on talking
APART = 60.0  # seconds between two rebuilds


@dataclass(slots=True)
class Quiet:
    """Asked every second while something waits.

    >>> quiet = Quiet()
    >>> [quiet.due(seq, now) for seq, now in ((1, 0.0), (2, 4.0), (2, 8.0), (2, 9.0))]
    [False, False, False, True]
    """

    _seq: int = -1
    _since: float = 0.0
    _waiting: float | None = None
    _done: float = -APART

    def due(self, seq: int, now: float) -> bool:
        if self._waiting is None:
            self._waiting = now
        if seq != self._seq:
            self._seq, self._since = seq, now
        rested = now - self._since >= REST or now - self._waiting >= LATEST
        return rested and now - self._done >= APART

    def done(self, now: float) -> None:
        self._done, self._waiting = now, None
