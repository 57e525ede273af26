"""Whether the prompt holds what matters of a person to what they ask, and lacks what does not.

    python -m benchmarks.personalize [--data FILE] [--json OUT]

FILE (else tests/data/personalization.yaml) lists people, requests, and what each prompt must hold and lack, by hand. What
is known of a person is learned through the real door, and the prompt is composed as for a capable model.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from agent.adapting import Adapting
from agent.context import compose
from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Message
from agent.wiring import App, open_app
from memory.records import Draft, Recollection, Utterance
from memory.relations import sentence_of
from privacy.identity import Principal, Scope

DATA = Path(__file__).parents[1] / "tests" / "data" / "personalization.yaml"


def read(path: Path = DATA) -> dict[str, Any]:
    lists: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return lists


def line(trait: dict[str, Any]) -> str:
    """The sentence that a prompt holds of a trait."""
    if "fact" in trait:
        return sentence_of("user", *trait["fact"])
    if "expertise" in trait:
        level, topic = trait["expertise"]
        return f"The user is {'an' if level == 'expert' else 'a'} {level} in {topic}."
    if "taste" in trait:
        value, polarity = trait["taste"]
        return sentence_of(trait.get("of", "user"), polarity, value)
    return str(trait["always"])


def draft(trait: dict[str, Any], episode: str, quote: str) -> Draft:
    shared = {"text": line(trait), "episode": episode, "quote": quote, "subject": trait.get("of", "user")}
    if "fact" in trait:
        return Draft(kind="fact", relation=trait["fact"][0], object=trait["fact"][1], **shared)
    if "expertise" in trait:
        level, topic = trait["expertise"]
        return Draft(kind="preference", aspect="expertise", object=level, scope=topic, **shared)
    if "taste" in trait:
        value, polarity = trait["taste"]
        return Draft(kind="preference", aspect="taste", object=value, polarity=polarity, **shared)
    return Draft(kind="preference", aspect=trait["wish"][0], object=trait["wish"][1], **shared)


async def wrong_for(app: App, number: int, lists: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What is missing from the prompts of one person, and what should not be there."""
    me = {"scope": Scope(f"person {number}"), "by": Principal(f"person {number}")}
    traits = [lists["traits"][name] for name in lists["people"][number]]
    said = await app.memory.remember([Utterance(text=line(trait)) for trait in traits], **me)
    drafts = [draft(trait, one.id, one.text) for trait, one in zip(traits, said, strict=True)]
    assert len(await app.memory.learn(drafts, **me)) == len(traits)
    adapting, wrong = Adapting(app.memory, app.embedder), list[tuple[str, str, str]]()
    for name, request in lists["requests"].items():
        adapted = await adapting.adapt(request, capable=True, **me)
        sent = compose(
            Recollection(question=request), [Message("user", request)], adapted.style, (), adapted.traits
        )
        prompt = sent.parts[0].text
        for trait in traits:
            wanted = "always" in trait or name in trait.get("holds", ())
            unwanted = name in trait.get("lacks", ())
            if (wanted and line(trait) not in prompt) or (unwanted and line(trait) in prompt):
                wrong.append((name, line(trait), "is missing" if wanted else "is there"))
    return wrong


async def measured(lists: dict[str, Any]) -> dict[int, list[tuple[str, str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = Settings(home=home / "home", config_home=home / "config", masking=False)
        app = await open_app(settings, model=ScriptedModel())
        try:
            return {number: await wrong_for(app, number, lists) for number in range(len(lists["people"]))}
        finally:
            await app.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    lists = read(given.data)
    wrong = asyncio.run(measured(lists))
    prompts = len(lists["people"]) * len(lists["requests"])
    spoiled = {(number, request) for number, found in wrong.items() for request, _, _ in found}
    table = Table("person", "request", "line", "", box=None)
    for number, found in wrong.items():
        for request, said, what in found:
            table.add_row(str(number), request, said, what)
    if spoiled:
        Console().print(table)
    Console().print(f"{prompts - len(spoiled)} of {prompts} prompts hold and lack all that they should")
    if given.json:
        given.json.write_text(json.dumps({"prompts": prompts, "wrong": wrong}, indent=1))


if __name__ == "__main__":
    main()
