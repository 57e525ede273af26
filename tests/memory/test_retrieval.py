"""Recall over a real, masked and sealed memory: reasons, repeatability, and who is meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.records import Utterance
from privacy.identity import Principal, Scope

ADA = {"scope": Scope("ada"), "by": Principal("ada")}
MAY, JUNE = datetime(2023, 5, 8, tzinfo=UTC), datetime(2023, 6, 9, tzinfo=UTC)
TALK = [
    Utterance(text="I live in Lyon.", session="one", at=MAY),
    Utterance(
        text="Lyon is a fine city to live in, with two rivers.", speaker="assistant", session="one", at=MAY
    ),
    Utterance(text="What is your favourite sport?", speaker="assistant", session="two", at=MAY),
    Utterance(text="Fencing, three times a week.", session="two", at=MAY),
    Utterance(text="The train to Basel was late again.", session="three", at=MAY),
    Utterance(text="I live in Nantes.", session="four", at=JUNE),
    Utterance(text="My sister Claire keeps two cats.", session="five", at=JUNE),
]
QUESTIONS = [
    "Where do I live?",
    "What is my favourite sport?",
    "How many cats does Claire keep?",
    "the train in May",
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def memory(tmp_path_factory):
    home = tmp_path_factory.mktemp("retrieval")
    settings = Settings(home=home / "home", config_home=home / "config")
    app = await open_app(settings, model=ScriptedModel())
    await app.memory.remember(TALK, **ADA)
    await app.memory.settle()
    yield app.memory
    await app.aclose()


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def told(memory, question: str) -> list[str]:
    return [hit.memory.text for hit in (await memory.recall(question, **ADA)).hits]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_parts_add_up_to_the_score(memory, question):
    """Every hit names its reasons, and they are the whole of its score."""
    for hit in (await memory.recall(question, **ADA)).hits:
        assert sum(reason.value for reason in hit.reasons) == pytest.approx(hit.score, abs=1e-5)
        assert {"meaning", "words", "conversation", "renewal"} <= {reason.name for reason in hit.reasons}


@pytest.mark.parametrize("question", QUESTIONS)
async def test_hits_come_best_first(memory, question):
    """The order of the hits is the order of their scores."""
    found = [hit.score for hit in (await memory.recall(question, **ADA)).hits]
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_same_question_gives_the_same_answer(memory, question):
    """Nothing is left to chance."""
    assert await memory.recall(question, **ADA) == await memory.recall(question, **ADA)


async def test_the_newer_statement_stands_above_the_older_one(memory):
    """Who moved lives where they live now; where they lived stands right below, not above."""
    found = await told(memory, "Where do I live?")
    assert found.index("I live in Nantes.") < found.index("I live in Lyon.")


async def test_own_words_stand_above_what_the_assistant_said(memory):
    """Who asks about themself is shown their own words first."""
    found = await told(memory, "Do I live in Lyon?")
    assert found.index("I live in Lyon.") < found.index(TALK[1].text)


async def test_an_answer_stands_above_its_question(memory):
    """A question holds no answer; the turn after it does, though it shares no word with what is asked."""
    found = await told(memory, "What is my favourite sport?")
    assert found[0] == "Fencing, three times a week."


async def test_the_question_marks_what_it_was_understood_by(memory):
    """The asked-about speaker's words are marked as the reason."""
    hits = (await memory.recall("Where do I live?", **ADA)).hits
    lifted = {
        hit.memory.speaker
        for hit in hits
        for reason in hit.reasons
        if reason.name == "speaker" and reason.value
    }
    assert lifted == {"user"}


async def test_without_the_reason_the_answer_is_another(memory):
    """When the question that lifted an answer is forgotten, the answer loses what it got from it."""

    async def part(name: str) -> float:
        hits = (await memory.recall("What is my favourite sport?", **ADA)).hits
        answer = next(hit for hit in hits if hit.memory.text.startswith("Fencing"))
        return next(reason.value for reason in answer.reasons if reason.name == name)

    assert await part("answer") > 0
    asked = next(
        h.memory.id for h in (await memory.recall(TALK[2].text, **ADA)).hits if h.memory.text == TALK[2].text
    )
    forgetting = await memory.forget([asked], **ADA)
    assert await part("answer") == 0
    await memory.undo(forgetting.id, **ADA)
    await memory.settle()
    assert await part("answer") > 0


async def test_excluded_memories_make_room_for_others(memory):
    """What is left out leaves its place to the next best."""
    first = (await memory.recall("Where do I live?", limit=2, **ADA)).hits
    others = (
        await memory.recall("Where do I live?", limit=2, exclude=[h.memory.id for h in first], **ADA)
    ).hits
    assert len(others) == 2
    assert not {h.memory.id for h in first} & {h.memory.id for h in others}
