"""keepsake on the terminal. Heavy imports wait inside the commands, so that `keepsake version` is quick."""

from __future__ import annotations

import asyncio
import runpy
import sys
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from agent.errors import AgentFault
from memory.errors import BadInput
from privacy.discretion import be_discreet, told
from privacy.errors import KeepsakeError

from .accounts_cli import user
from .arrivals_cli import arrivals, importing
from .facts_cli import facts
from .forgetting_cli import forgetting
from .garbage import nothing_is_collected
from .keeping_cli import keeping
from .memories_cli import memories, remembering
from .privacy_cli import consent, privacy
from .procedures_cli import skills
from .profile_cli import profile
from .review_cli import review
from .scripts.command import scripts
from .sharing_cli import audit, sharing
from .speaking import settings, speaking
from .story_cli import graph, story
from .talking_cli import talking
from .undo_cli import undoing

if TYPE_CHECKING:
    from .terminal import Terminal

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they would show values
    help="A chat assistant that remembers you, on your terms.",
)
cli.add_typer(user, name="user")
cli.add_typer(facts, name="facts")
cli.add_typer(review, name="review")
cli.add_typer(skills, name="skills")
cli.add_typer(profile, name="profile")
cli.add_typer(graph, name="graph")
cli.add_typer(talking)
cli.add_typer(remembering)
cli.add_typer(story)
cli.add_typer(memories, name="memories")
cli.add_typer(consent, name="consent")
cli.add_typer(privacy, name="privacy")
cli.add_typer(audit, name="audit")
cli.add_typer(sharing)
cli.add_typer(scripts, name="script")
cli.add_typer(forgetting)
cli.add_typer(undoing)
cli.add_typer(keeping)
cli.add_typer(importing)
cli.add_typer(arrivals, name="arrivals")
out = Console()


def main() -> None:
    be_discreet()
    try:
        cli()
    except KeepsakeError as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  # a mistake of ours: it is told without anybody's words
        sys.stderr.write(told(error) + "\n")
        sys.exit(1)


@cli.command()
def serve(
    ssl_certfile: Annotated[Path | None, typer.Option(help="Certificate for https, a PEM file.")] = None,
    ssl_keyfile: Annotated[Path | None, typer.Option(help="Its key, a PEM file.")] = None,
) -> None:
    """Serve the chat and the memory page."""
    nothing_is_collected()
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

    if assets.fetch(settings().cache_home, out.print):
        out.print("All model files are here.")


@cli.command()
def reindex() -> None:
    """Rebuild the search index from the journal. Nothing is embedded again, unless another embedder is taking over."""

    async def work(terminal: Terminal) -> None:
        done = asyncio.create_task(terminal.post("/api/v1/upkeep/reindex"))
        while not (await asyncio.wait([done], timeout=1))[0]:
            now = await terminal.get("/api/v1/upkeep/embedded")
            if now["read"] < now["memories"]:
                out.print(f"{now['read']} of {now['memories']} memories read …")
        out.print(f"{(await done)['memories']} memories indexed.")

    speaking("", work)


@cli.command()
def doctor() -> None:
    """Print the settings in force and check every part."""
    from agent import assets
    from agent.errors import AssetMissing
    from agent.settings import problems

    in_force = settings()
    for name, value in in_force:
        out.print(f"{name}: {value}", markup=False)
    for sentence in problems(in_force):
        out.print(sentence, style="red", markup=False)
    for asset in assets.ASSETS:
        try:
            assets.require(asset.name, in_force.cache_home)
        except AssetMissing as fault:
            if not asset.without:
                raise
            out.print(f"{fault} {asset.without}", style="red", markup=False)
        else:
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
    checkout = Path(__file__).resolve().parents[1]
    folder = checkout / "benchmarks"
    there = sorted(
        [
            *(path.stem for path in folder.glob("[!_]*.py")),
            *(path.parent.name for path in folder.glob("*/__main__.py")),
        ]
    )
    if name not in there:
        choice = (
            f"There are: {', '.join(there)}."
            if there
            else "Benchmarks run from a checkout, not from a wheel."
        )
        raise BadInput(f"There is no benchmark {name}. {choice}")
    sys.path.insert(0, str(checkout))  # first: what is installed may hold a package "tests" of its own
    sys.argv = [name, *context.args]
    runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)


@cli.command()
def version() -> None:
    """Print the version."""
    out.print(installed_version("keepsake"))


if __name__ == "__main__":
    main()
