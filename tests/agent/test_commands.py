"""What a person tells memory to do, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.commands.answered import without_orders
from agent.commands.matching import Found, speaking_of, told
from agent.commands.reading import (
    Command,
    Forget,
    ForgetEverything,
    Know,
    Remember,
    Undo,
    Why,
    agreed,
    command_of,
)
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Message, Reference, Turn
from agent.wiring import open_app
from memory.records import Shown
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Please forget that I play the cello.", Forget("I play the cello")),
        ("Forget everything you know about my ex Tom", Forget("my ex Tom")),
        ("Forget about the trip to Oslo and never learn it again", Forget("the trip to Oslo", never=True)),
        ("Delete that I like jazz from your memory.", Forget("I like jazz")),
        ("forget what I just said", Forget("")),
        ("Forget everything about me!", ForgetEverything()),
        ("Don't forget that my locker is 14.", Remember("my locker is 14")),
        ("What do you know about me?", Know("")),
        ("What have I told you about Rome?", Know("Rome")),
        ("Why did you say that?", Why()),
        ("undo", Undo()),
        ("Oublie que je joue du violoncelle.", Forget("je joue du violoncelle", language="fr")),
        ("Que sais-tu sur ma sœur ?", Know("ma sœur", "fr")),
        ("Vergiss nicht, dass ich Cello spiele.", Remember("ich Cello spiele", "de")),
        ("¿Qué sabes de mí?", Know("", "es")),
    ],
)
def test_a_command_is_read(text: str, command: Command) -> None:
    """A message that begins with a command is one, in four languages."""
    assert command_of(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "I forget my keys all the time.",
        "Forget about him, he's a fool.",
        "Forget to call and she is angry",
        "Remember when we went to Paris?",
        "Remember to breathe.",
        "I told him to forget everything.",
        "Do you remember the trip?",
        "My sister asked: what do you know about me?",
        "Why did you move to Lyon?",
        "Forgetting things worries me.",
    ],
)
def test_what_is_told_is_no_command(text: str) -> None:
    """What only sounds like a command is talk, and is kept like other talk."""
    assert command_of(text) is None


def test_an_answer_is_yes_no_or_neither() -> None:
    """Only a plain yes forgets what was asked about."""
    assert [agreed(text) for text in ("Yes!", "no, keep it", "yes, my sister does", "oui")] == [
        True,
        False,
        None,
        True,
    ]


def memory(id: str, text: str, **more: object) -> Shown:
    now = datetime(2026, 5, 3, tzinfo=UTC)
    values = {"kind": "episode", "speaker": "user", "status": "active"} | more
    return Shown(
        id=id, text=text, occurred_at=now, recorded_at=now, origin="said", version=1, importance=0.5, confidence=1.0, **values
    )  # fmt: skip


def test_what_speaks_of_it_is_found_by_its_words() -> None:
    """Every word must be there, inflected or not; long messages and many are asked about first."""
    said = [
        memory("a", "I play the cello."),
        memory("b", "I played a game."),
        memory("c", "My cello is old."),
    ]
    assert [m.id for m in speaking_of(said, "that I'm playing the cello", "en").memories] == ["a"]
    assert speaking_of(said, "the cello", "en").clear
    assert not Found(tuple(memory(str(n), "I like tea.") for n in range(4))).clear
    assert not Found((memory("a", "I like tea. It rained. We met Bob."),)).clear


def test_one_line_for_each_thing_said() -> None:
    """What was learned stands for the message it was learned from; questions tell nothing."""
    fact = memory("f", "The user lives in Lyon.", kind="fact", quote="I live in Lyon.", sources=("a",))
    assert [m.id for m in told([memory("a", "I live in Lyon."), memory("b", "Where do I live?"), fact])] == [
        "f"
    ]


def test_orders_to_forget_are_in_no_later_request() -> None:
    """An order holds the words that go, so neither it nor its answer is shown to a model again."""
    kept = Reference("m1", 1)
    history = [
        Message("user", "Hello, I am Ada.", kept),
        Message("assistant", "Hello!", kept),
        Message("user", "Forget that I play the cello."),
        Message("assistant", "Forgotten: “I play the cello.”"),
        Message("user", "Thanks."),
    ]
    assert [m.text for m in without_orders(history)] == ["Hello, I am Ada.", "Hello!", "Thanks."]


async def say(app, text: str, thread: str = "t") -> str:
    turn = Turn(principal=as_ada["by"], scope=as_ada["scope"], thread=thread, text=text)
    events = [event async for event in app.assistant.reply(turn)]
    await app.worker.drain()
    return next(event.text for event in events if isinstance(event, Finished))


async def test_a_question_about_the_world_goes_to_the_model(tmp_path) -> None:
    """ "What do you know about black holes?" is not about memory; "about my sister" is."""
    model = ScriptedModel(["They are black."], capable=False)
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    app = await open_app(settings, model=model)
    try:
        assert await say(app, "What do you know about black holes?") == "They are black."
        assert "don't know anything" in await say(app, "What do you know about my sister?")
        assert "have not said anything" in await say(app, "Why did you say that?", thread="new")
    finally:
        await app.aclose()
