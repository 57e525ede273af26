"""Whether recurring success is found: twenty planted histories, each with a form that its person likes and never names.

    keepsake bench planted [--seed N] [--json OUT]

In each history three answers to questions of one kind share a form and are praised; other answers are plain, some
praised too. Found: the form became a procedure. Used: it is in the prompt of a fourth question of the kind.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

# the folder of this program holds a privacy.py that is not the package
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(folder for folder in sys.path if Path(folder or ".").resolve() != HERE)]

from rich.console import Console  # noqa: E402
from rich.progress import track  # noqa: E402

from agent.models.scripted import ScriptedModel  # noqa: E402
from agent.settings import Settings  # noqa: E402
from agent.turns import Finished, Message, Reference, Turn  # noqa: E402
from agent.wiring import App, open_app  # noqa: E402
from privacy.identity import Principal, Scope  # noqa: E402

FORMS = {
    "bullet": "- the first\n- the second\n- the third",
    "numbered": "1. this\n2. that\n3. the rest",
    "table": "| what | how |\n|---|---|\n| one | two |",
    "headings": "# First\nThis.\n# Second\nThat.",
    "code": "Like so:\n```\nprint(1)\n```",
}
KINDS = (
    ("What should I pack for {}?", ("a weekend in Rome", "a week in Norway", "three days at the sea", "a hike in the Alps")),
    ("Compare {} for me.", ("tea and coffee", "trains and planes", "cats and dogs", "gas and electric stoves")),
    ("How do I look after {}?", ("an orchid", "a cactus", "a bonsai tree", "a lemon tree")),
    ("Plan {} for eight guests.", ("a garden party", "a birthday dinner", "a brunch", "a barbecue")),
    ("Write a shopping list for {}.", ("a barbecue", "a week of lunches", "a Sunday brunch", "a picnic")),
    ("What are the rules of {}?", ("chess", "draughts", "backgammon", "bridge")),
    ("Who were {}?", ("the Vikings", "the Etruscans", "the Phoenicians", "the Normans")),
    ("How do I learn {}?", ("Italian", "Polish", "Japanese", "Portuguese")),
    ("What does the body do with {}?", ("sugar", "fat", "alcohol", "protein")),
    ("Name good exercises for {}.", ("a stiff neck", "weak knees", "a sore back", "tight shoulders")),
)  # fmt: skip
PLAIN = ("Good evening.", "It is windy today.", "My brother has a new job.", "I am reading a thriller.")


async def history(app: App, model: ScriptedModel, number: int, rng: random.Random) -> dict[str, Any]:
    """One person's history, and what came of it."""
    form, shape = list(FORMS.items())[number % len(FORMS)]
    kind, things = KINDS[number % len(KINDS)]
    me = {"scope": Scope(f"p{number}"), "by": Principal(f"p{number}")}
    turns = [(kind.format(thing), shape, "Perfect, thanks.") for thing in things[:3]]
    turns += [(text, "That is so.", rng.choice(["Thank you.", ""])) for text in PLAIN]
    rng.shuffle(turns)
    for n, (text, answer, praise) in enumerate(turns):
        past = await _say(app, model, me, f"{number}-{n}", text, answer, ())
        if praise:
            await _say(app, model, me, f"{number}-{n}", praise, "You are welcome.", past)
    known = list((await app.procedures.known(**me)).values())
    found = [memory for memory in known if form in memory.rule]
    drawn = [await app.procedures.select(kind.format(things[3]), **me) for _ in range(10)]
    used = sum(any(form in a.memory.rule for a in selection.applied) for selection in drawn)
    return {
        "form": form,
        "kind": kind,
        "found": bool(found),
        "used": used >= 7,
        "spurious": len(known) - len(found),
    }


async def _say(
    app: App,
    model: ScriptedModel,
    me: dict[str, Any],
    thread: str,
    text: str,
    answer: str,
    past: tuple[Message, ...],
) -> tuple[Message, ...]:
    model.add(answer)
    turn = Turn(principal=me["by"], scope=me["scope"], thread=thread, text=text, history=past)
    *_, finished = [event async for event in app.assistant.reply(turn)]
    assert isinstance(finished, Finished)
    await app.worker.drain()
    heard, said = finished.remembered
    return (
        *past,
        Message("user", text, Reference(heard, 1)),
        Message("assistant", answer, Reference(said, 1)),
    )


async def run(seed: int) -> list[dict[str, Any]]:
    rng, model = random.Random(seed), ScriptedModel()
    with tempfile.TemporaryDirectory(prefix="keepsake-bench-") as home:
        settings = Settings(
            home=Path(home, "data"), config_home=Path(home, "config"), masking=False, sensitive="keep"
        )
        app = await open_app(settings, model=model, rng=random.Random(seed + 1))
        try:
            numbers = track(range(20), description="histories", console=Console(stderr=True))
            return [await history(app, model, number, rng) for number in numbers]
        finally:
            await app.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    results = asyncio.run(run(arguments.seed))
    console = Console()
    for result in results:
        console.print(
            f"{result['form']:9} {result['kind']:34} found {result['found']}, used {result['used']}",
            markup=False,
        )
    found, used, spurious = (
        sum(result[name] for result in results) for name in ("found", "used", "spurious")
    )
    console.print(f"seed {arguments.seed}: found {found} of 20, used {used}, others {spurious}")
    if arguments.json:
        arguments.json.write_text(json.dumps({"seed": arguments.seed, "results": results}, indent=1))


if __name__ == "__main__":
    main()
