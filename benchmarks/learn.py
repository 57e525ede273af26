"""How well a person's habits are learned from what they say about answers.

    keepsake bench learn [--seed N ...] [--conversations N] [--no-mask] [--json OUT] [--no-learning]

A simulated person (`benchmarks/simulated/person.py`) with twelve habits talks with the real assistant; an obedient scripted model
answers with whatever its prompt asks for. From conversation 60 on it is counted how often the right rule was in the
prompt where its habit applied, and where it did not. At 60 % of the way one stated habit turns sour: its person does not
want it any more and never says so. It is counted in how many uses it is retired.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

# the folder of this program holds a privacy.py that is not the package
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(folder for folder in sys.path if Path(folder or ".").resolve() != HERE)]

from agent.models.port import Place, Request  # noqa: E402
from agent.settings import Settings  # noqa: E402
from agent.turns import Finished, Message, Reference, Turn  # noqa: E402
from agent.wiring import App, open_app  # noqa: E402
from benchmarks.simulated import person as people  # noqa: E402
from benchmarks.simulated.person import HABITS, Habit, Person  # noqa: E402
from privacy.identity import Principal, Scope  # noqa: E402

WARM_UP = 60
SOURS_AT = 0.6
WAYS = re.compile(r"^--- ways\n(.*?)\n--- end of ways$", re.DOTALL | re.MULTILINE)


class Obedient:
    """Says what its prompt asks for. It knows what was asked, and nothing of the person."""

    name, capable = "obedient", True
    place: Place = "scripted"

    def __init__(self) -> None:
        self.request = people.Request("", None)
        self.told: list[str] = []

    async def stream(self, request: Request) -> AsyncIterator[str]:
        ways = WAYS.search(request.messages[0].text)
        self.told = ways[1].splitlines() if ways else []
        yield people.answer(self.request, self.told)

    async def complete(self, request: Request) -> object:
        raise AssertionError("Nothing is asked of this model but talk.")

    async def warm(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class Counts:
    """What was seen from conversation 60 on."""

    applies: int = 0
    right: int = 0
    elsewhere: int = 0
    wrong: int = 0
    turns: int = 0
    turns_with_wrong: int = 0
    pleased: int = 0
    by_habit: dict[str, list[int]] = field(default_factory=dict)

    def see(self, request: people.Request, told: list[str], answer: str, soured: frozenset[str]) -> None:
        wrong_here = False
        for habit in HABITS:
            if habit.name in soured:
                continue
            there = any(re.search(habit.sign, line, re.IGNORECASE) for line in told)
            if habit is request.habit:
                seen = self.by_habit.setdefault(habit.name, [0, 0])
                self.applies, self.right = self.applies + 1, self.right + there
                self.by_habit[habit.name] = [seen[0] + there, seen[1] + 1]
            else:
                self.elsewhere, self.wrong = self.elsewhere + 1, self.wrong + there
                wrong_here = wrong_here or there
        self.turns += 1
        self.turns_with_wrong += wrong_here
        wanted = request.habit
        extra = any(h.done in answer for h in HABITS if h is not wanted)
        missed = wanted is not None and wanted.name not in soured and wanted.done not in answer
        self.pleased += not extra and not missed


@dataclass(slots=True)
class Talk:
    """One conversation with the assistant as it goes."""

    app: App
    model: Obedient
    thread: str
    me: dict[str, Any]
    learning: bool
    past: tuple[Message, ...] = ()

    async def say(self, text: str) -> Finished:
        mode = "remember" if self.learning else "dont_learn"
        turn = Turn(**self.me, thread=self.thread, text=text, history=self.past, mode=mode)
        *_, finished = [event async for event in self.app.assistant.reply(turn)]
        assert isinstance(finished, Finished)
        kept = [*(Reference(memory, 1) for memory in finished.remembered), None, None]
        exchange = (Message("user", text, kept[0]), Message("assistant", finished.text, kept[1]))
        self.past = (*self.past, *exchange)[-20:]
        await self.app.worker.drain()
        return finished


async def run(arguments: argparse.Namespace, seed: int, progress: Progress) -> dict[str, Any]:
    rng, model, began = random.Random(seed), Obedient(), time.monotonic()
    person, counts = Person(rng), Counts()
    sour = rng.choice([habit for habit in HABITS if habit.channel == "stated"])
    uses_of_sour, retired_after = 0, None
    task = progress.add_task(f"seed {seed}", total=arguments.conversations)
    with tempfile.TemporaryDirectory(prefix="keepsake-bench-") as home:
        settings = Settings(
            home=Path(home, "data"),
            config_home=Path(home, "config"),
            masking=arguments.mask,
            sensitive="keep",
        )
        app = await open_app(settings, model=model, rng=random.Random(seed + 1))
        me = {"scope": Scope("robin"), "principal": Principal("robin")}
        try:
            for number in range(arguments.conversations):
                talk = Talk(app, model, f"c{number}", me, arguments.learning)
                if number == int(SOURS_AT * arguments.conversations):
                    person.soured = frozenset([sour.name])
                for request in person.conversation():
                    model.request = request
                    finished = await talk.say(request.text)
                    if number >= WARM_UP:
                        counts.see(request, model.told, finished.text, person.soured)
                    if arguments.trace:
                        _trace(request, model.told, progress)
                    if person.soured:
                        uses_of_sour += any(re.search(sour.sign, line, re.IGNORECASE) for line in model.told)
                    reaction = person.reaction(request, finished.text)
                    if arguments.trace and reaction != people.Reaction():
                        progress.console.print(f"      {reaction}", style="dim")
                    if reaction.thumb is not None and arguments.learning:
                        await app.learning.thumb(
                            finished.receipt, reaction.thumb, reaction.comment,
                            scope=me["scope"], by=me["principal"], thread=talk.thread,
                        )  # fmt: skip
                        await app.worker.drain()
                    if reaction.says:
                        model.request = people.Request(reaction.says, None)
                        await talk.say(reaction.says)
                    if person.soured and retired_after is None and await _gone(app, sour, me):
                        retired_after = uses_of_sour
                progress.advance(task)
            kept = await app.procedures.known(scope=me["scope"], by=me["principal"])
            tallies = await app.outcomes.tallies(scope=me["scope"], by=me["principal"])
            if arguments.trace:
                for memory in kept.values():
                    tally = tallies.get(memory.id)
                    numbers = tally and (tally.helpful, tally.harmful, tally.wanted)
                    progress.console.print(
                        f"{memory.status:8} {memory.learned:11} {memory.text} {numbers}", markup=False
                    )
        finally:
            await app.aclose()
    return {
        "seed": seed,
        "sour": sour.name,
        "right": counts.right / max(1, counts.applies),
        "wrong": counts.wrong / max(1, counts.elsewhere),
        "turns_with_wrong": counts.turns_with_wrong / max(1, counts.turns),
        "pleased": counts.pleased / max(1, counts.turns),
        "retired_after": retired_after,
        "uses_of_sour": uses_of_sour,
        "procedures": len(kept),
        "by_habit": dict(sorted(counts.by_habit.items())),
        "seconds": round(time.monotonic() - began),
    }


async def _gone(app: App, sour: Habit, me: dict[str, Any]) -> bool:
    known = await app.procedures.known(scope=me["scope"], by=me["principal"])
    said = [m for m in known.values() if re.search(sour.sign, m.text, re.IGNORECASE)]
    return bool(said) and all(m.status == "retired" for m in said)


def _trace(request: people.Request, told: list[str], progress: Progress) -> None:
    name = request.habit.name if request.habit else "-"
    progress.console.print(f"{request.text}  [{name}] {told}", markup=False)


def show(results: list[dict[str, Any]], console: Console) -> None:
    names = ("right", "wrong", "turns_with_wrong", "pleased", "retired_after", "procedures", "seconds")
    table = Table("seed", *names, title="Habits learned, from conversation 60 on")
    for result in results:
        cells = [f"{v:.3f}" if isinstance(v := result[n], float) else str(v) for n in names]
        table.add_row(str(result["seed"]), *cells)
    console.print(table)
    by_habit: dict[str, list[int]] = {}
    for result in results:
        for name, (right, all_) in result["by_habit"].items():
            before = by_habit.get(name, [0, 0])
            by_habit[name] = [before[0] + right, before[1] + all_]
    for habit in HABITS:
        right, all_ = by_habit.get(habit.name, [0, 0])
        console.print(f"{habit.name:38} {habit.channel:10} {right}/{all_}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--no-mask", dest="mask", action="store_false")
    parser.add_argument("--no-learning", dest="learning", action="store_false", help="the baseline")
    parser.add_argument("--trace", action="store_true", help="print every turn")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    console = Console()
    with Progress(console=Console(stderr=True)) as progress:
        results = [asyncio.run(run(arguments, seed, progress)) for seed in arguments.seed]
    show(results, console)
    if arguments.json:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        arguments.json.write_text(
            json.dumps({"at": at, "learning": arguments.learning, "results": results}, indent=1)
        )


if __name__ == "__main__":
    main()
