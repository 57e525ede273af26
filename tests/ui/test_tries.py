"""How often something may be tried."""

from __future__ import annotations

from ui.tries import Tries


def test_a_burst_then_one_at_a_time() -> None:
    """Three at once, then one every ten seconds; another key is not held back."""
    now = [1000.0]
    tries = Tries(burst=3, every=10, clock=lambda: now[0])
    assert [tries.allow("ada") for _ in range(4)] == [True, True, True, False]
    assert tries.allow("ben")
    now[0] += 9
    assert not tries.allow("ada")
    now[0] += 1
    assert [tries.allow("ada") for _ in range(2)] == [True, False]
    now[0] += 1000
    assert [tries.allow("ada") for _ in range(4)] == [True, True, True, False]


def test_what_goes_well_does_not_count() -> None:
    """Somebody who knows the password is never held up."""
    tries = Tries(burst=2, every=10, clock=lambda: 0.0)
    for _ in range(50):
        assert tries.allow("ada")
        tries.give_back("ada")
    assert [tries.allow("ada") for _ in range(3)] == [True, True, False]


def test_keys_that_are_done_with_are_let_go() -> None:
    """Somebody who makes up a name for each try does not fill the memory."""
    now = [0.0]
    tries = Tries(burst=2, every=1, clock=lambda: now[0])
    for number in range(30_000):
        now[0] += 0.01
        tries.allow(str(number))
    assert len(tries._empty_at) < 11_000
