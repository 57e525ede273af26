"""keepsake on the terminal. Heavy imports wait inside the commands, so that `keepsake version` is quick."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from memory.errors import BadInput
from privacy.errors import KeepsakeError

if TYPE_CHECKING:
    from agent.wiring import App

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, help="A chat assistant that remembers you, on your terms."
)
out = Console()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    try:
        cli()
    except KeepsakeError as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        sys.exit(1)


def _with_app(work: Callable[[App], Awaitable[None]]) -> None:
    from agent.settings import Settings
    from agent.wiring import open_app

    async def run() -> None:
        app = await open_app(Settings())  # type: ignore[call-arg]  # read from the environment
        try:
            await work(app)
        finally:
            await app.aclose()

    asyncio.run(run())


def _print_json(value: Any) -> None:
    out.print_json(json.dumps(value, default=str, ensure_ascii=False))


@cli.command()
def serve() -> None:
    """Serve the chat and the memory page."""
    from agent import assets
    from agent.settings import Settings

    from .server import serve as serve_web

    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    assets.fetch(settings.cache_home, out.print)
    serve_web(settings)


@cli.command()
def fetch() -> None:
    """Fetch the pinned model files."""
    from agent import assets
    from agent.settings import Settings

    assets.fetch(Settings().cache_home, out.print)  # type: ignore[call-arg]
    out.print("All model files are here.")


@cli.command()
def ask(text: str, thread: str = "terminal") -> None:
    """Say one thing and print the answer."""
    from agent.turns import Said, Trouble, Turn

    from .person import LOCAL, LOCAL_SCOPE

    async def work(app: App) -> None:
        async for event in app.assistant.reply(
            Turn(principal=LOCAL, scope=LOCAL_SCOPE, thread=thread, text=text)
        ):
            if isinstance(event, Said):
                out.print(event.piece, end="", markup=False)
            elif isinstance(event, Trouble):
                out.print(event.message, markup=False)
        out.print()
        await app.worker.drain()

    _with_app(work)


@cli.command()
def remember(text: str) -> None:
    """Remember something."""
    from memory.records import Utterance

    from .person import LOCAL, LOCAL_SCOPE

    async def work(app: App) -> None:
        kept = await app.memory.remember(Utterance(text=text, session="by hand"), scope=LOCAL_SCOPE, by=LOCAL)
        app.worker.nudge(LOCAL_SCOPE, LOCAL)
        await app.worker.drain()
        out.print(kept[0].id)

    _with_app(work)


@cli.command()
def recall(question: str, limit: int = 8, as_json: AsJson = False) -> None:
    """What comes to mind for a question, and why."""
    from .person import LOCAL, LOCAL_SCOPE

    async def work(app: App) -> None:
        found = await app.memory.recall(question, scope=LOCAL_SCOPE, by=LOCAL, limit=limit)
        if as_json:
            _print_json(asdict(found))
            return
        for hit in found.hits:
            why = ", ".join(f"{reason.name} {reason.value:.2f}" for reason in hit.reasons)
            out.print(f"{hit.score:6.2f}  {hit.memory.text[:200]}  ({why})", markup=False)

    _with_app(work)


@cli.command()
def memories(words: str = "", limit: int = 50, as_json: AsJson = False) -> None:
    """List what is remembered, newest first."""
    from .person import LOCAL, LOCAL_SCOPE

    async def work(app: App) -> None:
        page = await app.memory.browse(scope=LOCAL_SCOPE, by=LOCAL, words=words, limit=limit)
        if as_json:
            _print_json(asdict(page))
            return
        for memory in page.memories:
            out.print(
                f"{memory.id}  {memory.kind:10}  {memory.recorded_at:%Y-%m-%d %H:%M}  {memory.text[:120]}",
                markup=False,
            )

    _with_app(work)


@cli.command()
def forget(ids: list[str]) -> None:
    """Forget memories for good, now, with what rests on them."""
    from .person import LOCAL, LOCAL_SCOPE

    async def work(app: App) -> None:
        done = await app.memory.forget(ids, scope=LOCAL_SCOPE, by=LOCAL, now=True)
        found = ", ".join(f"{name} {count}" for name, count in done.probes)
        out.print(f"Forgotten: {len(done.memories)}. Checked: {found}.")

    _with_app(work)


@cli.command()
def reindex() -> None:
    """Rebuild the search index from the journal; nothing is embedded again."""

    async def work(app: App) -> None:
        out.print(f"{await app.memory.reindex()} memories indexed.")

    _with_app(work)


@cli.command()
def doctor() -> None:
    """Print the settings in force and check every part."""
    from agent import assets
    from agent.settings import Settings, problems

    settings = Settings()  # type: ignore[call-arg]
    for name, value in settings:
        out.print(f"{name}: {value}", markup=False)
    for sentence in problems(settings):
        out.print(sentence, style="red", markup=False)
    for asset in assets.ASSETS:
        assets.require(asset.name, settings.cache_home)
        out.print(f"{asset.name}: the pinned file")

    async def work(app: App) -> None:
        out.print(f"journal: {await app.memory.verify()} entries, the chain holds")
        await app.memory.settle()
        out.print(f"index: up to date\nmodel: {app.model.name}")

    _with_app(work)


@cli.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def bench(context: typer.Context, name: str) -> None:
    """Run a benchmark from a checkout: keepsake bench recall --data FILE."""
    program = Path(__file__).resolve().parents[1] / "benchmarks" / f"{name}.py"
    if not program.exists():
        there = sorted(path.stem for path in program.parent.glob("*.py"))
        choice = (
            f"There are: {', '.join(there)}."
            if there
            else "Benchmarks run from a checkout, not from a wheel."
        )
        raise BadInput(f"There is no benchmark {name}. {choice}")
    raise SystemExit(subprocess.run([sys.executable, str(program), *context.args], check=False).returncode)  # noqa: S603  # our own program


@cli.command()
def version() -> None:
    """Print the version."""
    out.print(installed_version("keepsake"))


if __name__ == "__main__":
    main()
