"""What a person says of what is believed: over, otherwise, not theirs, so; not here; off and on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.commands.answered import without_orders
from agent.commands.belief_sentences import BELIEF_SENTENCES
from agent.commands.reading import (
    Apart,
    Command,
    Confirm,
    Correct,
    Elsewhere,
    Ended,
    KeepUntil,
    Merge,
    NotHere,
    NotMine,
    Pause,
    Resume,
    Switch,
    UseAgain,
    command_of,
)
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Message, Rests, Said, Turn
from agent.wiring import App, open_app
from privacy.identity import Principal, Scope

NOW = [datetime(2023, 5, 3, tzinfo=UTC)]  # what the clock says
as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("That's no longer true.", Ended()),
        ("It isn't true anymore.", Ended()),
        ("[2] is outdated.", Ended("[2]")),
        ("It is no longer true that I live in Lyon.", Ended("I live in Lyon")),
        ("That was true until 3 May 2025.", Ended("", "3 May 2025")),
        ("It was true until May 2024 that I lived in Lyon.", Ended("I lived in Lyon", "May 2024")),
        ("It was true that I lived in Lyon until last year.", Ended("I lived in Lyon", "last year")),
        ("That's not about me.", NotMine()),
        ("It's not about me that Ana lives in Oslo", NotMine("Ana lives in Oslo")),
        ("Please confirm that I live in Lyon", Confirm("I live in Lyon")),
        ("That's still true!", Confirm()),
        ("Change my job to nurse", Correct("my job", "nurse")),
        ("Correct that to Porto.", Correct("", "Porto")),
        ("No, it's Porto, not Lyon.", Correct("Lyon", "Porto", by_value=True)),
        ("Don't use that for this topic.", NotHere()),
        ("Don’t use [1] for questions like this", NotHere("[1]")),
        ("Use that again.", UseAgain()),
        ("Turn off your memory, please.", Switch(on=False)),
        ("Stop remembering things", Switch(on=False)),
        ("Turn memory back on", Switch(on=True)),
        ("Download everything you know about me", Elsewhere("export")),
        ("Ce n'est plus vrai.", Ended(language="fr")),
        ("Il n'est plus vrai que je vis à Lyon.", Ended("je vis à Lyon", language="fr")),
        ("C'était vrai jusqu'en mai 2024.", Ended("", "mai 2024", "fr")),
        ("Ce n'est pas à propos de moi.", NotMine(language="fr")),
        ("Confirme que je vis à Lyon.", Confirm("je vis à Lyon", "fr")),
        ("C'est Porto, pas Lyon.", Correct("Lyon", "Porto", True, "fr")),
        ("N'utilise pas ça pour ce sujet.", NotHere(language="fr")),
        ("Désactive ta mémoire.", Switch(False, "fr")),
        ("Réactive ta mémoire.", Switch(True, "fr")),
        ("Das stimmt nicht mehr.", Ended(language="de")),
        ("Es stimmt nicht mehr, dass ich in Graz wohne.", Ended("ich in Graz wohne", language="de")),
        ("Das stimmte bis Mai 2024.", Ended("", "Mai 2024", "de")),
        ("Das handelt nicht von mir.", NotMine(language="de")),
        ("Bestätige, dass ich in Graz wohne.", Confirm("ich in Graz wohne", "de")),
        ("Es ist nicht Graz, sondern Wien.", Correct("Graz", "Wien", True, "de")),
        ("Benutze das nicht für solche Fragen.", NotHere(language="de")),
        ("Schalte dein Gedächtnis aus.", Switch(False, "de")),
        ("Schalte das Gedächtnis wieder ein.", Switch(True, "de")),
        ("Eso ya no es cierto.", Ended(language="es")),
        ("Ya no es cierto que vivo en Lyon.", Ended("vivo en Lyon", language="es")),
        ("Eso era cierto hasta mayo de 2024.", Ended("", "mayo de 2024", "es")),
        ("Eso no es sobre mí.", NotMine(language="es")),
        ("Confirma que vivo en Lyon.", Confirm("vivo en Lyon", "es")),
        ("No es Lyon sino Porto.", Correct("Lyon", "Porto", True, "es")),
        ("No uses eso para este tema.", NotHere(language="es")),
        ("Desactiva tu memoria.", Switch(False, "es")),
        ("Activa tu memoria.", Switch(True, "es")),
        ("Pause that.", Pause()),
        ("Pause [2] for now", Pause("[2]")),
        ("Please pause what you know about my job", Pause("my job")),
        ("Don't use that any more.", Pause()),
        ("Unpause that I live in Lyon", Resume("I live in Lyon")),
        ("Use what you know about my job again", UseAgain("my job")),
        ("Keep that until Friday.", KeepUntil("", "Friday")),
        (
            "Keep that I live in Lyon only until the end of June.",
            KeepUntil("I live in Lyon", "the end of June"),
        ),
        ("Keep that until the end of the year", KeepUntil("", "the end of the year")),
        ("Keep it until I forget it", KeepUntil()),
        ("Mets ça en pause.", Pause(language="fr")),
        ("Mets de côté que je vis à Lyon.", Pause("je vis à Lyon", "fr")),
        ("Réutilise ce que tu sais sur mon travail.", Resume("mon travail", "fr")),
        ("Garde-le jusqu'à vendredi.", KeepUntil("", "vendredi", "fr")),
        ("Garde que je vis à Lyon jusqu'en juin.", KeepUntil("je vis à Lyon", "juin", "fr")),
        ("Garde ça jusqu'à la fin de l'année.", KeepUntil("", "la fin de l'année", "fr")),
        ("Garde ça pour toujours.", KeepUntil(language="fr")),
        ("Pausiere das.", Pause(language="de")),
        ("Pausiere, dass ich in Graz wohne.", Pause("ich in Graz wohne", "de")),
        ("Benutze wieder, was du über meine Arbeit weißt.", Resume("meine Arbeit", "de")),
        ("Behalte das bis Freitag.", KeepUntil("", "Freitag", "de")),
        ("Behalte bis Ende Juni, dass ich in Graz wohne.", KeepUntil("ich in Graz wohne", "Ende Juni", "de")),
        ("Behalte, dass ich in Graz wohne, bis Mai 2027.", KeepUntil("ich in Graz wohne", "Mai 2027", "de")),
        ("Behalte das bis zum Jahresende.", KeepUntil("", "Jahresende", "de")),
        ("Behalte das für immer.", KeepUntil(language="de")),
        ("No uses eso por ahora.", Pause(language="es")),
        ("Pausa lo que sabes de mi trabajo.", Pause("mi trabajo", "es")),
        ("Vuelve a usar que vivo en Lyon.", Resume("vivo en Lyon", "es")),
        ("Guarda eso hasta el viernes.", KeepUntil("", "viernes", "es")),
        ("Guarda que vivo en Lyon hasta mayo de 2027.", KeepUntil("vivo en Lyon", "mayo de 2027", "es")),
        ("Guarda eso hasta el final del año.", KeepUntil("", "final del año", "es")),
        ("Guarda eso para siempre.", KeepUntil(language="es")),
        ("Merge Anna and Annie.", Merge("Anna", "Annie")),
        ("Anna and Annie Berg are the same person.", Merge("Anna", "Annie Berg")),
        ("My boss is the same person as Clara", Merge("My boss", "Clara")),
        ("That's about another Anna.", Apart("", "Anna")),
        ("[2] is a different Anna", Apart("[2]", "Anna")),
        ("That Anna plays the cello is about another Anna.", Apart("Anna plays the cello", "Anna")),
        ("Anna et Annie sont la même personne.", Merge("Anna", "Annie", "fr")),
        ("C'est une autre Anna.", Apart("", "Anna", "fr")),
        ("Anna und Annie sind dieselbe Person.", Merge("Anna", "Annie", "de")),
        ("Führe Anna mit Annie zusammen.", Merge("Anna", "Annie", "de")),
        ("Das ist eine andere Anna.", Apart("", "Anna", "de")),
        ("Ana y Anita son la misma persona.", Merge("Ana", "Anita", "es")),
        ("Eso trata de otra Ana.", Apart("", "Ana", "es")),
    ],
)
def test_what_is_said_of_a_belief_is_read(text: str, command: Command) -> None:
    """In four languages, with what is meant and until when."""
    assert command_of(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "That's not true.",
        "That's right.",
        "I no longer live in Lyon.",
        "My sister says it's no longer true.",
        "Is it still true?",
        "Share this recipe with Ben.",
        "I confirmed that it works.",
        "Das stimmt.",
        "C'est vrai.",
        "Es verdad.",
        "Stop.",
        "Pause the music.",
        "Keep the change until Friday.",
        "I keep that until Friday.",
        "Keep it down until Friday.",
    ],
)
def test_what_only_sounds_like_it_is_talk(text: str) -> None:
    """A reaction is no order."""
    assert command_of(text) is None


def test_every_sentence_is_there_in_every_language() -> None:
    """Nobody is answered in another language, or with nothing."""
    for sentences in BELIEF_SENTENCES.values():
        assert all(astuple(sentences))
        slots = [text.count("{words}") for text in astuple(sentences)]
        assert slots == [text.count("{words}") for text in astuple(BELIEF_SENTENCES["en"])]


def test_a_revision_leaves_the_running_talk_and_a_likeness_stays() -> None:
    """What was corrected is not shown to a model again; "it's this, not that" as talk is."""
    history = [
        Message("user", "It's Porto, not Lyon."),
        Message("assistant", "Corrected: “You live in Porto.” It was: “You live in Lyon.”"),
        Message("user", "It's raining, not snowing."),
        Message("assistant", "Take an umbrella."),
    ]
    assert [m.text for m in without_orders(history)] == ["It's raining, not snowing.", "Take an umbrella."]


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """With a model that cannot read: what is said of the person is quoted."""
    model = ScriptedModel(["I see."] * 50, capable=False)
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    opened = await open_app(settings, model=model, clock=lambda: NOW[0])
    NOW[0] = datetime(2023, 5, 3, tzinfo=UTC)
    yield opened
    await opened.aclose()


async def say(app: App, text: str, thread: str = "t") -> str:
    NOW[0] += timedelta(minutes=1)
    turn = Turn(principal=as_ada["by"], scope=as_ada["scope"], thread=thread, text=text)
    events = [event async for event in app.assistant.reply(turn)]
    kinds = [type(event) for event in events]
    assert kinds.index(Rests) < kinds.index(Said), "what an answer rests on is told before its first word"
    await app.worker.drain()
    return next(event.text for event in events if isinstance(event, Finished))


async def states(app: App, words: str) -> dict[str, str]:
    """What the beliefs with these words count as."""
    found = await app.memory.browse(words=words, limit=100, **as_ada)
    return {m.text: m.status for m in found.memories if m.kind in ("fact", "preference")}


async def test_a_belief_is_ended_confirmed_and_given_back(app: App) -> None:
    """By its words, by its number, as "that"; until a day; and "undo" makes it as it was."""
    await say(app, "I live in Lyon.")
    lives = "The user lives in Lyon."
    told = await say(app, "It is no longer true that I live in Lyon.")
    assert told.startswith("No longer so: “You live in Lyon.”")
    assert await states(app, "Lyon") == {lives: "superseded"}
    assert "again" in await say(app, "Undo.")
    assert await states(app, "Lyon") == {lives: "active"}
    assert "Lyon" in await say(app, "Where do I live?")
    NOW[0] += timedelta(days=800)
    unread = await say(app, "It was true until the purple elephant that I live in Lyon.")
    assert "no time that can be read" in unread
    assert await states(app, "Lyon") == {lives: "active"}
    told = await say(app, "That was true until 3 May 2024.")
    assert told.startswith("So until 3 May 2024, and no longer")
    (ended,) = (await app.memory.browse(words="Lyon", kind="fact", **as_ada)).memories
    assert ended.valid_until is not None
    assert f"{ended.valid_until:%Y-%m}" == "2024-05"
    assert "Lyon" not in await say(app, "Where do I live?")
    assert "Lyon" in await say(app, "Where did I live?")
    assert (await say(app, "Confirm that I live in Lyon.")).startswith("Confirmed")
    assert await states(app, "Lyon") == {lives: "active"}
    await say(app, "Undo.")
    assert await states(app, "Lyon") == {lives: "superseded"}


async def test_a_belief_is_corrected_and_is_not_theirs(app: App) -> None:
    """A value for a value, under the last answer; what is not theirs is kept out of answers."""
    await say(app, "I live in Lyon.")
    await say(app, "Where do I live?")
    told = await say(app, "No, it's Porto, not Lyon.")
    assert told.startswith("Corrected: “You live in Porto.” It was: “You live in Lyon.”")
    assert "Porto" in await say(app, "Where do I live?")
    assert (await states(app, "Lyon"))["The user lives in Lyon."] == "superseded"
    await say(app, "undo")
    assert (await states(app, "Lyon"))["The user lives in Lyon."] == "active"
    assert (await states(app, "Porto"))["The user lives in Porto."] == "superseded"
    await say(app, "I like marzipan.")
    assert (await say(app, "It's not about me that I like marzipan.")).startswith("Not about you")
    assert set((await states(app, "marzipan")).values()) == {"archived"}
    assert "marzipan" not in await say(app, "Do I like marzipan?")
    assert (await say(app, "Change marzipan to nougat.")) == "I see."  # nothing of that name holds: talk


async def test_what_is_not_clear_changes_nothing(app: App) -> None:
    """Of several things one is asked for; where nothing is meant it is talk."""
    await say(app, "I live in Rexburg.")
    await say(app, "I work at Rexburg Bank.")
    before = await states(app, "Rexburg")
    assert len(before) == 2
    told = await say(app, "It is no longer true that Rexburg")
    assert told.startswith("That could be any of these")
    assert await states(app, "Rexburg") == before
    assert not (await say(app, "It's raining, not snowing.")).startswith("Corrected")
    assert not (await say(app, "That's no longer true.", thread="new")).startswith("No longer so")


async def test_a_memory_is_kept_from_a_topic_and_used_again(app: App) -> None:
    """As the chip does it."""
    await say(app, "My cello teacher is Ottilie.")
    assert "Ottilie" in await say(app, "Who is my cello teacher?")
    assert (await say(app, "Don't use that for this topic.")).startswith("Not used for questions like this")
    assert len(await app.reservations.all(**as_ada)) == 1
    assert "Ottilie" not in await say(app, "Who is my cello teacher?")
    assert (await say(app, "Use that again.")).startswith("Used for everything again")
    assert await app.reservations.all(**as_ada) == ()
    assert "Ottilie" in await say(app, "Who is my cello teacher?")


async def test_a_memory_is_paused_and_kept_until_a_day(app: App) -> None:
    """By its words, by its number, as "that": used in no answer, used again, forgotten by itself on its day; "undo" each."""
    await say(app, "I live in Lyon.")
    await say(app, "My cello teacher is Ottilie.")
    lives = "The user lives in Lyon."
    told = await say(app, "Pause that I live in Lyon.")
    assert told.startswith("Paused, so kept and used in no answer: “You live in Lyon.”")
    assert await states(app, "Lyon") == {lives: "paused"}
    assert "Lyon" not in await say(app, "Where do I live?")
    assert "again" in await say(app, "Undo.")
    assert await states(app, "Lyon") == {lives: "active"}
    assert "Lyon" in await say(app, "Where do I live?")
    await say(app, "Don't use [1] for now.")
    assert await states(app, "Lyon") == {lives: "paused"}
    assert (await say(app, "Use that again.")).startswith("Used in answers again")
    assert await states(app, "Lyon") == {lives: "active"}
    assert "no time that can be read" in await say(app, "Keep that I live in Lyon until the purple elephant.")
    assert "That day is over" in await say(app, "Keep that I live in Lyon until 3 May 2020.")
    assert "Lyon" in await say(app, "Where do I live?")
    told = await say(app, "Behalte, dass I live in Lyon, bis zum Jahresende.")
    assert told.startswith("Behalten bis 31. Dezember 2023")
    told = await say(app, "Keep that I live in Lyon until the end of the year.")
    assert told.startswith("Kept until 31 December 2023, then forgotten for good: “You live in Lyon.”")
    assert "Lyon" in await say(app, "Where do I live?")
    told = await say(app, "Keep that until the end of June.")
    assert told.startswith("Kept until 30 June 2023, then forgotten for good: “You live in Lyon.”")
    assert "Lyon" in await say(app, "Where do I live?")
    assert (await say(app, "Keep it until I forget it.")).startswith("Kept until you forget it")
    await say(app, "Undo.")
    (dated,) = (await app.memory.browse(words="Lyon", kind="fact", **as_ada)).memories
    assert dated.keep_until is not None
    assert f"{dated.keep_until:%Y-%m-%d}" == "2023-06-30"
    NOW[0] = datetime(2023, 7, 1, tzinfo=UTC)
    await app.memory.settle()
    assert await states(app, "Lyon") == {}
    assert "Ottilie" in await say(app, "Who is my cello teacher?")


async def test_what_taught_nothing_is_paused_too(app: App) -> None:
    """Its very words are set aside, in the language in which it is said."""
    await say(app, "Der Schlüssel liegt unter dem blauen Blumentopf.")
    assert (await say(app, "Pausiere, was du über den Blumentopf weißt.")).startswith("Pausiert")
    found = (await app.memory.browse(words="Blumentopf", kind="episode", **as_ada)).memories
    assert {m.status for m in found if m.speaker == "user"} == {"paused"}
    assert "Blumentopf" not in await say(app, "Wo liegt der Schlüssel?")
    assert (await say(app, "Benutze wieder, was du über den Blumentopf weißt.")).startswith("In Antworten")
    assert (await say(app, "Behalte, was du über den Blumentopf weißt, bis zum 8. Mai 2023.")).startswith(
        "Behalten bis 8. Mai 2023"
    )


async def test_memory_is_turned_off_and_on_in_words(app: App) -> None:
    """Off is off for everything; what is a page's is said to be the page's."""
    assert (await say(app, "Turn memory off.")).startswith("Memory is off")
    assert not (await app.choices.of(**as_ada)).remember
    await say(app, "I live in Lyon.")
    assert (await app.memory.browse(**as_ada)).total == 0
    assert (await say(app, "Undo")) != ""
    assert (await app.choices.of(**as_ada)).remember
    await say(app, "Désactive ta mémoire.")
    assert (await say(app, "Réactive ta mémoire.")).startswith("La mémoire est active")
    assert (await app.choices.of(**as_ada)).remember
    assert "/api/v1/export" in await say(app, "Export my data.")
