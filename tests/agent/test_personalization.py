"""How a person wants to be answered: learned from what they say, applied always, gone when forgotten."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.distillers.instructions import wishes
from agent.languages import language_of
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Turn
from agent.wiring import open_app
from agent.wording import WORDINGS, wording
from memory.records import Shown
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


def said(text: str) -> Shown:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    return Shown(
        id="e", kind="episode", text=text, occurred_at=now, recorded_at=now, origin="said", status="active",
        version=1, importance=0.5, confidence=1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "aspect", "value"),
    [
        ("Call me Sam.", "form of address", "Sam"),
        ("please call me deepa", "form of address", "deepa"),
        ("Please answer in French.", "language", "French"),
        ("From now on, talk to me in German", "language", "German"),
        ("Réponds-moi en français.", "language", "French"),
        ("Antworte bitte auf Deutsch!", "language", "German"),
        ("From now on keep your answers short.", "answer length", "short"),
        ("Please give me more detailed answers.", "answer length", "long"),
        ("Always use metric units.", "units", "metric"),
        ("I prefer miles.", "units", "imperial"),
    ],
)
def test_a_standing_wish_is_understood(sentence: str, aspect: str, value: str) -> None:
    """What is asked for outright becomes a preference that quotes the sentence."""
    (draft,) = wishes(sentence, said(sentence))
    assert (draft.aspect, draft.object, draft.quote) == (aspect, value, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Call me later.",
        "Call me when you can.",
        "Can you translate this into French?",
        "My boss wants short answers.",
        "I wrote my thesis in German.",
        "She told me to use metric.",
    ],
)
def test_what_is_no_wish_is_left_alone(sentence: str) -> None:
    """Words about something else never become a wish about answers."""
    assert wishes(sentence, said(sentence)) == []


async def test_the_newest_wish_is_in_the_very_next_prompt_and_out_when_forgotten(tmp_path) -> None:
    """A wish applies whatever is asked; a newer one takes its place; a forgotten one is gone from the next prompt."""
    model = ScriptedModel(["Yes."] * 4)
    app = await open_app(Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=model)

    async def say(text: str) -> Finished:
        turn = Turn(scope=as_ada["scope"], principal=as_ada["by"], thread="a", text=text)
        *_, finished = [event async for event in app.assistant.reply(turn)]
        await app.worker.drain()
        return finished

    try:
        await say("Please answer in French.")
        await say("From now on, answer in German.")
        third = await say("How high is Mont Blanc?")
        prompt = model.requests[-1].messages[0].text
        assert "Answer in German." in prompt
        assert "French" not in prompt.split("--- notes")[0]
        opened = await app.receipts.open(third.receipt, **as_ada)
        assert [m.text for m in opened.messages] == [m.text for m in model.requests[-1].messages]
        page = await app.memory.browse(**as_ada, kind="preference")
        await app.memory.forget([m.id for m in page.memories], **as_ada)
        await say("And the Matterhorn?")
        assert "Answer in" not in model.requests[-1].messages[0].text
    finally:
        await app.aclose()


def test_a_language_is_named_only_when_it_is_clear() -> None:
    """A clear sentence tells its language; a word or a mixture tells none."""
    assert language_of("Ich wohne in Köln und arbeite in Bonn.") == "de"
    assert [language_of(text) for text in ("pizza", "hi", "", "😀")] == [""] * 4


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_every_language_has_all_sentences(language: str) -> None:
    """Dates are written as the language writes them, and the person's words stay as they are."""
    day = datetime(2026, 5, 3, tzinfo=UTC)
    told = wording(language).quotation(day, "I live in Lyon.")
    assert "I live in Lyon." in told
    assert "2026" in told
    assert wording(language).unknown != (wording("en").unknown if language != "en" else "")
