"""A model elsewhere fails in many ways; each is one sentence that says what to do and repeats nothing that was asked."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager

import pytest

from agent.errors import ModelRefuses, ModelUnavailable
from agent.models.openai import OpenAIModel
from agent.models.port import Request
from agent.settings import Settings
from agent.turns import Message
from privacy.identity import Scope
from tests.kit.model_server import BreaksOff, Hangs, ModelServer, Raw, Refuses, model_server
from tests.kit.serving import free_port

SECRET = "my diary lies under the floor"
REQUEST = Request((Message("user", SECRET),), Scope("ada"))


@pytest.fixture
def server():
    with model_server() as running:
        yield running


@asynccontextmanager
async def connected(url: str, patience: float = 5.0):
    model = OpenAIModel(Settings(openai_base_url=url, model_timeout=patience))
    try:
        yield model
    finally:
        await model.aclose()


async def answered(model: OpenAIModel) -> str:
    return "".join([piece async for piece in model.stream(REQUEST)])


async def test_an_answer_streams_and_data_comes_whole(server: ModelServer) -> None:
    """One request for each, the streamed one in pieces, the other as a JSON object."""
    server.words.append("Good morning, Ada.")
    server.data.append('Sure: ```json\n{"memory": [1]}\n```')
    async with connected(server.url) as model:
        assert (await answered(model)).strip() == "Good morning, Ada."
        assert await model.complete(REQUEST) == {"memory": [1]}
    assert [body.get("stream", False) for body in server.bodies] == [True, False]
    assert server.bodies[1]["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("ask", [answered, lambda model: model.complete(REQUEST)], ids=["words", "data"])
@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "OPENAI_API_KEY"),
        (403, "OPENAI_API_KEY"),
        (404, "KEEPSAKE_MODEL"),
        (429, "Wait"),
        (500, "Try again"),
        (503, "Try again"),
        (400, "Shorten"),
        (413, "Shorten"),
    ],
)
async def test_a_refusal_is_a_sentence(server: ModelServer, status: int, advice: str, ask) -> None:
    """What went wrong and what to do, without the text that was sent, though the server repeats it."""
    server.rest = Refuses(status)
    async with connected(server.url) as model:
        with pytest.raises(ModelUnavailable) as caught:
            await ask(model)
    assert advice in str(caught.value)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert isinstance(caught.value, ModelRefuses) is (status in (400, 413))
    assert len(server.bodies) == (2 if status == 400 else 1)


@pytest.mark.parametrize(
    ("step", "advice"),
    [
        (Hangs(), "in time"),
        (Hangs("Well, I"), "in time"),
        (BreaksOff(), "broke off"),
        (Raw("<html>Welcome to nginx</html>", "text/html"), "broke off"),
        (Raw('data: {"choices": [1]}\n\n', "text/event-stream"), "protocol"),
        (Raw("data: {{{\n\n", "text/event-stream"), "protocol"),
    ],
    ids=["hangs", "hangs in the middle", "breaks off", "a web page", "no answer in it", "no JSON in it"],
)
async def test_a_stream_that_fails_is_a_sentence(server: ModelServer, step, advice: str) -> None:
    """Silence, a broken connection and nonsense end the answer within the patience that was set."""
    server.words.append(step)
    began = time.monotonic()
    async with connected(server.url, patience=0.5 if isinstance(step, Hangs) else 20) as model:
        with pytest.raises(ModelUnavailable, match=advice) as caught:
            await answered(model)
    assert time.monotonic() - began < 5
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("step", "advice"),
    [
        (Hangs(), "in time"),
        (BreaksOff('{"id"'), "broke off"),
        (Raw("<html>Welcome to nginx</html>", "text/html"), "protocol"),
        (Raw('"hello"'), "protocol"),
        (Raw('{"choices": [{}]}'), "protocol"),
    ],
    ids=["hangs", "breaks off", "a web page", "a word", "no answer in it"],
)
async def test_data_that_does_not_come_is_a_sentence(server: ModelServer, step, advice: str) -> None:
    """The same for an answer that is asked for whole."""
    server.data.append(step)
    async with connected(server.url, patience=0.5 if isinstance(step, Hangs) else 20) as model:
        with pytest.raises(ModelUnavailable, match=advice):
            await model.complete(REQUEST)


async def test_nobody_there_is_a_sentence() -> None:
    """An address where nothing listens says which setting to look at."""
    async with connected(f"http://127.0.0.1:{free_port()}/v1") as model:
        with pytest.raises(ModelUnavailable, match="OPENAI_BASE_URL"):
            await answered(model)


async def test_a_server_that_knows_fewer_wishes_is_asked_plainly(server: ModelServer) -> None:
    """A 400 may mean that a limit or the JSON mode is unknown: the question alone is sent once more."""
    server.data += [Refuses(400), '{"memory": []}']
    async with connected(server.url) as model:
        assert await model.complete(REQUEST) == {"memory": []}
    assert set(server.bodies[1]) == {"model", "messages", "stream"}


async def test_stop_closes_the_stream(server: ModelServer) -> None:
    """Whoever stops listening hangs up, so that the model stops too and costs nothing more."""
    server.words.append(Hangs("One two three"))
    async with connected(server.url, patience=60) as model:
        heard: list[str] = []

        async def listen() -> None:
            async for piece in model.stream(REQUEST):
                heard.append(piece)

        listening = asyncio.create_task(listen())
        async with asyncio.timeout(10):
            while len(heard) < 3:
                await asyncio.sleep(0.01)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            while not server.hung_up:
                await asyncio.sleep(0.01)
    assert listening.cancelled()
