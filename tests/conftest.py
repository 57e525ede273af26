"""How the whole suite runs."""

from __future__ import annotations

import os
import time
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.kit.forking import POSSIBLE, forker, forker_ends, hosts_are_forked

hosts_are_forked()

BUDGET = 15  # minutes for the whole suite on two cores that have nothing else to do
WHOLE = 1_000  # tests: fewer are a part of it
BEGAN = time.monotonic()


def pytest_configure(config: pytest.Config) -> None:
    """The workers find the address of one forker for all of them in their environment; it imports while they collect."""
    if POSSIBLE and config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        forker()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: much of the time a test waits for a server or a browser of its own. With two more it takes a
    minute or two less, and tests of browsers miss what they wait for."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of ui/ and others in turn: the first wait for servers and browsers half of their time, the others compute, and
    together they keep the cores busy. Long ones first: begun last, one would keep a single worker busy while others wait."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long_first = sorted(files.values(), key=lambda file: file[0].get_closest_marker("long") is None)
    waiting = [file for file in long_first if file[0].path.parent.name == "ui"]
    computing = [file for file in long_first if file[0].path.parent.name != "ui"]
    items[:] = [
        item for pair in zip_longest(waiting, computing, fillvalue=[]) for file in pair for item in file
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the suite took, beside what it may take."""
    if len(terminalreporter.stats.get("passed", ())) < WHOLE:
        return
    forker_ends()
    minutes = (time.monotonic() - BEGAN) / 60
    worked = sum(os.times()[:4]) / 60  # with everything that was started and has ended
    terminalreporter.write_line(
        f"{minutes:.1f} of {BUDGET} minutes, {worked:.1f} minutes of processor time", bold=minutes > BUDGET
    )
