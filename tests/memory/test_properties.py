"""What holds whatever is said, in whatever order: learning twice, forgetting, provenance, and a worker that dies."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.records import Shown, Utterance
from privacy.identity import Principal, Scope

pytestmark = pytest.mark.long

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
KINDS = ("episode", "fact", "preference", "procedure")
# independent of each other: no two speak of the same thing
SAID = (
    "I live in Lyon.",
    "My sister Carla lives in Oslo.",
    "I'm allergic to peanuts.",
    "I work as a nurse.",
    "I love hiking.",
    "My dog is called Rex.",
    "What a day.",
    "I was born in Ghent.",
)
SLOWLY = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
some = st.lists(st.sampled_from(SAID), min_size=3, max_size=6, unique=True)


async def opened(folder: str) -> App:
    home = Path(folder)
    return await open_app(
        Settings(home=home / "home", config_home=home / "config", masking=False), model=ScriptedModel()
    )


async def tell(app: App, texts: list[str]) -> None:
    for text in texts:
        await app.memory.remember(Utterance(text=text), **as_ada)
    app.worker.nudge(as_ada["scope"], as_ada["by"])
    await app.worker.drain()


async def everything(app: App) -> list[Shown]:
    return [m for kind in KINDS for m in (await app.memory.browse(kind=kind, limit=500, **as_ada)).memories]


def learned(memories: list[Shown]) -> set[tuple[str, str, str]]:
    return {(m.kind, m.text, m.status) for m in memories if m.kind != "episode"}


@given(texts=some)
@SLOWLY
def test_reading_twice_changes_nothing(texts: list[str]) -> None:
    """What was read from the beginning again, as after a crash before the bookmark moved, teaches nothing new."""

    async def twice() -> None:
        with tempfile.TemporaryDirectory() as folder:
            app = await opened(folder)
            try:
                await tell(app, texts)
                before = await everything(app)
                await app.memory.mark_distilled(as_ada["scope"], "")
                app.worker._read_to.clear()
                await tell(app, [])
                assert [(m.id, m.version) for m in await everything(app)] == [
                    (m.id, m.version) for m in before
                ]
            finally:
                await app.aclose()

    asyncio.run(twice())


@given(texts=some, data=st.data())
@SLOWLY
def test_the_order_of_independent_turns_does_not_matter(texts: list[str], data: st.DataObject) -> None:
    """Said in another order, the same is believed in the end."""

    async def both() -> None:
        found = []
        for order in (texts, data.draw(st.permutations(texts))):
            with tempfile.TemporaryDirectory() as folder:
                app = await opened(folder)
                try:
                    await tell(app, order)
                    found.append(learned(await everything(app)))
                finally:
                    await app.aclose()
        assert found[0] == found[1]

    asyncio.run(both())


@given(texts=some, data=st.data())
@SLOWLY
def test_what_is_forgotten_is_in_no_kind_and_nothing_outlives_its_source(
    texts: list[str], data: st.DataObject
) -> None:
    """Forget any memory: no kind, no view and no search holds it, and all that is left rests on something."""

    async def forgotten() -> None:
        with tempfile.TemporaryDirectory() as folder:
            app = await opened(folder)
            try:
                await tell(app, texts)
                memory = data.draw(st.sampled_from(sorted(await everything(app), key=lambda m: m.id)))
                done = await app.memory.forget([memory.id], now=True, **as_ada)
                left = await everything(app)
                ids = {m.id for m in left}
                assert not ids & set(done.memories)
                assert all(set(m.sources) <= ids for m in left if m.kind != "episode")
                assert all(m.quote for m in left if m.kind in ("fact", "preference"))
                graph = await app.memory.graph(**as_ada)
                assert {fact.id for fact in graph.facts} <= ids
                assert {id for c in graph.concluded for id in c.facts} <= ids
                told = [m.memory.id for s in await app.memory.timeline(**as_ada) for m in s.moments]
                traits = [t.memory.id for t in (await app.memory.profile(**as_ada)).traits]
                summary = [one.memory for one in (await app.memory.summary("default", **as_ada)).sentences]
                found = [h.memory.id for h in (await app.memory.recall(memory.text, limit=50, **as_ada)).hits]
                assert {*told, *traits, *summary, *found} <= ids
            finally:
                await app.aclose()

    asyncio.run(forgotten())


async def test_a_reader_that_dies_anywhere_loses_nothing_and_repeats_nothing(tmp_path) -> None:
    """Cut off before, between and after its writes and restarted, it has learned the same as one that was left alone."""
    with tempfile.TemporaryDirectory() as folder:
        app = await opened(folder)
        await tell(app, list(SAID))
        wanted = learned(await everything(app))
        await app.aclose()
    for steps in (1, 5, 25):
        folder = str(tmp_path / str(steps))
        app = await opened(folder)
        for text in SAID:
            await app.memory.remember(Utterance(text=text), **as_ada)
        app.worker.nudge(as_ada["scope"], as_ada["by"])
        for _ in range(steps):
            await asyncio.sleep(0.02)
        app.worker._task.cancel()  # as a process that ends in the middle
        await app.aclose()
        app = await opened(folder)
        await tell(app, [])
        memories = await everything(app)
        await app.aclose()
        assert learned(memories) == wanted, steps
        assert len([m for m in memories if m.kind != "episode"]) == len(wanted)
