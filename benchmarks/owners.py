"""Three people at once, in any order, against a plain model of who may see what: keepsake bench owners [--examples 5000] [--steps 12].

They say, learn, edit, forget, undo, share (also for a while), revoke, recall and reach for what is not theirs; time passes
and is set back; in one example of ten they back up and restore, which opens the whole app anew. After each step everybody
must see what is theirs or shared with them (`expected`), and nothing else. One app and one index for twenty examples;
its people are new in each, its clock stands unless it is set, and its vectors cost nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.backup import restore
from memory.records import Draft, Utterance
from privacy.errors import Forbidden, KeepsakeError
from privacy.identity import Principal, Scope
from privacy.master_key import load_master_key

from .erasure import Drawn as Vectors
from .expected import Expected, Given, Kept

THREE = st.sampled_from(range(3))
TOPICS = ("boat", "garden", "violin")
WORDS = st.integers(0, 999)
NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
A_WHILE, A_JUMP = 5, (11, -60)  # seconds: a grant's life, and how the clock is set
TOGETHER = 20  # examples in one data directory: a rebuild makes the rotation of everybody in it


class Drawn(Vectors):
    """Short ones: each person's rotation costs the cube of their length, and nobody is found by them."""

    name, dimensions = "drawn-16", 16


DRILLS = 10  # one example of so many backs up and restores


class Place:
    """The data directory of so many examples, its app and its clock."""

    def __init__(self, folder: Path, run) -> None:
        self.folder = folder
        self.run = run
        self.now = 0
        self.settings = Settings(
            home=folder / "home", config_home=folder / "config", masking=False, sensitive="keep"
        )
        self.open()

    def open(self) -> None:
        self.app = self.run(
            open_app(self.settings, model=ScriptedModel(), embedder=Drawn(), clock=self.clock)
        )

    def close(self) -> None:
        self.run(self.app.aclose())

    def clock(self) -> datetime:
        return NOON + timedelta(seconds=self.now)

    def restore(self, backup: Path) -> None:
        self.close()
        master = load_master_key(given=None, path=self.settings.config_home / "master.key", data=True)
        try:
            restore(backup, self.settings.home, master, force=True)
        finally:
            self.open()


class Three(RuleBasedStateMachine):
    """Three new people. What the examples share is in the class."""

    new_place = None
    place = None
    run = None
    played = 0
    done: ClassVar = Counter()

    @initialize(drill=st.integers(1, DRILLS))
    def somebody_new(self, drill):
        if Three.place is None or Three.played % TOGETHER == 0:
            Three.new_place()
        Three.played += 1
        if Three.played % 50 == 0:
            print(f"{Three.played} examples, {time.process_time():.0f} s of the processor", file=sys.stderr)
        self.names = [f"{n}-{uuid.uuid4().hex[:8]}" for n in ("ada", "bob", "eve")]
        self.expected = Expected(now=self.place.now)
        self.backups = []
        self.drill = drill == DRILLS
        self.touched = set()  # whose memory is to be looked at

    @property
    def memory(self):
        return self.place.app.memory

    def me(self, n):
        return self.through(n, n)

    def through(self, owner, reader):
        return {"scope": Scope(self.names[owner]), "by": Principal(self.names[reader])}

    def did(self, what, *owners):
        Three.done[what] += 1
        self.touched |= set(owners)

    def kept(self, *, learned):
        """Who has what: messages, or what was learned."""
        return [
            (n, id)
            for n, kept in enumerate(self.expected.kept)
            for id, one in kept.items()
            if not learned or one.source
        ]

    # -- one's own -------------------------------------------------------------------------------

    def says_so(self, n, text):
        (kept,) = self.run(self.memory.remember(Utterance(text=text), **self.me(n)))
        self.expected.kept[n][kept.id] = Kept(text, text)
        return kept.id

    @rule(n=THREE, topic=st.sampled_from(TOPICS), word=WORDS)
    def says(self, n, topic, word):
        self.says_so(n, f"The {topic} number {word} is mine, says {n}.")
        self.did("says", n)

    @rule(n=THREE, topic=st.sampled_from(TOPICS), word=WORDS)
    def learns(self, n, topic, word):
        said = f"The {topic} is called Zefir{word}."
        message = self.says_so(n, said)
        draft = Draft(
            kind="fact", text=said, episode=message, quote=said, subject=topic, object=f"Zefir{word}"
        )
        for fact in self.run(self.memory.learn([draft], **self.me(n))):
            self.expected.kept[n][fact.id] = Kept(fact.text, f"{fact.text} {said}", message)
        self.did("learns", n)

    @precondition(lambda self: self.kept(learned=True))
    @rule(data=st.data(), word=WORDS)
    def edits(self, data, word):
        n, fact = data.draw(st.sampled_from(self.kept(learned=True)))
        right = self.run(self.memory.correct(fact, f"Boreas{word}", **self.me(n)))
        (message,) = right.sources
        said = self.run(self.memory.get(message, **self.me(n))).text
        assert f"Boreas{word}" in right.text
        assert f"Boreas{word}" in said
        self.expected.kept[n][message] = Kept(said, said)
        self.expected.kept[n][right.id] = Kept(right.text, f"{right.text} {said}", message)
        self.did("edits", n)

    @precondition(lambda self: self.kept(learned=False))
    @rule(data=st.data(), now=st.booleans())
    def forgets(self, data, now):
        n, memory = data.draw(st.sampled_from(self.kept(learned=False)))
        done = self.run(self.memory.forget([memory], now=now, **self.me(n)))
        assert set(done.memories) == set(self.expected.going(n, memory))
        self.expected.hides(n, memory, done.id, for_good=now)
        self.did("forgets", n)

    @precondition(lambda self: self.expected.hidden)
    @rule(data=st.data())
    def brings_back(self, data):
        hidden = data.draw(st.sampled_from(self.expected.hidden))
        self.run(self.memory.undo(hidden.forgetting, **self.me(hidden.owner)))
        self.expected.brings_back(hidden)
        self.did("brings back", hidden.owner)

    @rule(n=THREE, question=st.sampled_from(TOPICS))
    def recalls(self, n, question):
        found = self.run(self.memory.recall(question, **self.me(n)))
        assert {hit.memory.text for hit in found.hits} <= set(self.expected.seen(n, n))
        self.did("recalls")

    # -- others' -----------------------------------------------------------------------------------

    @precondition(lambda self: self.kept(learned=False))
    @rule(data=st.data(), other=THREE)
    def reaches_for_what_is_not_theirs(self, data, other):
        n, memory = data.draw(st.sampled_from(self.kept(learned=False)))
        if other == n:
            return
        for work in (
            self.memory.get(memory, **self.me(other)),
            self.memory.correct(memory, "mine", **self.me(other)),
            self.memory.forget([memory], **self.me(other)),
            self.memory.forget([memory], **self.through(n, other)),
            self.place.app.sharing.share(self.names[other], **self.through(n, other)),
        ):
            try:
                self.run(work)
            except KeepsakeError:
                continue
            raise AssertionError("somebody reached what is not theirs")
        self.did("reaches", n, other)

    @rule(owner=THREE, reader=THREE, topic=st.sampled_from(("", *TOPICS)), for_a_while=st.booleans())
    def shares(self, owner, reader, topic, for_a_while):
        if owner == reader:
            return
        expires = self.place.now + A_WHILE if for_a_while else None
        until = self.place.clock() + timedelta(seconds=A_WHILE) if for_a_while else None
        sharing = self.place.app.sharing
        grant = self.run(sharing.share(self.names[reader], topic=topic, expires_at=until, **self.me(owner)))
        self.expected.grants.append(Given(grant.id, owner, reader, topic, expires))
        self.did("shares", owner)

    @precondition(lambda self: self.expected.grants)
    @rule(data=st.data())
    def revokes(self, data):
        grant = data.draw(st.sampled_from(self.expected.grants))
        self.run(self.place.app.sharing.revoke(grant.id, **self.me(grant.owner)))
        self.expected.ends([grant])
        self.did("revokes", grant.owner)

    # -- everybody's -------------------------------------------------------------------------------

    @precondition(lambda self: self.expected.waits_for_time())
    @rule(jump=st.sampled_from(A_JUMP))
    def sets_the_clock(self, jump):
        self.place.now += jump
        self.run(self.memory.settle())  # what is due is destroyed
        self.expected.time_is(self.place.now)
        self.did("sets the clock", 0, 1, 2)

    @precondition(lambda self: self.drill and len(self.backups) < 2)
    @rule()
    def backs_up(self):
        folder = self.place.folder / uuid.uuid4().hex
        self.run(self.memory.back_up(folder))
        self.backups.append((folder, self.expected.backed_up()))
        self.did("backs up")

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restores(self, data):
        folder, then = data.draw(st.sampled_from(self.backups))
        self.place.restore(folder)
        self.run(self.memory.settle())
        self.run(self.memory.verify())
        self.expected.restored(then)
        self.did("restores", 0, 1, 2)

    @invariant()
    def each_sees_what_is_theirs_or_shared(self):
        for owner in sorted(getattr(self, "touched", ())):
            for reader, seen in enumerate(self.run(self.look(owner))):
                assert seen == self.expected.seen(owner, reader)
        self.touched = set()

    async def look(self, owner):
        async def texts(reader):
            try:
                page = await self.memory.browse(limit=500, **self.through(owner, reader))
            except Forbidden:
                return []
            return sorted(memory.text for memory in page.memories)

        return await asyncio.gather(*map(texts, range(3)))


def play(examples: int, steps: int) -> Counter[str]:
    """What was done how often. Raises AssertionError with the shortest story in which somebody saw too much or too little."""
    with asyncio.Runner() as runner:
        folders: list[tempfile.TemporaryDirectory[str]] = []

        def end() -> None:
            if Three.place is not None:
                Three.place.close()
                folders.pop().cleanup()
            Three.place = None

        def new_place() -> None:
            end()
            folders.append(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            Three.place = Place(Path(folders[-1].name), runner.run)

        Three.run, Three.new_place = staticmethod(runner.run), staticmethod(new_place)
        Three.played, Three.done = 0, Counter()
        try:
            wanted = settings(
                max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            run_state_machine_as_test(Three, settings=wanted)
        finally:
            end()
            Three.run = Three.new_place = None
    return Three.done


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=12)
    arguments = parser.parse_args()
    done = play(arguments.examples, arguments.steps)
    print(f"{Three.played} examples of up to {arguments.steps} steps: nobody saw too much or too little")
    print(", ".join(f"{what} {count}" for what, count in done.most_common()))


if __name__ == "__main__":
    main()
