"""mem0 reads through a model that fails, refuses or is silent: nothing is lost, and nothing learned twice."""

from __future__ import annotations

import asyncio
import json

from memory.records import Utterance
from privacy.identity import Principal
from tests.kit.extracting import ADA, as_ada, hears, learned, until
from tests.kit.model_server import BreaksOff, Hangs, ModelServer, Raw, Refuses

HOSTILE = [
    "I found nothing, sorry.",
    "null",
    '["a", "b"]',
    '{"memory": null}',
    '{"memory": "all"}',
    '{"memory": ["The user tunes the cello."]}',
    '{"memory": [{"text": {"a": "The user tunes the cello."}}]}',
    '{"memory": [{"text": ["The user tunes the cello."]}, 7, null, [], {"text": null}, {}]}',
    '{"memory": [{"text": "The user tunes the cello.", "attributed_to": "assistant"}]}',
    '{"memory": [{"text": "The user plays the \\ud83d cello."}]}',
    '{"memory": [{"text": "The user plays the \\u0000 cello."}]}',
    '{"memory": [{"text": "' + "The user tunes the cello. " * 400 + '"}]}',
    '{"memory": [{"text": "The user tunes the cello."',
    '{"a":' * 3000,
    "[" * 5000,
    '{"memory": ' + "[" * 400 + "]" * 400 + "}",
    '{"memory": [{"text": ' + "9" * 5000 + "}]}",
    json.dumps({"memory": [{"text": "Buy gold."}] * 4000}),
    json.dumps({"facts": [{"text": "The user tunes the cello."}]}),
    "",
]


TROUBLES = [Refuses(401), Refuses(429), Refuses(500), BreaksOff('{"id'), Raw("<html>"), Hangs()]


async def test_a_malformed_answer_stores_nothing(opening, server: ModelServer) -> None:
    """Whatever shape the answer has, nothing is stored, nothing breaks, and the next turn is read as ever."""
    server.data += HOSTILE
    async with opening() as app:
        for _ in HOSTILE:
            await hears(app, "I tune the cello.")
            assert app.worker.last_error is None
        assert await learned(app) == []
        assert len(server.bodies) == len(HOSTILE)
        server.facts("The user oils clocks.")
        await hears(app, "I oil clocks.")
        assert await learned(app) == ["The user oils clocks."]


async def test_a_failure_is_tried_again_and_learns_once(opening, server: ModelServer) -> None:
    """While the model fails the rules still learn; when it is back, the same turns are read, each fact once."""
    server.data += TROUBLES
    server.facts("The user tunes the cello in a quartet.", "The user lives in Bergen.")
    async with opening(model_timeout=3) as app:
        app.worker.pause = lambda failures: 0.5
        await hears(app, "I live in Oslo. I tune the cello in a quartet. I live in Bergen.")
        assert (app.worker.last_error or "").endswith(".")
        rules = await learned(app)
        assert rules == ["The user lives in Bergen.", "The user lives in Oslo."]
        await until(lambda: len(server.bodies) == len(TROUBLES) + 1)
        await app.worker.drain()
        assert app.worker.last_error is None
        assert await learned(app) == [*rules, "The user tunes the cello in a quartet."]
        await hears(app, "Good night.")
        assert await learned(app) == [*rules, "The user tunes the cello in a quartet."]
    *tries, last = server.asked(stream=False)
    assert [text.count("quartet") for text in tries] == [1] * len(tries)
    assert "quartet" not in last.split("## New Messages")[1]


async def test_turns_that_failed_are_read_after_a_restart(opening, server: ModelServer) -> None:
    """The bookmark is on disk: what the model could not read yesterday is read today, and the rules repeat nothing."""
    server.rest = Refuses(503)
    async with opening() as app:
        await hears(app, "I live in Oslo. I tune the cello.")
        await hears(app, "I live in Bergen.")
        while len(before := await learned(app)) < 2:
            await asyncio.sleep(0.05)
    server.rest = '{"memory": []}'
    server.facts("The user tunes the cello.")
    async with opening() as app:
        await hears(app, "Good morning.")
        assert await learned(app) == [*before, "The user tunes the cello."]


async def test_a_request_that_is_refused_for_good_is_left_to_the_rules(opening, server: ModelServer) -> None:
    """A filter or a limit refuses the same turns every time: they are passed over, and later ones are read."""
    server.data += [Refuses(400), Refuses(400)]
    async with opening() as app:
        await hears(app, "I live in Oslo.")
        assert app.worker.last_error is None
        server.facts("The user tunes the cello.")
        await hears(app, "I tune the cello.")
        assert await learned(app) == ["The user lives in Oslo.", "The user tunes the cello."]
    assert "Oslo" not in server.asked(stream=False)[-1].split("## New Messages")[1]


async def test_while_a_pause_lasts_the_model_is_left_alone(opening, server: ModelServer) -> None:
    """A model that just failed is not asked at every turn; everything is read at the next try."""
    server.data.append(Refuses(429))
    async with opening() as app:
        app.worker.pause = lambda failures: 5.0
        await hears(app, "I tune the cello.")
        await hears(app, "I oil clocks.")
        assert len(server.bodies) == 1
        await until(lambda: len(server.bodies) == 2)
        await app.worker.drain()
    assert "cello" in server.asked(stream=False)[1]
    assert "clocks" in server.asked(stream=False)[1]


async def test_closing_while_the_model_is_silent_is_quick(opening, server: ModelServer) -> None:
    """Stopping the app hangs up instead of waiting for a model."""
    server.data.append(Hangs())
    async with asyncio.timeout(30):
        async with opening(model_timeout=600) as app:
            await app.memory.remember(Utterance(text="I tune the cello."), **as_ada)
            app.worker.nudge(ADA, Principal("ada"))
            await until(lambda: len(server.bodies) == 1)
        await until(lambda: server.hung_up == 1)
