"""What is left of talk in which nothing is said: filler, the assistant's words given back, and the same fact recalled.

    keepsake bench junk [--turns N] [--rounds N] [--seed N] [--json OUT]

Junk: N turns (1,000) of small talk, requests, questions, pasted text and answers of the assistant that come back as
messages; memories beyond the episodes are counted. Echo: one fact is said and asked for in N rounds (50), each answer
quoting it; the facts are counted. Everything goes through the whole app.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import get_args

# the folder of this program holds a privacy.py that is not the package
HERE = Path(__file__).resolve().parent
sys.path[:] = [str(HERE.parent), *(folder for folder in sys.path if Path(folder or ".").resolve() != HERE)]

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from agent.models.scripted import ScriptedModel  # noqa: E402
from agent.settings import Settings  # noqa: E402
from agent.turns import Turn  # noqa: E402
from agent.wiring import App, open_app  # noqa: E402
from memory.records import Kind, Utterance  # noqa: E402
from privacy.identity import Principal, Scope  # noqa: E402

THINGS = (
    "the moon", "a kettle", "this recipe", "the printer", "a spreadsheet", "an old map", "the second paragraph", "a bicycle pump",
    "the French Revolution", "a lighthouse", "the weather", "a password", "the last answer", "a crossword", "the invoice", "a sonnet",
    "the oven", "a river", "the meeting", "an umbrella", "the driver update", "a comet", "the tax form", "a suitcase", "that film",
)  # fmt: skip
FILLER = (
    "Hello again.", "Good morning!", "ok thanks", "haha fair enough", "Right, that makes sense.", "Hmm, not sure about {}.", "brb, kettle is on",
    "What is {}?", "How does {} work?", "Can you explain {} to me?", "Tell me about {}.", "Write a short poem about {}.", "Is {} dangerous?",
    "I'm just looking at {}.", "I was thinking about {} yesterday.", "Let me try {} again.", "I can't find {} anywhere.", "I think {} is broken.",
    "I wonder whether {} matters.", "Never mind {}, it's fine now.", "I don't understand {}.", "I need help with {}.", "I'm back, where were we with {}?",
    "If I had {}, what would I do first?", "Imagine I lived inside {}.", "My colleague asked about {}.", "They say {} is overrated.",
    "Somebody on the bus talked about {}.", "Translate this: 'I live in Rome and I love {}.'", "She said: \"I am allergic to {}.\"",
    "Sure, I simply adore {}. Said nobody ever.", "I got an error with {}.", "I'm waiting for {}.", "It's raining here.", "That was quick!",
    "You got {} wrong.", "No, I meant {}.", "What would you do with {}?", "Give me three facts about {}.", "Summarise {} in one line.",
    "I have a question about {}.", "I'm tired today.", "I'll look at {} later.", "Let's go on with {}.", "Great, one more about {}.",
    "print('I love {}')", "git commit -m 'fix {}'", "lol", "see you tomorrow", "Could you repeat that about {}?",
)  # fmt: skip
ANSWERS = (
    "I love helping with {}. I live for questions like this one.", "I am a language model and I enjoy talking about {}.",
    "My favourite thing about {} is how simple it is.", "I prefer to begin with {}, then go on.", "I have two ideas about {}, and I like both.",
    "You could keep {} in the kitchen. I always do that.", "I work with many people on {}.", "We have a saying about {}: less is more.",
)  # fmt: skip
ADA, AS_ADA = Scope("ada"), Principal("ada")


def turns(count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Speaker and words; of each ten turns three are the assistant's and two are its words come back."""
    said: list[tuple[str, str]] = []
    while len(said) < count:
        answer = rng.choice(ANSWERS).format(rng.choice(THINGS))
        back = rng.choice((answer, f"So you say: {answer}", f'You wrote "{answer}"', answer.lower()))
        said += [
            ("user", rng.choice(FILLER).format(rng.choice(THINGS))),
            ("assistant", answer),
            ("user", back),
        ]
        said += [("user", rng.choice(FILLER).format(rng.choice(THINGS))) for _ in range(3)]
    return said[:count]


async def learned(app: App) -> list[str]:
    """All that is remembered beyond the episodes, kind by kind: one page would show the newest turns only."""
    found: list[str] = []
    for kind in get_args(Kind):
        if kind != "episode":
            page = await app.memory.browse(scope=ADA, by=AS_ADA, kind=kind, limit=500)
            found += [memory.text for memory in page.memories]
    return found


async def junk(app: App, count: int, rng: random.Random) -> list[str]:
    """What was learned from turns that say nothing of the person."""
    said = [Utterance(text=text, speaker=speaker) for speaker, text in turns(count, rng)]
    for first in range(0, len(said), 50):
        await app.memory.remember(said[first : first + 50], scope=ADA, by=AS_ADA)
        app.worker.nudge(ADA, AS_ADA)
        await app.worker.drain()
    return await learned(app)


async def echo(app: App, rounds: int) -> list[str]:
    """What is known after one fact was said once and asked for again and again."""
    for text in ("I live in Ghent.", *["Where do I live?"] * rounds):
        turn = Turn(principal=AS_ADA, scope=ADA, thread="ada/echo", text=text)
        async for _ in app.assistant.reply(turn):
            pass
        await app.worker.drain()
    return await learned(app)


async def opened(home: Path) -> App:
    model = ScriptedModel(["How nice to talk with you."] * 200, capable=False)
    return await open_app(
        Settings(home=home / "home", config_home=home / "config", sensitive="keep"), model=model
    )


async def measured(count: int, rounds: int, seed: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in ("junk", "echo"):
        with tempfile.TemporaryDirectory(prefix="keepsake-junk-") as folder:
            app = await opened(Path(folder))
            try:
                found[name] = await (
                    junk(app, count, random.Random(seed)) if name == "junk" else echo(app, rounds)
                )
            finally:
                await app.aclose()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    found = asyncio.run(measured(arguments.turns, arguments.rounds, arguments.seed))
    console = Console(highlight=False)
    table = Table("what", "turns", "wanted", "left beyond episodes")
    table.add_row("junk", str(arguments.turns), "at most 5", str(len(found["junk"])))
    table.add_row("echo", str(arguments.rounds), "1", str(len(found["echo"])))
    console.print(table)
    for name, texts in found.items():
        for text in texts:
            console.print(f"{name}: {text}", markup=False)
    if arguments.json:
        arguments.json.write_text(json.dumps({"seed": arguments.seed, **found}, indent=1))


if __name__ == "__main__":
    main()
