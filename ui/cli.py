"""keepsake on the terminal. Heavy imports wait inside the commands, so that `keepsake version` is quick."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import uuid
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from agent.errors import AgentFault
from memory.errors import BadInput
from privacy.errors import KeepsakeError

from .accounts_cli import user
from .facts_cli import facts
from .forgetting_cli import forgetting, forgotten
from .keeping_cli import keeping
from .privacy_cli import consent, privacy
from .procedures_cli import skills
from .profile_cli import profile
from .scripts.command import scripts
from .sharing_cli import audit, sharing
from .speaking import settings, speaking
from .story_cli import graph, memories, story

if TYPE_CHECKING:
    from .terminal import Terminal

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, help="A chat assistant that remembers you, on your terms."
)
cli.add_typer(user, name="user")
cli.add_typer(facts, name="facts")
cli.add_typer(skills, name="skills")
cli.add_typer(profile, name="profile")
cli.add_typer(graph, name="graph")
cli.add_typer(story)
cli.add_typer(memories, name="memories")
cli.add_typer(consent, name="consent")
cli.add_typer(privacy, name="privacy")
cli.add_typer(audit, name="audit")
cli.add_typer(sharing)
cli.add_typer(scripts, name="script")
cli.add_typer(forgetting)
cli.add_typer(keeping)
out = Console()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]


def main() -> None:
    try:
        cli()
    except KeepsakeError as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        sys.exit(1)


# -- talking ---------------------------------------------------------------------------------------


@cli.command()
def serve(
    ssl_certfile: Annotated[Path | None, typer.Option(help="Certificate for https, a PEM file.")] = None,
    ssl_keyfile: Annotated[Path | None, typer.Option(help="Its key, a PEM file.")] = None,
) -> None:
    """Serve the chat and the memory page."""
    from agent import assets

    from .server import serve as serve_web

    in_force = settings(ssl_certfile=ssl_certfile, ssl_keyfile=ssl_keyfile)
    try:
        assets.fetch(in_force.cache_home, out.print)
    except AgentFault as fault:  # memory goes on by words, and another model may answer
        out.print(str(fault), style="red", markup=False)
    serve_web(in_force)


@cli.command()
def fetch() -> None:
    """Fetch the pinned model files."""
    from agent import assets

    assets.fetch(settings().cache_home, out.print)
    out.print("All model files are here.")


@cli.command()
def ask(text: str, thread: str = "terminal", user: User = "") -> None:
    """Say one thing and print the answer."""
    speaking(user, lambda terminal: _turn(terminal, text, thread))


@cli.command()
def chat(user: User = "") -> None:
    """Talk, line by line. /memories lists, /forget ID forgets, /new begins anew, an empty line or Ctrl-D ends."""

    async def work(terminal: Terminal) -> None:
        thread = f"terminal-{uuid.uuid4()}"
        while text := (await asyncio.to_thread(_typed)).strip():
            try:
                match text.split():
                    case ["/new"]:
                        thread = f"terminal-{uuid.uuid4()}"
                    case ["/memories", *words]:
                        _list(await terminal.get("/api/v1/memories", words=" ".join(words)))
                    case ["/forget", *ids] if ids:
                        forgotten(await terminal.post("/api/v1/forget", ids=ids, now=True))
                    case [word, *_] if word.startswith("/"):
                        out.print("There are /memories, /forget ID and /new.")
                    case _:
                        await _turn(terminal, text, thread)
            except KeepsakeError as fault:
                out.print(str(fault), style="red", markup=False)

    speaking(user, work)


def _typed() -> str:
    try:
        return out.input("[bold]You[/] ")
    except EOFError:
        return ""


async def _turn(terminal: Terminal, text: str, thread: str) -> None:
    used, considered, noticed = 0, 0, list[str]()
    async for event in terminal.ask(text, thread):
        match event["event"]:
            case "recalled":
                considered = event["considered"]
            case "said":
                out.print(event["piece"], end="", markup=False, highlight=False)
            case "noticed":
                noticed.append(event["message"])
            case "trouble":
                out.print(event["message"], style="red", markup=False)
            case "finished":
                used = len(event["used"])
    out.print()
    if used:
        out.print(f"Used {used} of {considered} memories.", style="dim")
    for sentence in noticed:
        out.print(sentence, style="yellow", markup=False)


# -- memory ----------------------------------------------------------------------------------------


@cli.command()
def remember(text: str, user: User = "") -> None:
    """Remember something; prints its id."""

    async def work(terminal: Terminal) -> None:
        kept = await terminal.post("/api/v1/memories", text=text)
        out.print(kept["memories"][0]["id"])

    speaking(user, work)


@cli.command()
def recall(question: str, limit: int = 8, as_json: AsJson = False, user: User = "") -> None:
    """What comes to mind for a question, and why."""

    async def work(terminal: Terminal) -> None:
        found = await terminal.post("/api/v1/recall", question=question, limit=limit)
        if as_json:
            out.print_json(data=found)
            return
        table = Table("score", "memory", "why", box=None)
        for hit in found["hits"]:
            why = ", ".join(f"{reason['name']} {reason['value']:.2f}" for reason in hit["reasons"])
            table.add_row(f"{hit['score']:.2f}", _plain(hit["memory"]["text"][:200]), why)
        out.print(table if found["hits"] else "Nothing comes to mind.")

    speaking(user, work)


@memories.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    words: str = "",
    kind: str | None = None,
    limit: int = 50,
    as_json: AsJson = False,
    user: User = "",
) -> None:
    """List what is remembered, newest first; or `tidy` it."""
    if context.invoked_subcommand:
        return

    async def work(terminal: Terminal) -> None:
        page = await terminal.get("/api/v1/memories", words=words, kind=kind, limit=limit)
        if as_json:
            out.print_json(data=page)
        else:
            _list(page)

    speaking(user, work)


def _list(page: dict[str, Any]) -> None:
    table = Table("id", "kind", "when", "memory", box=None)
    table.columns[0].no_wrap = table.columns[2].no_wrap = True
    for memory in page["memories"]:
        table.add_row(memory["id"], memory["kind"], memory["recorded_at"][:10], _plain(memory["text"][:200]))
    out.print(table)
    out.print(f"{len(page['memories'])} of {page['total']}", style="dim")


def _plain(text: str) -> Any:
    from rich.text import Text

    return Text(text)  # what people type is never markup


# -- upkeep ----------------------------------------------------------------------------------------


@cli.command()
def reindex() -> None:
    """Rebuild the search index from the journal; nothing is embedded again."""

    async def work(terminal: Terminal) -> None:
        done = await terminal.post("/api/v1/upkeep/reindex")
        out.print(f"{done['memories']} memories indexed.")

    speaking("", work)


@cli.command()
def doctor() -> None:
    """Print the settings in force and check every part."""
    from agent import assets
    from agent.settings import problems

    in_force = settings()
    for name, value in in_force:
        out.print(f"{name}: {value}", markup=False)
    for sentence in problems(in_force):
        out.print(sentence, style="red", markup=False)
    for asset in assets.ASSETS:
        assets.require(asset.name, in_force.cache_home)
        out.print(f"{asset.name}: the pinned file")

    async def work(terminal: Terminal) -> None:
        checked = await terminal.post("/api/v1/upkeep/verify")
        out.print(f"journal: {checked['entries']} entries, the chain holds")
        trouble = (await terminal.post("/api/v1/upkeep/settle"))["trouble"]
        out.print(f"index: {trouble or 'up to date'}", markup=False)
        out.print(f"model: {checked['model']}", markup=False)

    speaking("", work)


@cli.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def bench(context: typer.Context, name: str) -> None:
    """Run a benchmark from a checkout: keepsake bench recall --data FILE."""
    program = Path(__file__).resolve().parents[1] / "benchmarks" / f"{name}.py"
    if not program.exists():
        there = sorted(path.stem for path in program.parent.glob("[!_]*.py"))
        choice = (
            f"There are: {', '.join(there)}."
            if there
            else "Benchmarks run from a checkout, not from a wheel."
        )
        raise BadInput(f"There is no benchmark {name}. {choice}")
    # -P: a program beside it may be named like a package of ours
    command = [sys.executable, "-P", "-m", f"benchmarks.{name}", *context.args]
    raise SystemExit(subprocess.run(command, check=False).returncode)  # noqa: S603  # our own program


@cli.command()
def version() -> None:
    """Print the version."""
    out.print(installed_version("keepsake"))


if __name__ == "__main__":
    main()
