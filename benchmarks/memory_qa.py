"""How well embedded mode answers about a person: said in one conversation, asked in another, through the whole app.

    python -m benchmarks.memory_qa --data FILE [--json OUT] [--quiet]

FILE has one item a line: `said` (messages in order), `ask`, `expect` (right if the answer holds any of them), `wrong`
(wrong if it holds any of these), `absent` (right only if the answer is that nothing is known yet). `facts`, `question`,
`answer`, `not` and a `kind` of "never" say the same in other words. Every item is an owner of their own. A line of
`messages` and `asked` (items without `facts`) is one person who says all of it once and asks much. Prints the figures and
what was missed; with --quiet the figures alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Finished, Recalled, Said, Turn
from agent.wiring import App, open_app
from agent.wording import WORDINGS
from privacy.identity import Principal, Scope

UNKNOWN = WORDINGS["en"].unknown
SMALL_TALK = "How nice to talk with you."
VERDICTS = ("right", "wrong", "unknown", "missed", "not asked for")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item, what was answered, and what that is worth."""

    item: dict[str, Any]
    answer: str
    verdict: str
    seconds: float  # from what was recalled to the answer


def verdict(item: dict[str, Any], answer: str) -> str:
    """Wrong: something false about the person. Missed: a quotation, but not of the answer.

    >>> item = {"expect": ["Ghent"], "wrong": ["Madrid"], "absent": False}
    >>> verdict(item, "You told me: “I live in Ghent”"), verdict(item, "You told me: “Rui is in Madrid”")
    ('right', 'wrong')

    A figure is no part of a longer one: a dose of 20 mg is not said by a date in 2026.

    >>> verdict({"expect": ["40"], "wrong": ["20"], "absent": False}, "You told me on 9 May 2026: “40 mg”")
    'right'
    """
    if any(_holds(answer, words) for words in item["wrong"]):
        return "wrong"
    if item["absent"]:
        return "right" if answer == UNKNOWN else "not asked for"
    if any(_holds(answer, words) for words in item["expect"]):
        return "right"
    return "unknown" if answer == UNKNOWN else "missed"


def _holds(answer: str, words: str) -> bool:
    words = words.casefold()
    before = r"(?<!\d)" if words[:1].isdigit() else ""
    after = r"(?!\d)" if words[-1:].isdigit() else ""
    return re.search(before + re.escape(words) + after, answer.casefold()) is not None


class Clock:
    """Time that passes only when somebody says something."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 3, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def outcomes(items: Iterable[dict[str, Any]], home: Path) -> list[Outcome]:
    """Every item said and asked in one app, with a model that cannot read notes."""
    clock, items = Clock(), list(items)
    people = {item.get("person", item["id"]): item["said"] for item in items}
    model = ScriptedModel([SMALL_TALK] * (sum(map(len, people.values())) + len(items)), capable=False)
    app = await open_app(
        Settings(home=home / "home", config_home=home / "config", sensitive="keep"), clock=clock, model=model
    )
    try:
        await app.warm()
        found: list[Outcome] = []
        for item in track(items, console=Console(stderr=True)):
            person = item.get("person", item["id"])
            await _tell(app, clock, person, people.pop(person, ()))
            found.append(await _outcome(app, clock, person, item))
        return found
    finally:
        await app.aclose()


async def _tell(app: App, clock: Clock, person: str, messages: Iterable[str]) -> None:
    for text in messages:
        clock.now += timedelta(minutes=1)
        await _say(app, person, "then", text)
    clock.now += timedelta(days=1)


async def _outcome(app: App, clock: Clock, person: str, item: dict[str, Any]) -> Outcome:
    clock.now += timedelta(minutes=1)
    answer, seconds = await _say(app, person, f"now/{item['id']}", item["ask"])
    return Outcome(item, answer, verdict(item, answer), seconds)


async def _say(app: App, person: str, thread: str, text: str) -> tuple[str, float]:
    turn = Turn(principal=Principal(person), scope=Scope(person), thread=f"{person}/{thread}", text=text)
    answer, recalled, answered = "", 0.0, 0.0
    async for event in app.assistant.reply(turn):
        match event:
            case Recalled():
                recalled = time.perf_counter()
            case Finished():
                answer = event.text
            case Said():
                answered = answered or time.perf_counter()
    return answer, answered - recalled


def read(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            item = json.loads(line)
            for asked in item.get("asked", (item,)):
                of_person = (
                    {"facts": item["messages"], "person": f"person {number}"} if asked is not item else {}
                )
                yield _in_our_words(asked | of_person)


def _in_our_words(item: dict[str, Any]) -> dict[str, Any]:
    if "facts" not in item:
        return item
    absent = item["kind"] == "never"
    return {
        "id": item["id"], "said": item["facts"], "ask": item["question"], "absent": absent,
        "expect": [] if absent else item["answer"], "wrong": item["not"], "person": item.get("person", item["id"]),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quiet", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="keepsake-qa-") as folder:
        found = asyncio.run(outcomes(read(arguments.data), Path(folder)))
    counts = Counter(outcome.verdict for outcome in found)
    figures = {
        "items": len(found),
        **{verdict: counts[verdict] for verdict in VERDICTS},
        "share right": round(counts["right"] / len(found), 3),
        "ms to answer, median": round(1000 * statistics.median(o.seconds for o in found), 1),
        "ms to answer, longest": round(1000 * max(o.seconds for o in found), 1),
    }
    console = Console(highlight=False)
    for outcome in found if not arguments.quiet else ():
        if outcome.verdict != "right":
            console.print(f"{outcome.verdict}: {outcome.item['id']} {outcome.item['ask']}", markup=False)
            console.print(f"    {outcome.answer}", markup=False)
    for name, figure in figures.items():
        console.print(f"{name:24}{figure}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
