"""What a person says of the ways of answering that were learned from them: in words, in four languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from agent.commands.answered import without_orders
from agent.commands.reading import command_of
from agent.commands.skill_order import SkillOrder
from agent.commands.skill_sentences import SKILL_SENTENCES
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Message, Rests, Turn
from agent.wiring import App, open_app
from privacy.identity import Principal, Scope

as_ada: dict[str, Any] = {"scope": Scope("ada"), "by": Principal("ada")}
as_ben: dict[str, Any] = {"scope": Scope("ben"), "by": Principal("ben")}


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Which rules do you follow?", SkillOrder("list")),
        ("Show me my skills", SkillOrder("list")),
        ("Which habits have you learned about recipes?", SkillOrder("list", "recipes")),
        ("Approve the habit about metric units.", SkillOrder("approve", "metric units")),
        ("Please approve it", SkillOrder("approve")),
        ("Approve [2].", SkillOrder("approve", "[2]")),
        ("Accept the metric rule", SkillOrder("approve", "metric")),
        ("Change my rule about recipes to use ounces", SkillOrder("reword", "recipes", "use ounces")),
        ("Change that rule to: use ounces", SkillOrder("reword", "", "use ounces")),
        ("Reject it.", SkillOrder("reject")),
        ("Don't use that rule.", SkillOrder("give up")),
        ("Stop using the rule about grams", SkillOrder("give up", "grams")),
        ("Go back to the former version of my rule about recipes.", SkillOrder("go back", "recipes")),
        ("Use that rule again.", SkillOrder("go back")),
        ("Quelles règles suis-tu ?", SkillOrder("list", language="fr")),
        ("Approuve la règle sur les unités.", SkillOrder("approve", "unités", language="fr")),
        ("Change la règle sur les recettes en : compte en onces", SkillOrder("reword", "recettes", "compte en onces", "fr")),
        ("Rejette cette règle.", SkillOrder("reject", language="fr")),
        ("N'utilise plus la règle sur les recettes.", SkillOrder("give up", "recettes", language="fr")),
        ("Reviens à l'ancienne version de la règle sur les recettes.", SkillOrder("go back", "recettes", language="fr")),
        ("Welche Regeln befolgst du?", SkillOrder("list", language="de")),
        ("Genehmige die Regel über Rezepte.", SkillOrder("approve", "Rezepte", language="de")),
        ("Ändere die Regel über Rezepte in: nimm Unzen", SkillOrder("reword", "Rezepte", "nimm Unzen", "de")),
        ("Lehne das ab.", SkillOrder("reject", language="de")),
        ("Verwirf die Regel über Rezepte.", SkillOrder("reject", "Rezepte", language="de")),
        ("Benutze diese Regel nicht mehr.", SkillOrder("give up", language="de")),
        ("Kehre zur früheren Fassung der Regel über Rezepte zurück.", SkillOrder("go back", "Rezepte", language="de")),
        ("¿Qué reglas sigues?", SkillOrder("list", language="es")),
        ("Aprueba la regla sobre recetas.", SkillOrder("approve", "recetas", language="es")),
        ("Cambia la regla sobre recetas a usa onzas", SkillOrder("reword", "recetas", "usa onzas", "es")),
        ("Recházala.", SkillOrder("reject", language="es")),
        ("No uses esa regla.", SkillOrder("give up", language="es")),
        ("Vuelve a la versión anterior de la regla sobre recetas.", SkillOrder("go back", "recetas", language="es")),
    ],
)  # fmt: skip
def test_an_order_about_a_rule_is_read(text: str, order: SkillOrder) -> None:
    """In four languages, by what the rule is about, by a number, or as the one that was spoken of."""
    assert command_of(text) == order


@pytest.mark.parametrize(
    "text",
    [
        "Which rules are there in chess?",
        "My boss approved the rule about overtime.",
        "The rule about overtime is unfair.",
        "I reject the idea.",
        "I go back to the former version of my essay.",
        "Das ist die Regel.",
        "La règle est simple.",
        "Es la regla.",
    ],
)
def test_what_only_speaks_of_rules_is_talk(text: str) -> None:
    """A rule that is told about is no order."""
    assert command_of(text) is None


def test_every_sentence_is_there_in_every_language() -> None:
    """Nobody is answered in another language, or with nothing; every slot is filled in each."""
    for sentences in SKILL_SENTENCES.values():
        assert all(astuple(sentences))
        for slot in ("{words}", "{before}", "{state}"):
            slots = [text.count(slot) for text in astuple(sentences)]
            assert slots == [text.count(slot) for text in astuple(SKILL_SENTENCES["en"])]


def test_an_order_leaves_the_running_talk() -> None:
    """What a rule was is not shown to a model again by way of the order that ended it."""
    history = [
        Message("user", "Don't use the rule about grams."),
        Message("assistant", "I do this no more: “When I ask for a recipe: use grams” Say “undo” to take it back."),
        Message("user", "Thank you."),
    ]  # fmt: skip
    assert [message.text for message in without_orders(history)] == ["Thank you."]


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    opened = await open_app(settings, model=ScriptedModel(["Gladly."] * 50, capable=False))
    yield opened
    await opened.aclose()


async def say(
    app: App, text: str, thread: str = "t", who: dict[str, Any] = as_ada
) -> tuple[str, tuple[str, ...]]:
    """The answer, and what is shown below it."""
    turn = Turn(principal=who["by"], scope=who["scope"], thread=thread, text=text)
    events = [event async for event in app.assistant.reply(turn)]
    await app.worker.drain()
    (used,) = [event.used for event in events if isinstance(event, Rests)]
    return next(event.text for event in events if isinstance(event, Finished)), used


async def stations(app: App) -> dict[str, str]:
    """What each rule counts as."""
    found = await app.practice.accounts(**as_ada)
    return {a.procedure.rule: "waits" if a.procedure.needs_approval else a.procedure.status for a in found}


async def taught(app: App) -> None:
    await say(app, "From now on, when I ask for a recipe, always use grams.", "taught")
    await say(app, "From now on, when I ask for a poem, always use rhymes.", "taught")
    assert await stations(app) == {"always use grams": "active", "always use rhymes": "active"}


async def test_a_rule_is_listed_reworded_approved_and_taken_back(app: App) -> None:
    """By its words, its number, and as "it"; each order says what came of it, and "undo" makes it as it was."""
    assert "not learned yet" in (await say(app, "Which rules do you follow?"))[0]
    await taught(app)
    told, listed = await say(app, "Which rules do you follow?")
    assert "always use grams” (in use) [1]" in told
    assert len(listed) == 2
    told, shown = await say(app, "Change my rule about recipes to always use ounces")
    assert told.startswith(
        "This waits for your approval, in place of “When I ask for a recipe: always use grams”"
    )
    assert (await stations(app))["always use ounces"] == "waits"
    assert [(await app.memory.get(id, **as_ada)).rule for id in shown] == ["always use ounces"]
    told, _ = await say(app, "Approve it.")
    assert told.startswith("Approved, so I do this from now on: “When I ask for a recipe: always use ounces”")
    ounces = {"always use grams": "retired", "always use ounces": "active", "always use rhymes": "active"}
    assert await stations(app) == ounces
    told, _ = await say(app, "Approve the rule about ounces.")
    assert told.startswith("In use already")
    told, _ = await say(app, "Undo.")
    assert told.startswith("Taken back, so it is as it was before: “When I ask for a recipe")
    assert (await stations(app))["always use ounces"] == "waits"
    assert (await say(app, "Undo."))[0] == "Taken back: it is as it was before."
    assert await stations(app) == {"always use grams": "active", "always use rhymes": "active"}


async def test_a_rule_is_rejected_given_up_and_brought_back(app: App) -> None:
    """What waits is rejected, what is in use is given up; the version before and the rule itself come back."""
    await taught(app)
    await say(app, "Change my rule about recipes to always use cups")
    assert (await say(app, "Reject it."))[0].startswith("Rejected")
    assert await stations(app) == {"always use grams": "active", "always use cups": "retired", "always use rhymes": "active"}  # fmt: skip
    await say(app, "Change my rule about recipes to always use ounces")
    await say(app, "Approve it.")
    told, _ = await say(app, "Go back to the former version of my rule about recipes.")
    assert told.startswith("Back to how it was: “When I ask for a recipe: always use grams”")
    assert (await stations(app))["always use grams"] == "active"
    assert (await say(app, "Go back to the former version of my rule about rhymes."))[0].startswith("There is no version")  # fmt: skip
    assert (await say(app, "Don't use the rule about rhymes."))[0].startswith("I do this no more")
    assert (await stations(app))["always use rhymes"] == "retired"
    assert (await say(app, "Don't use the rule about rhymes."))[0].startswith("Given up before")
    assert (await say(app, "Use the rule about rhymes again."))[0].startswith("I do this again")
    assert (await stations(app))["always use rhymes"] == "active"


async def test_what_is_not_clear_changes_nothing(app: App) -> None:
    """An unknown rule and one of several are answered with what to say instead; pointing at nothing is talk."""
    await taught(app)
    before = await stations(app)
    told, _ = await say(app, "Approve the rule about zebras.")
    assert "no rule from you about “zebras”, so nothing was changed" in told
    assert "which rules do you follow" in told
    told, shown = await say(app, "Don't use the rule about always.")
    assert told.startswith("That could be any of these, so nothing was changed")
    assert len(shown) == 2
    assert (await say(app, "Reject it.", "new"))[0] == "Gladly."
    assert "no rule from you" in (await say(app, "Don't use the rule about grams.", who=as_ben))[0]
    assert await stations(app) == before


async def test_pointing_means_what_was_just_spoken_of(app: App) -> None:
    """ "It" is what waits, not what an earlier answer listed; "that rule" is the wording that it has now."""
    await taught(app)
    await say(app, "Which rules do you follow for recipes?")
    await say(app, "Change that rule to always use ounces")
    assert (await say(app, "Reject it."))[0].startswith("Rejected")
    assert (await stations(app))["always use grams"] == "active"
    await say(app, "Change that rule to always use cups")
    await say(app, "Approve it.")
    assert (await say(app, "Go back to the former version of that rule."))[0].startswith("Back to how it was")
    assert (await stations(app))["always use grams"] == "active"
    assert (await say(app, "Reject it."))[0] == "Gladly.", "what is in use is not rejected by pointing"


async def test_in_another_language(app: App) -> None:
    """The answer speaks the language of the order."""
    await say(app, "From now on, when I ask for a recipe, always use grams.")
    assert "(in Gebrauch)" in (await say(app, "Welche Regeln befolgst du?"))[0]
    assert (await say(app, "N'utilise plus cette règle."))[0].startswith("Je ne le fais plus")
    assert (await say(app, "Deshacer."))[0].startswith("Deshecho, así que está como antes")
    assert (await stations(app)) == {"always use grams": "active"}
