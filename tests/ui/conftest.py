"""One house with two people in it, served once for all tests that are about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.kit.serving import keepsake, served
from tests.ui.visitor import Visitor
from tests.ui.ways import Ways

PASSWORDS = {"ada": "the bees are on the roof", "ben": "a boat needs no garden"}


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a server with accounts, and the folder it keeps its data in."""
    folder = tmp_path_factory.mktemp("house")
    with served(folder, KEEPSAKE_AUTH="password") as address:
        for name, password in PASSWORDS.items():
            added = keepsake(folder, "user", "add", name, "--password-stdin", typed=password)
            assert added.returncode == 0, added.stderr
        yield address, folder


@pytest.fixture(scope="session")
def ada(house: tuple[str, Path]) -> Iterator[Visitor]:
    with Visitor.signed_in(house[0], "ada", PASSWORDS["ada"]) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def ben(house: tuple[str, Path]) -> Iterator[Visitor]:
    with Visitor.signed_in(house[0], "ben", PASSWORDS["ben"]) as visitor:
        yield visitor


@pytest.fixture
def stranger(house: tuple[str, Path]) -> Iterator[httpx.Client]:
    """Somebody with a browser and no account."""
    with httpx.Client(base_url=house[0], timeout=60) as browser:
        yield browser


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    """One person's own server, and all ways to it."""
    folder = tmp_path_factory.mktemp("five")
    with served(folder) as address, httpx.Client(base_url=address, timeout=90) as http:
        yield Ways(http, folder)
