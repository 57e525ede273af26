"""How the whole suite runs."""

from __future__ import annotations

import os

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: much of the time a test waits for a server or a browser of its own."""
    return (os.cpu_count() or 1) + 1
