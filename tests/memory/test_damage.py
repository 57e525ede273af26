"""A damaged or missing ledger is never a silently shorter memory."""

from __future__ import annotations

import pytest

from benchmarks.damage import filled, outcome, sweep
from memory.errors import StorageFault
from memory.stores.ledger import Ledger


def test_flipped_cut_and_removed(tmp_path):
    """Sixty seeded cases: all that was kept is there, or the damage is said; never less without a word."""
    results = {result for kind in sweep(60, seed=7).values() for result in kind}
    assert "SILENTLY LESS" not in results
    assert not [result for result in results if "with" in result], results
    assert "found by verify" in results


def test_a_ledger_that_is_gone_is_missed(tmp_path):
    """Where there was a ledger and is none, nothing begins anew: the start is refused and says what to do."""
    said = filled(tmp_path)
    assert outcome(tmp_path, said) == "harmless"
    (tmp_path / "ledger.sqlite3").unlink()
    with pytest.raises(StorageFault, match="keepsake restore"):
        Ledger.open(tmp_path)
