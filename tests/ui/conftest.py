"""One house with two people in it, served once for all tests that are about them, and a browser that asks nobody beyond."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page

from tests.kit.browsing import chromium, need_chromium
from tests.kit.serving import keepsake, served
from tests.kit.talking import Talking, talking
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


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    need_chromium()
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(60_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        yield page
        beyond = [url for url in asked if "//127.0.0.1" not in url and not url.startswith(("data:", "blob:"))]
        assert beyond == [], "the browser asked somebody else"


@pytest.fixture(scope="module")
def talk() -> Iterator[tuple[Talking, dict[str, str]]]:
    with talking() as model:
        yield model


@pytest.fixture(scope="module")
def address(talk: tuple[Talking, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    need_chromium()
    with served(tmp_path_factory.mktemp("browsed"), **talk[1]) as at:
        yield at
