"""Several people at once on one app, who write down what they were promised, until somebody kills the process."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.errors import BadInput
from memory.records import Draft, Utterance
from privacy.identity import Principal, Scope
from tests.kit.forking import hosts_are_forked

PEOPLE = ("ada", "bob", "cleo", "dan")


def crowd(folder: str, notes: str, seed: int) -> None:
    """Remember, learn, forget and undo as fast as it goes. It never returns: it is killed.

    Its host is forked by the forker of whoever started it: else each would import for seconds what a host needs.
    """
    hosts_are_forked()
    asyncio.run(_crowd(Path(folder), Path(notes), random.Random(seed)))


async def _crowd(folder: Path, notes: Path, rng: random.Random) -> None:
    settings = Settings(home=folder / "home", config_home=folder / "config", masking=False)
    app = await open_app(settings, model=ScriptedModel())
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(what: str, person: str, memory: str, text: str = "") -> None:
        os.write(handle, f"{what}\t{person}\t{memory}\t{text}\n".encode())

    await asyncio.gather(*(_one(app, person, note, random.Random(rng.random())) for person in PEOPLE))


async def _one(app: App, person: str, note, rng: random.Random) -> None:
    who = {"scope": Scope(person), "by": Principal(person)}
    # also what an earlier process remembered can be forgotten
    mine = [memory.id for memory in (await app.memory.browse(kind="episode", limit=20, **who)).memories]
    for number in range(100_000):
        said = [f"I saw bird {number} of {rng.randrange(10**9)}." for _ in range(rng.choice((1, 1, 3)))]
        for shown in await app.memory.remember([Utterance(text=text) for text in said], **who):
            note("kept", person, shown.id, shown.text)
            mine.append(shown.id)
        match rng.randrange(6):
            case 0:
                await _learn(app, person, mine[-1], said[-1], note)
            case 1 | 2 | 3 if len(mine) > 3:
                await _forget(
                    app, person, mine.pop(rng.randrange(len(mine))), note, now=rng.random() < 0.5, rng=rng
                )


async def _learn(app: App, person: str, episode: str, said: str, note) -> None:
    fact = Draft(
        kind="fact", text=f"The user: {said}", episode=episode, quote=said, relation="saw", object=said
    )
    who = {"scope": Scope(person), "by": Principal(person)}
    for shown in await app.memory.learn([fact], **who):
        note("kept", person, shown.id, shown.text)


async def _forget(app: App, person: str, memory: str, note, *, now: bool, rng: random.Random) -> None:
    """Facts of this memory go with it: what was asked is known for sure only when it was answered."""
    who = {"scope": Scope(person), "by": Principal(person)}
    reach = [
        m.id for m in (await app.memory.browse(limit=500, **who)).memories if memory in (m.id, *m.sources)
    ]
    for going in reach:
        note("asked", person, going)
    done = await app.memory.forget([memory], now=now, **who)
    assert set(done.memories) == set(reach)
    for gone in done.memories:
        note("forgotten", person, gone)
    if not now and rng.random() < 0.3:
        for gone in done.memories:
            note("asked", person, gone)
        try:
            await app.memory.undo(done.id, **who)
        except BadInput:
            return  # too late on a slow machine: then it stays forgotten
        for back in done.memories:
            note("undone", person, back)
