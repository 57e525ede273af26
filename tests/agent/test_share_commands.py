"""What a person says of sharing: another person may read, for how long, and no more; in four languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.commands.reading import command_of
from agent.commands.share_order import Share, Unshare
from agent.commands.share_sentences import SHARE_SENTENCES
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Deed, Finished, Rests, Turn
from agent.wiring import App, open_app
from memory.records import Utterance
from privacy.access import Grant
from privacy.identity import Principal, Scope

as_ada: dict[str, Any] = {"scope": Scope("ada"), "by": Principal("ada")}


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Share what you know about my garden with Ben for a week.", Share("Ben", "garden", span="a week")),
        ("Share what you know about my garden with Ben", Share("Ben", "garden")),
        ("Please share my memories with Ben until Friday", Share("Ben", until="Friday")),
        ("Share everything you know about me with ben@example.org", Share("ben@example.org")),
        ("Share what you know about the trip with Anna with Ben", Share("Ben", "trip with Anna")),
        ("Let Ben read what you know about me", Share("Ben")),
        ("Stop sharing with Ben.", Unshare("Ben")),
        ("Stop sharing my memories with Ben", Unshare("Ben")),
        ("Don't share anything with Ben any more.", Unshare("Ben")),
        ("Partage ce que tu sais de mon jardin avec Ben pendant une semaine.", Share("Ben", "jardin", "une semaine", "", "fr")),
        ("Partage mes souvenirs avec Ben jusqu'à vendredi.", Share("Ben", "", "", "vendredi", "fr")),
        ("Arrête de partager mes souvenirs avec Ben.", Unshare("Ben", "fr")),
        ("Teile, was du über meinen Garten weißt, mit Ben für eine Woche.", Share("Ben", "Garten", "eine Woche", "", "de")),
        ("Teile mit Ben bis Freitag, was du über meinen Garten weißt.", Share("Ben", "Garten", "", "Freitag", "de")),
        ("Teile meine Erinnerungen mit Ben.", Share("Ben", language="de")),
        ("Hör auf, meine Erinnerungen mit Ben zu teilen.", Unshare("Ben", "de")),
        ("Teile nichts mehr mit Ben.", Unshare("Ben", "de")),
        ("Comparte lo que sabes de mi jardín con Ben durante una semana.", Share("Ben", "jardín", "una semana", "", "es")),
        ("Comparte mis recuerdos con Ben hasta el viernes.", Share("Ben", "", "", "viernes", "es")),
        ("Deja de compartir con Ben.", Unshare("Ben", "es")),
    ],
)  # fmt: skip
def test_an_order_to_share_is_read(text: str, order: Share | Unshare) -> None:
    """With whom, what, and for how long."""
    assert command_of(text) == order


@pytest.mark.parametrize(
    "text", ["Share this recipe with Ben.", "Share everything with Ben.", "Let Ben see everything.", "I share a flat with Ben."]
)  # fmt: skip
def test_what_shares_something_else_is_talk(text: str) -> None:
    """Nobody's memory is given away by a sentence about something else."""
    assert command_of(text) is None


def test_every_sentence_is_there_in_every_language() -> None:
    """Nobody is answered in another language, or with nothing; every slot is filled in each."""
    for sentences in SHARE_SENTENCES.values():
        assert all(astuple(sentences))
        for slot in ("{words}", "{topic}", "{count}", "{until}"):
            slots = [text.count(slot) > 0 for text in astuple(sentences)]
            assert slots == [text.count(slot) > 0 for text in astuple(SHARE_SENTENCES["en"])]


async def opened(folder: Path, **more: Any) -> App:
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False, **more)
    return await open_app(settings, model=ScriptedModel(["I see."] * 50, capable=False))


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """Ada and Ben have accounts here."""
    app = await opened(tmp_path, auth="password")
    for name in ("ada", "ben"):
        app.accounts.add(name, "a boat needs no garden")
    yield app
    await app.aclose()


async def say(app: App, text: str, thread: str = "t") -> tuple[str, Deed | None]:
    """The answer, and what is shown below it."""
    turn = Turn(principal=as_ada["by"], scope=as_ada["scope"], thread=thread, text=text)
    events = [event async for event in app.assistant.reply(turn)]
    (deed,) = [event.deed for event in events if isinstance(event, Rests)]
    return next(event.text for event in events if isinstance(event, Finished)), deed


async def held(app: App) -> list[Grant]:
    return [one for one in await app.sharing.given(**as_ada) if one.holds(datetime.now(UTC))]


async def test_a_share_is_given_in_words_and_says_what_it_is(app: App) -> None:
    """Whose account, what, how much that is, how long, and how to end it; ended in words; "undo" takes back either."""
    for text in ("I grow leeks in the garden.", "The garden has a pond.", "I play the cello."):
        await app.memory.remember(Utterance(text=text), **as_ada)
    told, deed = await say(app, "Share what you know about my garden with Ben for a week.")
    (grant,) = await held(app)
    assert (grant.reader, grant.topic, deed) == ("ben", "garden", Deed("share", (grant.id,)))
    assert grant.expires_at is not None
    assert timedelta(days=6, hours=23) < grant.expires_at - datetime.now(UTC) <= timedelta(days=7)
    day = f"{grant.expires_at:%-d %B %Y}"
    assert told.startswith(f"Shared with ben: whatever I remember that says “garden”, until {day}. ")
    assert "read now: 2;" in told
    assert "stop sharing with ben" in told
    assert (await say(app, "undo"))[0].startswith("Shared no more")
    assert await held(app) == []
    told, _ = await say(app, "Teile meine Erinnerungen mit Ben.")
    assert told.startswith("Geteilt mit ben: alles, was ich über Sie weiß, bis Sie es beenden. ")
    (grant,) = await held(app)
    told, deed = await say(app, "Stop sharing with Ben.")
    assert (await held(app), deed) == ([], None)
    assert (await say(app, "undo"))[0] == "Shared again, as it was before: ben can read it."
    assert [one.id for one in await held(app)] == [grant.id]


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("Share my memories with Zelda.", "Nobody called “Zelda” has an account here"),
        ("Share my memories with Ada.", "That is your own account"),
        ("Share my memories with Ben for a blue moon.", "I cannot tell how long “a blue moon” is"),
        ("Share my memories with Ben until the cows come home.", "I cannot tell how long"),
        (f"Share what you know about {'my garden ' * 30}with Ben.", "200 characters at most"),
    ],
)
async def test_what_is_not_clear_shares_nothing(app: App, order: str, says: str) -> None:
    """Nobody, a stranger, oneself, no time at all: each is told what to say instead."""
    assert says in (await say(app, order))[0]
    assert await held(app) == []


async def test_alone_there_is_nobody_to_share_with(tmp_path: Path) -> None:
    """Without accounts the answer says so, and where they come from."""
    app = await opened(tmp_path)
    told, deed = await say(app, "Share my memories with Ben.")
    assert told.startswith("There is nobody to share with here, so nothing was shared")
    assert (deed, await held(app)) == (None, [])
    await app.aclose()
