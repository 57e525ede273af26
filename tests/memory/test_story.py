"""A person's story: importance, kinds of experience, timeline and summaries."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import BadInput
from memory.experience import experiences
from memory.importance import importance_of
from memory.records import Shown, Utterance
from memory.summaries import Summary, summarised
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
NOW = datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_what_matters_more_weighs_more_and_says_why() -> None:
    """Turning points before lasting facts, these before passing ones, and those before mere talk."""
    said = [
        "My father died last night.",
        "I work as a nurse in Ghent.",
        "We had pizza for lunch.",
        "ok thanks",
    ]
    weights = [importance_of(text).value for text in said]
    assert weights == sorted(weights, reverse=True)
    reasons = {reason.name for reason in importance_of("Remember that my locker is 14.").reasons}
    assert "asked to be remembered" in reasons


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("mum died this morning", "I had toast this morning"),
        ("Signed the divorce papers today.", "Saw a film about a prison today."),
        ("My father died last night.", "Tell me a joke about fathers."),
        ("When I was pregnant I lost my job.", "What is the capital of France"),
        ("In my will the cottage goes to Ruth.", "I will not buy the cottage."),
    ],
)
def test_what_is_one_s_own_without_saying_so_weighs_and_a_request_does_not(more: str, less: str) -> None:
    assert importance_of(more).value > importance_of(less).value + 0.2


@pytest.mark.parametrize("words", ["and so ", "hi, ", "so well ok and but ", "mum, ", "i "])
def test_a_huge_message_is_weighed_in_time_that_grows_with_it(words: str) -> None:
    """Ten times as long takes not much more than ten times as long."""

    def seconds(times: int) -> float:
        began = time.perf_counter()
        importance_of(words * times)
        return time.perf_counter() - began

    assert seconds(40_000) < 40 * max(seconds(4_000), 0.005)


def test_use_and_novelty_raise_importance() -> None:
    """What is new, what was used and what taught something matters more than the same words otherwise."""
    text = "The heating engineer comes on Thursdays."
    plain = importance_of(text).value
    assert all(
        importance_of(text, **more).value > plain for more in ({"novelty": 1.0}, {"used": 2}, {"taught": 1})
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("We're going to visit Rome in spring.", {"plan"}),
        ("I decided to sell the car.", {"decision", "event"}),
        ("I finally fixed the printer.", {"event", "solved"}),
        ("I'm so proud of my daughter.", {"feeling"}),
        ("How do I get there?", {"question"}),
        ("The sky is blue.", set()),
    ],
)
def test_experiences_are_told_by_their_words(text: str, kinds: set[str]) -> None:
    """Plans, events, decisions, questions, problems solved and feelings."""
    assert experiences(text) == kinds


def message(n: int, text: str) -> Shown:
    return Shown(
        id=f"m{n:03}", kind="episode", text=text, occurred_at=NOW, recorded_at=NOW, origin="said", status="active",
        version=1, importance=0.5, confidence=1.0, speaker="user", session="a", position=n,
    )  # fmt: skip


def test_a_summary_is_made_of_sentences_and_names_what_it_covers() -> None:
    """Every sentence of every layer stands in the message it names; nothing is reworded."""
    said = [message(n, f"I met Carla number {n} in Lyon on {n % 28 + 1} May. ok then.") for n in range(100)]
    said[40] = message(40, "My father died on 3 June.")
    top = summarised(said)

    def every(summary: Summary) -> list[Summary]:
        return [summary, *(below for part in summary.parts for below in every(part))]

    assert top.layer == 2
    assert top.covers == tuple(m.id for m in said)
    texts = {m.id: m.text for m in said}
    assert all(one.text in texts[one.memory] for summary in every(top) for one in summary.sentences)
    assert any("father died" in one.text for one in top.sentences)


async def test_the_story_in_order_and_what_is_forgotten_is_in_none(tmp_path) -> None:
    """By day as it happened, by person, by topic, of a time; a forgotten message is in no summary and no timeline."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    app = await open_app(settings, clock=lambda: NOW, model=ScriptedModel())
    try:
        said = await app.memory.remember(
            [
                Utterance(text="My sister Carla visited me yesterday.", session="a"),
                Utterance(text="I played the cello in a concert.", session="a"),
                Utterance(text="We're flying to Oslo on 3 December 2026.", session="a"),
            ],
            **as_ada,
        )
        app.worker.nudge(as_ada["scope"], as_ada["by"])
        await app.worker.drain()
        await app.memory.settle()
        days = [(s.title, len(s.moments)) for s in await app.memory.timeline(**as_ada)]
        assert days == [("2026-12-03", 1), ("2026-11-24", 1), ("2026-11-23", 1)]
        (carla,) = await app.memory.timeline(order="person", **as_ada)
        assert carla.title == "Carla"
        (topics,) = await app.memory.timeline(order="topic", when="yesterday", **as_ada)
        assert [m.memory.id for m in topics.moments] == [said[0].id]
        assert (await app.memory.experiences(**as_ada))["plan"] == 1
        with pytest.raises(BadInput):
            await app.memory.timeline(when="purple", **as_ada)
        await app.memory.forget([said[1].id], now=True, **as_ada)
        told = [one.text for one in (await app.memory.summary("a", **as_ada)).sentences]
        assert told == [said[0].text, said[2].text]
        assert not any(
            "cello" in m.memory.text for s in await app.memory.timeline(**as_ada) for m in s.moments
        )
    finally:
        await app.aclose()
