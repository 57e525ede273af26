"""keepsake import, arrivals: files that are brought in, and what becomes of what is in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

importing = typer.Typer()
arrivals = typer.Typer(no_args_is_help=True, help="What files brought and waits for your yes.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
These = Annotated[list[str] | None, typer.Argument(help="Ids of memories; all of them if left out.")]


@importing.command("import")
def import_(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come in.")] = False,
    accept_all: Annotated[bool, typer.Option("--accept", help="Say yes to all of it at once.")] = False,
    user: User = "",
) -> None:
    """Bring in a file: our own export, ChatGPT's, Claude's, Markdown or plain text. It waits for your yes."""

    async def work(terminal: Terminal) -> None:
        done = await terminal.upload("/api/v1/import", file, dry_run=dry_run, name=file.name)
        verb = "Would come in" if dry_run else "Came in"
        left = f"Known already: {done['known']}. Not wanted again: {done['unwanted']}."
        out.print(f"{verb}: {done['new']}. {left}")
        if done["arrival"] and accept_all:
            await terminal.post(f"/api/v1/arrivals/{done['arrival']}/accept")
            out.print("All of it is remembered now.")
        elif done["arrival"]:
            out.print(f"It waits for your yes: keepsake arrivals accept {done['arrival']}", soft_wrap=True)

    speaking(user, work)


@arrivals.command("list")
def listed(as_json: AsJson = False, user: User = "") -> None:
    """The files of which something waits."""

    async def work(terminal: Terminal) -> None:
        found = await terminal.get("/api/v1/arrivals")
        if as_json:
            out.print_json(data=found)
            return
        table = Table("id", "file", "from", "memories", "goes by itself on", box=None)
        table.columns[0].no_wrap = True
        for one in found["arrivals"]:
            table.add_row(
                one["id"], Text(one["name"]), one["source"], str(one["memories"]), one["until"][:10]
            )
        out.print(table if found["arrivals"] else "Nothing waits for you.")

    speaking(user, work)


@arrivals.command()
def show(arrival: str, offset: int = 0, limit: int = 50, as_json: AsJson = False, user: User = "") -> None:
    """What one file brought."""

    async def work(terminal: Terminal) -> None:
        found = await terminal.get(f"/api/v1/arrivals/{arrival}", offset=offset, limit=limit)
        if as_json:
            out.print_json(data=found)
            return
        table = Table("id", "said", "kind", "memory", box=None)
        table.columns[0].no_wrap = True
        for one in found["memories"]:
            table.add_row(one["id"], one["occurred_at"][:10], one["kind"], Text(one["text"][:200]))
        out.print(table)
        out.print(f"{found['total']} in all.", style="dim")

    speaking(user, work)


@arrivals.command()
def accept(arrival: str, memories: These = None, user: User = "") -> None:
    """Yes: these are remembered, or all that is left of a file."""

    async def work(terminal: Terminal) -> None:
        done = await terminal.post(f"/api/v1/arrivals/{arrival}/accept", ids=memories or None)
        out.print(f"Remembered: {done['accepted']}.")

    speaking(user, work)


@arrivals.command()
def refuse(arrival: str, memories: These = None, user: User = "") -> None:
    """No: these go for good, or all that is left of a file."""

    async def work(terminal: Terminal) -> None:
        done = await terminal.post(f"/api/v1/arrivals/{arrival}/refuse", ids=memories or None)
        out.print(f"Not kept: {len(done['memories'])}. Gone for good in 10 seconds.")

    speaking(user, work)
