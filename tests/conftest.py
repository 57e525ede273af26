"""How the whole suite runs."""

from __future__ import annotations

import os
import time

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
    """Long files first: begun last, one of them would keep a single worker busy while the others wait."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


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
