"""keepsake facts: what is believed, and the last word about it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

facts = typer.Typer(no_args_is_help=True, help="What is believed about you, and your last word about it.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", help="What was believed then: 2026-05-03.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@facts.command("list")
def listed(as_of: AsOf = None, as_json: AsJson = False, user: User = "") -> None:
    """List what is believed, now or at an earlier moment."""

    async def work(terminal: Terminal) -> None:
        moment = as_of.isoformat() if as_of else None
        found = (await terminal.get("/api/v1/facts", as_of=moment))["facts"]
        if as_json:
            out.print_json(data=found)
            return
        _print(found)
        out.print(f"{len(found)} believed", style="dim")

    speaking(user, work)


@facts.command()
def verify(user: User = "") -> None:
    """Check that the words each fact was learned from still say it."""

    async def work(terminal: Terminal) -> None:
        found = (await terminal.get("/api/v1/facts/unsupported"))["facts"]
        _print(found)
        out.print(
            f"{len(found)} facts are not in their source: correct or forget them."
            if found
            else "Every fact is in the words it was learned from."
        )

    speaking(user, work)


@facts.command()
def confirm(memory: str, user: User = "") -> None:
    """It is so. Settles a dispute; takes back an end or a correction."""
    _change(user, memory, "confirm")


@facts.command()
def correct(memory: str, value: str, user: User = "") -> None:
    """It is otherwise: give the right value."""
    _change(user, memory, "correct", value=value)


@facts.command()
def ended(
    memory: str,
    until: Annotated[
        datetime | None, typer.Option(help="The last day: 2026-05-03. Without it: today.")
    ] = None,
    user: User = "",
) -> None:
    """It was true until then."""
    _change(user, memory, "ended", until=until.isoformat() if until else None)


@facts.command("not-mine")
def not_mine(memory: str, user: User = "") -> None:
    """It is not about me."""
    _change(user, memory, "not-mine")


@facts.command()
def merge(memory: str, others: list[str], user: User = "") -> None:
    """The others say the same as this one, which is used from now on."""
    _change(user, memory, "merge", others=others)


@facts.command()
def both(ids: list[str], user: User = "") -> None:
    """Each of these is so: they do not contradict each other."""

    async def work(terminal: Terminal) -> None:
        _print((await terminal.post("/api/v1/memories/both", ids=ids))["memories"])

    speaking(user, work)


def _change(user: str, memory: str, verb: str, **body: Any) -> None:
    async def work(terminal: Terminal) -> None:
        _print([await terminal.post(f"/api/v1/memories/{memory}/{verb}", **body)])

    speaking(user, work)


def _print(found: list[dict[str, Any]]) -> None:
    table = Table("id", "state", "from", "until", "fact", box=None)
    table.columns[0].no_wrap = True
    for fact in found:
        days = [(fact[name] or "")[:10] for name in ("valid_from", "valid_until")]
        table.add_row(fact["id"], fact["status"], *days, Text(fact["text"][:200]))
    if found:
        out.print(table)
