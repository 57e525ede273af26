"""The receipt is everything that was sent: compared with what a model server received, over many conversations."""

from __future__ import annotations

import random

import pytest
import pytest_asyncio

from agent.settings import Settings
from agent.turns import Finished, Message, Reference, Turn
from agent.wiring import open_app
from memory.records import Draft, Proposal
from privacy.identity import Principal, Scope
from tests.kit.talking import talking

pytestmark = pytest.mark.long

PLACES = "Lyon Oslo Porto Graz Turin Bergen Ghent Malmö".split()
LIKES = "tea chess bees rowing lentils marbles sailing origami".split()
ASKED = [
    "Where do I live?",
    "What should I cook?",
    "Tell me about {}.",
    "Do I like {}?",
    "Plan my day: {}!",
    "😀 {}?",
]
SAID = [
    "I live in {}.",
    "I like {}.",
    "My code: `{}[1]`\n\n```\n{}\n```",
    "שלום {} \u202eabc\u202c",
    "{} " * 40,
]
WISHES = [("answer length", "short"), ("form of address", "Sam"), ("language", "English")]
as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


@pytest_asyncio.fixture
async def opened(tmp_path):
    """A real app that talks over HTTP to a model server of the test's own, and the server."""
    with talking() as (model, settings):
        app = await open_app(
            Settings(
                home=tmp_path / "home",
                config_home=tmp_path / "config",
                openai_base_url=settings["OPENAI_BASE_URL"],
                model="talking",
                extraction="rules",
                masking=False,
            )
        )
        yield app, model
        await app.aclose()


async def turn(app, rng, thread, history):
    word = rng.choice([*PLACES, *LIKES])
    text = rng.choice([*ASKED, *SAID]).replace("{}", word)
    said = Turn(
        scope=as_ada["scope"], principal=as_ada["by"], thread=thread, text=text, history=tuple(history)
    )
    *_, finished = [event async for event in app.assistant.reply(said)]
    assert isinstance(finished, Finished)
    kept = [Reference(memory, 1) for memory in finished.remembered]
    return finished, [Message("user", text, kept[0]), Message("assistant", finished.text, kept[1])]


async def change(app, rng, said):
    """What happens between two conversations: something is learned, corrected or forgotten."""
    episode, text = rng.choice(said)
    if episode not in await app.memory.still_known([episode], **as_ada):
        return
    match rng.randrange(4):
        case 0:
            aspect, value = rng.choice(WISHES)
            draft = Draft(kind="preference", text=f"Wants {value}", episode=episode, quote=text.strip())
            wish = {"aspect": aspect, "object": value}
            await app.memory.learn([Draft(**{**_fields(draft), **wish})], **as_ada)
        case 1:
            await app.memory.adopt(
                Proposal(rule="use grams", episode=episode, quote=text.strip(), learned="instruction",
                         scope="always", status="active"),
                **as_ada,
            )  # fmt: skip
        case 2:
            facts = (await app.memory.browse(kind="fact", limit=5, **as_ada)).memories
            if facts:
                await app.memory.correct(facts[0].id, rng.choice(PLACES), **as_ada)
        case 3:
            if rng.random() < 0.3:
                await app.memory.forget([episode], now=True, **as_ada)


def _fields(draft):
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


async def test_the_receipt_equals_what_was_received(opened):
    """For 100 random conversations the receipt, opened, is byte for byte the request that the server received."""
    app, model = opened
    rng, said = random.Random(7), []
    for number in range(100):
        model.answer, history = rng.choice(["Noted.", "Well [1].", "Ok: `x`"]), []
        for _ in range(rng.choice([1, 1, 2])):
            finished, exchange = await turn(app, rng, f"thread-{number}", history)
            history += exchange
            receipt = await app.receipts.open(finished.receipt, **as_ada)
            received = model.requests[-1]["messages"]
            assert [(m.role, m.text) for m in receipt.messages] == [
                (m["role"], m["content"]) for m in received
            ]
            assert receipt.complete
            if number % 10:
                continue
            named = set(receipt.used) | {m.kept.id for m in history if m.kept}
            live = (await app.memory.browse(limit=500, **as_ada)).memories
            notes = received[0]["content"].partition("[1]")[2]
            assert all(m.id in named or m.text[:40] not in notes or _said_twice(m, live, named) for m in live)
        said.append((exchange[0].kept.id, exchange[0].text))
        await change(app, rng, said)


def _said_twice(memory, live, named):
    return any(m.id in named and memory.text[:40] in m.text for m in live)
