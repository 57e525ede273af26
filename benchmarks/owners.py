"""Three people at once, in any order, against a plain model of who may see what: keepsake bench owners [--examples 5000] [--steps 12].

They say, forget, undo, share, revoke, recall and reach for what is not theirs. After each step everybody must see what
is theirs or shared with them, and nothing else. One app and one index for all; its people are new in each example.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import uuid
from pathlib import Path

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
from memory.records import Utterance
from privacy.errors import Forbidden, KeepsakeError
from privacy.identity import Principal, Scope

THREE = st.sampled_from(range(3))
TOPICS = ("boat", "garden", "violin")


class Three(RuleBasedStateMachine):
    """One app for all examples; its people are new in each."""

    app = None
    run = None
    played = 0

    @initialize()
    def somebody_new(self):
        Three.played += 1
        if Three.played % 50 == 0:
            print(f"{Three.played} examples", file=sys.stderr)
        self.names = [f"{n}-{uuid.uuid4().hex[:8]}" for n in ("ada", "bob", "eve")]
        self.said: list[dict[str, str]] = [{}, {}, {}]  # by owner: id -> text
        self.hidden: list[tuple[int, str, dict[str, str]]] = []  # what can be brought back
        self.grants: list[tuple[str, int, int, str]] = []  # id, owner, reader, topic

    def me(self, n):
        return {"scope": Scope(self.names[n]), "by": Principal(self.names[n])}

    def through(self, owner, reader):
        return {"scope": Scope(self.names[owner]), "by": Principal(self.names[reader])}

    @rule(n=THREE, topic=st.sampled_from(TOPICS), word=st.integers(0, 999))
    def says(self, n, topic, word):
        text = f"The {topic} number {word} is mine, says {n}."
        (kept,) = self.run(self.app.memory.remember(Utterance(text=text), **self.me(n)))
        self.said[n][kept.id] = text

    @precondition(lambda self: any(self.said))
    @rule(data=st.data(), now=st.booleans())
    def forgets(self, data, now):
        n, memory = data.draw(st.sampled_from([(n, m) for n, kept in enumerate(self.said) for m in kept]))
        done = self.run(self.app.memory.forget([memory], now=now, **self.me(n)))
        gone = {memory: self.said[n].pop(memory)}
        if not now:
            self.hidden.append((n, done.id, gone))

    @precondition(lambda self: self.hidden)
    @rule(data=st.data())
    def brings_back(self, data):
        n, forgetting, gone = self.hidden.pop(data.draw(st.sampled_from(range(len(self.hidden)))))
        try:
            self.run(self.app.memory.undo(forgetting, **self.me(n)))
        except KeepsakeError:
            return  # ten seconds are over on a slow machine
        self.said[n] |= gone

    @precondition(lambda self: any(self.said))
    @rule(data=st.data(), other=THREE)
    def reaches_for_what_is_not_theirs(self, data, other):
        n, memory = data.draw(st.sampled_from([(n, m) for n, kept in enumerate(self.said) for m in kept]))
        if other == n:
            return
        for work in (
            self.app.memory.get(memory, **self.me(other)),
            self.app.memory.forget([memory], **self.me(other)),
            self.app.memory.forget([memory], **self.through(n, other)),
            self.app.sharing.share(self.names[other], **self.through(n, other)),
        ):
            try:
                self.run(work)
            except KeepsakeError:
                continue
            raise AssertionError("somebody reached what is not theirs")

    @rule(owner=THREE, reader=THREE, topic=st.sampled_from(("", *TOPICS)))
    def shares(self, owner, reader, topic):
        if owner != reader:
            grant = self.run(self.app.sharing.share(self.names[reader], topic=topic, **self.me(owner)))
            self.grants.append((grant.id, owner, reader, topic))

    @precondition(lambda self: self.grants)
    @rule(data=st.data())
    def revokes(self, data):
        grant, owner, *_ = self.grants.pop(data.draw(st.sampled_from(range(len(self.grants)))))
        self.run(self.app.sharing.revoke(grant, **self.me(owner)))

    @rule(n=THREE, question=st.sampled_from(TOPICS))
    def recalls(self, n, question):
        found = self.run(self.app.memory.recall(question, **self.me(n)))
        assert {hit.memory.text for hit in found.hits} <= set(self.said[n].values())

    @invariant()
    def each_sees_what_is_theirs_or_shared(self):
        if not hasattr(self, "names"):
            return
        for owner in range(3):
            for reader in range(3):
                topics = [t for _, o, r, t in self.grants if (o, r) == (owner, reader)]
                expected = [
                    text
                    for text in self.said[owner].values()
                    if owner == reader or any(not t or t in text for t in topics)
                ]
                try:
                    page = self.run(self.app.memory.browse(limit=500, **self.through(owner, reader)))
                    seen = sorted(memory.text for memory in page.memories)
                except Forbidden:
                    seen = []
                assert seen == sorted(expected)


def play(examples: int, steps: int) -> None:
    """Raises AssertionError with the shortest story in which somebody saw too much or too little."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        chosen = Settings(
            home=Path(folder, "home"), config_home=Path(folder, "config"), masking=False, sensitive="keep"
        )
        Three.app, Three.run = runner.run(open_app(chosen, model=ScriptedModel())), staticmethod(runner.run)
        try:
            wanted = settings(
                max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            run_state_machine_as_test(Three, settings=wanted)
        finally:
            runner.run(Three.app.aclose())
            Three.app = Three.run = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=12)
    arguments = parser.parse_args()
    play(arguments.examples, arguments.steps)
    print(
        f"{arguments.examples} examples of up to {arguments.steps} steps: nobody saw too much or too little"
    )


if __name__ == "__main__":
    main()
