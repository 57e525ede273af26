"""What tests of mem0 open."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from agent.settings import Settings
from agent.wiring import open_app
from tests.kit.model_server import model_server


@pytest.fixture
def server():
    with model_server() as running:
        yield running


@pytest.fixture
def opening(tmp_path, server):
    """Opens an app of this test whose model is the scripted server."""

    @asynccontextmanager
    async def opened(**more):
        more = {"openai_base_url": server.url, "model_timeout": 20, **more}
        app = await open_app(
            Settings(home=tmp_path / "home", config_home=tmp_path / "config", sensitive="keep", **more)
        )
        app.worker.pause = lambda failures: 0.05 * failures
        try:
            yield app
        finally:
            await app.aclose()

    opened.home = tmp_path / "home"
    return opened
