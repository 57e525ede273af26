"""What was acknowledged holds: through power cuts, kills and full disks. In full: keepsake bench power, kills, full."""

from __future__ import annotations

from benchmarks import full, kills, power

PROMISES = {
    "memory lost",
    "forgotten is back",
    "destroyed key is back",
    "half a transaction",
    "document of another time",
    "audit entry lost",
    "cannot be opened",
    "does not verify",
}


def test_power_cuts():
    """Of 25 cuts, with writes lost, reordered and torn, none loses what was acknowledged; on a disk that only says it syncs they do."""
    held, control = power.sweep(25, seed=3), power.sweep(15, seed=3, lying=True)
    assert held["promises"] > 25
    assert not held.keys() & PROMISES, held
    assert control.keys() & PROMISES


def test_kills_of_the_writer():
    """Eight kill -9 of the process that writes, at work and while it opens: nothing promised is lost."""
    tally = kills.sweep(8, seed=3)
    assert tally["kills at work"] > 4
    assert not tally.keys() & PROMISES, tally


def test_a_disk_that_is_full_at_some_write():
    """Said clearly, nothing lost, looking goes on and is counted, and with room all works again: at every 120th write."""
    tally = full.sweep(every=120, seed=3)
    assert tally["refused"] > 5
    assert tally.keys() == {"disks", "refused"}, tally
