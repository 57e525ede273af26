"""Recall over a real, masked and sealed memory: reasons, repeatability, and who is meant."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.budget import Room, in_tokens
from memory.records import Recollection, Utterance
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


async def test_where_there_is_little_room_it_is_said_what_was_left_out(memory):
    """Room for two short memories shows two; the others are named, and none is lost between."""
    all_ = (await memory.recall("Where do I live?", limit=5, **ADA)).hits
    few = await memory.recall("Where do I live?", limit=5, room=Room(9), **ADA)
    (absent,) = few.left_out
    assert sum(in_tokens(hit.memory.text) for hit in few.hits) <= 9
    assert few.hits[0] == all_[0]
    assert absent.why == "budget"
    assert {hit.memory.id for hit in few.hits} | set(absent.memories) == {hit.memory.id for hit in all_}
    assert (await memory.recall("Where do I live?", limit=5, room=Room(999), **ADA)).hits == all_


async def test_two_hundred_recalls_explain_themselves(memory):
    """Asked anything: the parts add up, the same is answered again, and without a memory that gave a part the part is another."""
    said = sorted({word for turn in TALK for word in turn.text.split()})
    chance, without = random.Random(11), 0

    async def asked(question: str, *exclude: str) -> Recollection:
        return await memory.recall(question, exclude=exclude, **ADA)

    for _ in range(200):
        question = " ".join(chance.sample(said, chance.randint(1, 6)))
        found = await asked(question)
        assert found == await asked(question)
        for hit in found.hits:
            assert sum(reason.value for reason in hit.reasons) == pytest.approx(hit.score, abs=1e-5)
        given = [(hit, why) for hit in found.hits for why in hit.reasons if why.memory and why.value]
        for hit, why in given[:1]:
            left = {one.memory.id: one for one in (await asked(question, why.memory)).hits}
            assert why not in (left[hit.memory.id].reasons if hit.memory.id in left else ())
            without += 1
    assert without > 100


async def test_a_question_that_says_little_is_understood_by_the_one_before(memory):
    """What was asked before in the same conversation finds the memory; in another conversation it does not."""
    question = "And how many of them was it again?"
    await memory.recall("Tell me about my sister Claire.", thread="talk", **ADA)
    here = await memory.recall(question, thread="talk", **ADA)
    assert here.hits[0].memory.text == "My sister Claire keeps two cats."
    assert not here.abstained
    assert next(r.value for r in here.hits[0].reasons if r.name == "priming") > 0
    elsewhere = await memory.recall(question, thread="other", **ADA)
    assert not any(reason.name == "priming" for hit in elsewhere.hits for reason in hit.reasons)


async def test_a_full_question_is_not_led_astray(memory):
    """A question that finds its answer by itself is ranked as if nothing had been asked before."""
    await memory.recall("Tell me about my sister Claire.", thread="astray", **ADA)
    told = await memory.recall("Where do I live?", thread="astray", **ADA)
    alone = await memory.recall("Where do I live?", **ADA)
    assert [hit.memory.id for hit in told.hits][:2] == [hit.memory.id for hit in alone.hits][:2]


async def test_what_answers_rested_on_comes_to_mind_sooner(memory):
    """An answer that restates a memory makes it more present, and its reasons say so."""
    cats = (await memory.recall("My sister Claire keeps two cats.", **ADA)).hits[0].memory.id

    async def present() -> float:
        hits = (await memory.recall("cats", **ADA)).hits
        return next(r.value for hit in hits if hit.memory.id == cats for r in hit.reasons if r.name == "use")

    assert await present() == 0
    answer = Utterance(text="Two, you told me.", speaker="assistant", session="six", because=(cats,))
    await memory.remember(answer, **ADA)
    assert await present() > 0
