"""Two hundred random recalls: the reasons given are the reasons."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.records import Hit, Recollection, Utterance
from privacy.identity import Principal, Scope

ADA = {"scope": Scope("ada"), "by": Principal("ada")}
WHO = ["my sister", "the neighbour", "Tom", "our teacher", "grandfather", "the dog"]
DID = ["painted", "lost", "sold", "mended", "borrowed", "forgot", "hid"]
WHAT = ["the blue boat", "a violin", "the old map", "two lamps", "her bicycle", "the garden gate", "a kettle"]
WHERE = ["in Lyon", "by the lake", "at the market", "on the roof", "in the cellar"]
RECALLS = 200

pytestmark = pytest.mark.asyncio(loop_scope="module")


def sayings(chance: random.Random, count: int) -> list[str]:
    return [" ".join([*map(chance.choice, (WHO, DID, WHAT, WHERE))]).capitalize() + "." for _ in range(count)]


def questions() -> list[str]:
    chance = random.Random(8)
    return [
        f"{chance.choice(['Where', 'When', 'Why', 'How'])} was it that {chance.choice(WHO)} {chance.choice(DID)} "
        f"{chance.choice(WHAT)}?"
        for _ in range(RECALLS)
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def memory(tmp_path_factory):
    home = tmp_path_factory.mktemp("explaining")
    settings = Settings(home=home / "home", config_home=home / "config", masking=False)
    app = await open_app(settings, model=ScriptedModel())
    chance, began = random.Random(7), datetime(2024, 3, 1, tzinfo=UTC)
    said = [
        Utterance(
            text=text if n % 5 else "What happened then?",
            speaker="user" if n % 2 else "assistant",
            session=f"talk {n // 6}",
            at=began + timedelta(days=n // 6, minutes=n),
        )
        for n, text in enumerate(sayings(chance, 90))
    ]
    await app.memory.remember(said, **ADA)
    await app.memory.settle()
    yield app.memory
    await app.aclose()


def givers(hit: Hit) -> dict[str, str]:
    return {
        reason.name: reason.memory for reason in hit.reasons if reason.memory and abs(reason.value) > 1e-4
    }


def ranking(found: Recollection) -> list[tuple[str, float]]:
    return [(hit.memory.id, round(hit.score, 4)) for hit in found.hits]


async def test_the_reasons_given_are_the_reasons(memory):
    """In each recall the parts of a score are the score, asking again gives the same, and without a memory that was
    named as a reason the result is another."""
    named = 0
    for n, question in enumerate(questions()):
        found = await memory.recall(question, **ADA)
        assert found == await memory.recall(question, **ADA)
        for hit in found.hits:
            assert sum(reason.value for reason in hit.reasons) == pytest.approx(hit.score, abs=1e-4)
        for giver in list(givers(found.hits[n % len(found.hits)]).values())[:1]:
            named += 1
            others = [one for one in ranking(found) if one[0] != giver]
            assert ranking(await memory.recall(question, exclude=[giver], **ADA))[: len(others)] != others
    assert named > RECALLS / 2


async def test_forgetting_a_reason_changes_the_result_too(memory):
    """The memory is really forgotten, what it lifted falls, and undo brings the old result back."""
    for question in questions()[:5]:
        found = await memory.recall(question, **ADA)
        hit, giver = next(
            (hit, giver) for hit in found.hits for giver in givers(hit).values() if giver != hit.memory.id
        )
        forgetting = await memory.forget([giver], **ADA)
        left = await memory.recall(question, limit=90, **ADA)
        score = next(other.score for other in left.hits if other.memory.id == hit.memory.id)
        await memory.undo(forgetting.id, **ADA)
        await memory.settle()
        assert score != pytest.approx(hit.score, abs=1e-4)
        assert ranking(await memory.recall(question, **ADA)) == ranking(found)
