"""What is learned closes what it replaces, in the order in which it was said, and gives nothing away that is hidden."""

from __future__ import annotations

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.records import Draft, Utterance
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}


def lives_in(place: str, episode: str, quote: str) -> Draft:
    return Draft(
        kind="fact", text=f"The user lives in {place}.", episode=episode, quote=quote, relation="lives_in", object=place
    )  # fmt: skip


async def test_the_later_word_counts(tmp_path):
    """Of two homes in one batch the later stays; reading again changes nothing, and an old word read late closes none."""
    said = ("I live in Oslo.", "I live in Bergen.", "I live in Lyon.")
    app = await open_app(
        Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=ScriptedModel()
    )
    try:
        kept = await app.memory.remember([Utterance(text=text) for text in said], **as_ada)
        oslo, bergen, lyon = (
            lives_in(text.split()[-1][:-1], memory.id, text) for text, memory in zip(said, kept, strict=True)
        )
        assert len(await app.memory.learn([lyon, oslo], **as_ada)) == 2
        for again in ([oslo, lyon], [bergen], [oslo, bergen, lyon]):
            assert await app.memory.learn(again, **as_ada) == []
        facts = (await app.memory.browse(kind="fact", **as_ada)).memories
        assert {memory.object: memory.status for memory in facts} == {"Oslo": "superseded", "Lyon": "active"}
    finally:
        await app.aclose()


async def test_a_piece_of_a_hidden_detail_is_not_learned(tmp_path):
    """Cut out of its detail it would stand open; the detail as a whole is a placeholder as everywhere."""
    app = await open_app(
        Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=ScriptedModel()
    )
    try:
        text = "On the forum I am @dalmontgard_276, say hello."
        (said,) = await app.memory.remember([Utterance(text=text)], **as_ada)
        cut, whole = (
            Draft(
                kind="fact",
                text=f"The user is called {value}.",
                episode=said.id,
                quote=text,
                relation="name",
                object=value,
            )
            for value in ("dalmontgard_", "@dalmontgard_276")
        )
        assert await app.memory.learn([cut], **as_ada) == []
        (learned,) = await app.memory.learn([whole], **as_ada)
        assert learned.object == "@dalmontgard_276"
        assert "dalmontgard" not in repr(await app.memory.at_rest(**as_ada))
    finally:
        await app.aclose()
