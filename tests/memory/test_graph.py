"""Who is who, how they hang together, and what follows from it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.errors import BadInput, UnknownMemory
from memory.graph import Decision, Graph, graph_of
from memory.inference import conclusions
from memory.records import Draft, Shown, Utterance
from memory.relations import sentence_of
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
NOW = datetime(2026, 5, 3, tzinfo=UTC)


def fact(
    id: str, subject: str, relation: str, object: str, said: str = "", quote: str = "", **more: object
) -> Shown:
    return Shown(
        id=id, kind="fact", text=sentence_of(subject, relation, object), occurred_at=NOW, recorded_at=NOW, origin="said",
        status=more.get("status", "active"), version=1, importance=0.5, confidence=1.0, subject=subject, relation=relation,
        object=object, sources=(said or f"said {id}",), quote=quote,
    )  # fmt: skip


def texts(graph: Graph) -> dict[str, str]:
    return {c.text: c.rule for c in conclusions(graph)}


ANNAS = (
    fact("f1", "user", "sibling", "Anna", "e1"),
    fact("f2", "Anna", "lives_in", "Oslo", "e1"),
    fact("f3", "user", "colleague", "Anna", "e2"),
    fact("f4", "Anna", "plays", "cello", "e2"),
    fact("f5", "Anna", "likes", "jazz", "e3"),
)


def test_two_people_of_one_name_are_two() -> None:
    """A sister is no colleague: what was said of each stays hers, and what could be either goes to the latest."""
    sister, colleague = graph_of(ANNAS).named("Anna")
    assert (sister.roles, colleague.roles) == (("sibling",), ("colleague",))
    assert {m.fact for m in sister.mentions} == {"f1", "f2"}
    assert {m.fact for m in colleague.mentions} == {"f3", "f4", "f5"}


def test_a_merge_and_a_split_are_taken_back_exactly() -> None:
    """Decisions are laid over what facts tell, so without them everything is as it was."""
    before = graph_of(ANNAS)
    sister, colleague = before.named("Anna")
    mentions = [frozenset(m.key for m in e.mentions) for e in (sister, colleague)]
    merged = graph_of(ANNAS, [Decision("d1", "merge", *mentions)])
    (anna,) = merged.named("Anna")
    assert {m.fact for m in anna.mentions} == {"f1", "f2", "f3", "f4", "f5"}
    out = frozenset({"f3:object", "f4:subject", "f5:subject"})
    parted = graph_of(ANNAS, [Decision("d1", "merge", *mentions), Decision("d2", "split", out)])
    assert [e.mentions for e in parted.named("Anna")] == [e.mentions for e in before.named("Anna")]
    assert graph_of(ANNAS, []) == before


FAMILY = (
    fact("f1", "user", "sibling", "Anna", quote="My sister Anna lives in Oslo."),
    fact("f2", "Anna", "child", "Mia", quote="Anna has a daughter, Mia."),
    fact("f3", "user", "parent", "Ruth", quote="My mother is Ruth."),
    fact("f4", "Ruth", "sibling", "Vera", quote="Ruth's sister is Vera."),
    fact("f5", "user", "sibling", "Tom", quote="My brother is Tom."),
    fact("f6", "user", "partner", "Sam", quote="My husband is Sam."),
    fact("f7", "Sam", "parent", "Gail", quote="His mother is Gail."),
    fact("f8", "user", "lives_in", "Lyon"),
    fact("f9", "Lyon", "located_in", "France"),
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The user's niece is Mia.", "composition"),  # a sister's daughter
        ("The user's aunt is Vera.", "composition"),
        ("The user's mother-in-law is Gail.", "composition"),
        ("The user lives in France.", "composition"),
        ("Anna's brother is Tom.", "transitive"),
        ("Ruth's child is the user.", "inverse"),
        ("Anna's sibling is the user.", "symmetric"),
    ],
)
def test_what_follows_by_each_rule(text: str, rule: str) -> None:
    """Inverse, symmetric, transitive, composition: each conclusion names its rule."""
    assert texts(graph_of(FAMILY)).get(text) == rule


def test_a_conclusion_carries_its_derivation_and_falls_with_its_premise() -> None:
    """It says what it rests on, in words and as ids; without one of them it is not drawn."""
    graph = graph_of(FAMILY)
    niece = next(c for c in conclusions(graph) if c.text == "The user's niece is Mia.")
    assert niece.facts == ("f1", "f2")
    assert niece.steps == (graph.facts["f1"].text, graph.facts["f2"].text, "by composition")
    for gone in ("f1", "f2"):
        left = [f for f in FAMILY if f.id != gone]
        assert "The user's niece is Mia." not in texts(graph_of(left))
    doubtful = [*FAMILY[:1], fact("f2", "Anna", "child", "Mia", status="disputed")]
    assert not [c for c in conclusions(graph_of(doubtful)) if "Mia" in c.text]


def test_nothing_follows_about_oneself_and_nothing_stated_is_repeated() -> None:
    """My sister's brother is no news, and a conclusion that was said is no conclusion."""
    graph = graph_of([*FAMILY, fact("f10", "user", "niece_or_nephew", "Mia")])
    drawn = conclusions(graph)
    assert all(c.subject != c.object for c in drawn)
    assert "The user's niece is Mia." not in texts(graph)


def test_neighbours_and_paths() -> None:
    """How two hang together is the shortest chain of facts between them."""
    graph = graph_of(FAMILY)
    (mia,), (gail,) = graph.named("Mia"), graph.named("Gail")
    (path,) = graph.paths(mia.id, gail.id)
    assert [link.fact for link in path] == ["f2", "f1", "f6", "f7"]
    assert {e.name for e in graph.neighbourhood("user").entities.values()} == {
        "user",
        "Anna",
        "Ruth",
        "Tom",
        "Sam",
        "Lyon",
    }


@pytest.fixture
async def app(tmp_path):
    app = await open_app(
        Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False),
        model=ScriptedModel(),
    )
    yield app
    await app.aclose()


async def test_two_annas_are_merged_by_mistake_and_split_again(app) -> None:
    """Through the door: told apart, merged, split by its facts, and undone; forgotten, an entity is gone."""
    for text, drafts in (
        ("My sister Anna lives in Oslo.", [("user", "sibling", "Anna"), ("Anna", "lives_in", "Oslo")]),
        ("My colleague Anna plays the cello.", [("user", "colleague", "Anna"), ("Anna", "plays", "cello")]),
    ):
        (said,) = await app.memory.remember(Utterance(text=text), **as_ada)
        learned = [
            Draft(
                kind="fact",
                text=sentence_of(*d),
                episode=said.id,
                quote=text,
                subject=d[0],
                relation=d[1],
                object=d[2],
            )
            for d in drafts
        ]
        assert len(await app.memory.learn(learned, **as_ada)) == 2

    async def annas() -> list[set[str]]:
        found = await app.memory.graph(**as_ada)
        told = {f.id: f.text for f in found.facts}
        return [{told[m.fact] for m in e.mentions} for e in found.entities if e.name == "Anna"]

    before = await app.memory.graph(**as_ada)
    one, two = (e.id for e in before.entities if e.name == "Anna")
    merge = await app.memory.merge_entities(one, two, **as_ada)
    assert len(await annas()) == 1
    cello = [f.id for f in before.facts if "cello" in f.text or "works with" in f.text]
    (anna,) = (e.id for e in (await app.memory.graph(**as_ada)).entities if e.name == "Anna")
    split = await app.memory.split_entity(anna, cello, **as_ada)
    assert len(await annas()) == 2
    for decision in (split, merge):
        await app.memory.undo_identity(decision, **as_ada)
    assert await app.memory.graph(**as_ada) == before
    with pytest.raises(BadInput):
        await app.memory.merge_entities(one, one, **as_ada)
    with pytest.raises(UnknownMemory):
        await app.memory.neighbours(one, scope=Scope("bob"), by=Principal("bob"))
    await app.memory.forget([cello[0]], now=True, **as_ada)
    assert [{"cello" in text for text in told} for told in await annas()] == [{False}]


async def test_where_things_lie_is_kept_without_words_and_goes_with_them(app) -> None:
    """Sealed, for one person; with what is forgotten its place goes, and what is still spoken of stays where it lies."""
    learned = []
    for text, *said in (
        ("My sister is Anna.", "user", "sibling", "Anna"),
        ("Anna plays the cello.", "Anna", "plays", "cello"),
        ("My boss is Otto.", "user", "boss", "Otto"),
    ):
        (heard,) = await app.memory.remember(Utterance(text=text), **as_ada)
        subject, relation, object = said
        draft = Draft(
            kind="fact", text=sentence_of(*said), episode=heard.id, quote=text,
            subject=subject, relation=relation, object=object,
        )  # fmt: skip
        learned += await app.memory.learn([draft], **as_ada)
    sister, plays, _ = learned
    named = {e.name: e.id for e in (await app.memory.graph(**as_ada)).entities}
    wanted = {named["user"]: (0, 0), named["Anna"]: (40.04, -7), named["Otto"]: (5, 5), "unknown": (1, 1)}
    kept = await app.memory.place(wanted, **as_ada)
    assert kept == {named["user"]: (0, 0), named["Anna"]: (40.0, -7), named["Otto"]: (5, 5)}
    assert await app.memory.places(**as_ada) == kept
    assert await app.memory.places(scope=Scope("bob"), by=Principal("bob")) == {}
    with pytest.raises(BadInput):
        await app.memory.place({named["Anna"]: (1e9, 0)}, **as_ada)
    with pytest.raises(KeepsakeError):
        await app.memory.places(scope=Scope("ada"), by=Principal("bob"))
    at_rest = [body for kind, body in await app.conversations.at_rest(scope=Scope("ada")) if kind == "places"]
    assert len(at_rest) == 1
    assert "Anna" not in repr(at_rest)
    raw = app.ledger.documents.list("places", app.keyring.pseudonym("ada"))[0].body
    assert sister.id.encode() not in raw
    exported = b"".join(app.portability.export(**as_ada))
    with zipfile.ZipFile(io.BytesIO(exported)) as packed:
        assert '"kind": "places"' in packed.read("chats.jsonl").decode()

    await app.memory.forget([sister.id], now=True, **as_ada)
    (kept_at_rest,) = [b for k, b in await app.conversations.at_rest(scope=Scope("ada")) if k == "places"]
    assert sister.id not in repr(kept_at_rest)
    assert plays.id in repr(kept_at_rest)
    named = {e.name: e.id for e in (await app.memory.graph(**as_ada)).entities}
    assert (await app.memory.places(**as_ada))[named["Anna"]] == (40.0, -7)
    await app.memory.unplace(**as_ada)
    assert await app.memory.places(**as_ada) == {}
    await app.memory.place({named["Anna"]: (3, 3)}, **as_ada)
    await app.memory.forget_everything(**as_ada)
    assert app.ledger.documents.list("places", app.keyring.pseudonym("ada")) == []
