"""Everybody's working sets: who loads keeps nobody else, and misses nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from memory.ports import Row
from memory.working_set import WorkingSet
from memory.working_sets import WorkingSets

LONGEST = 10.0  # seconds that anybody waits here


def row(id: str) -> Row:
    return Row(
        id=id,
        owner="ada",
        kind="episode",
        status="active",
        version=1,
        occurred_at=0,
        recorded_at=0,
        session=0,
        position=0,
        importance=0.0,
        payload="",
        sparse={1: 1.0},
        dense=None,
    )


class Slow:
    """Loads when told to, what was there when it began."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.there = ["bees"]
        self.times = 0

    def __call__(self, owner: str) -> WorkingSet:
        self.times += 1
        found = list(self.there)
        if owner == "ada":
            self.begun.set()
            assert self.go_on.wait(LONGEST)
        loaded = WorkingSet(2, asks=0)
        loaded.add(map(row, found))
        return loaded


@pytest.fixture
def loading():
    """Ada's working set is being loaded."""
    slow = Slow()
    sets = WorkingSets(slow)
    with ThreadPoolExecutor() as pool:
        ada = pool.submit(sets.of, "ada")
        assert slow.begun.wait(LONGEST)
        yield slow, sets, ada
        slow.go_on.set()


def test_nobody_else_waits(loading):
    """Another person's is there while one takes long."""
    _, sets, ada = loading
    with ThreadPoolExecutor() as pool:
        assert pool.submit(sets.of, "ben").result(LONGEST).ids() == {"bees"}
    assert not ada.done()


def test_what_happens_meanwhile_is_in_it(loading):
    """What was remembered and forgotten while a working set was loaded is remembered and forgotten there, in its order."""
    slow, sets, ada = loading
    sets.change("ada", lambda known: known.add([row("figs"), row("cider")]))
    sets.change("ada", lambda known: known.remove(["bees", "cider"]))
    slow.go_on.set()
    assert ada.result(LONGEST).ids() == {"figs"}
    assert sets.of("ada") is ada.result()


@pytest.mark.parametrize("let_go", [lambda sets: sets.let_go("ada"), lambda sets: sets.let_all_go()])
def test_what_is_let_go_of_meanwhile_is_loaded_anew(loading, let_go):
    """Nobody gets what was read before everything changed."""
    slow, sets, ada = loading
    slow.there = ["figs"]
    let_go(sets)
    slow.go_on.set()
    assert ada.result(LONGEST).ids() == {"figs"}
    assert slow.times == 2


def test_two_who_ask_share_one(loading):
    """It is loaded once, however many ask."""
    slow, sets, ada = loading
    with ThreadPoolExecutor() as pool:
        again = pool.submit(sets.of, "ada")
        slow.go_on.set()
        assert again.result(LONGEST) is ada.result(LONGEST)
    assert slow.times == 1


def test_a_fault_leaves_nothing_behind():
    """What cannot be loaded is tried again by who asks next."""
    tries = iter([OSError("away"), WorkingSet(2, asks=0)])

    def load(owner: str) -> WorkingSet:
        found = next(tries)
        if isinstance(found, OSError):
            raise found
        return found

    sets = WorkingSets(load)
    with pytest.raises(OSError, match="away"):
        sets.of("ada")
    sets.change("ada", lambda known: known.add([row("lost")]))  # nobody keeps it: the ledger has it
    assert sets.of("ada").ids() == set()
