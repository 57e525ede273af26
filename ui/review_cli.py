"""keepsake review: what waits for a decision, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

review = typer.Typer(invoke_without_command=True, help="What waits for your decision.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@review.callback()
def listed(context: typer.Context, as_json: AsJson = False, user: User = "") -> None:
    """Everything that is to be decided; the commands below put it off or settle it."""
    if context.invoked_subcommand:
        return

    async def work(terminal: Terminal) -> None:
        found = await terminal.get("/api/v1/review")
        if as_json:
            out.print_json(data=found)
            return
        for card in found["cards"]:
            _print(card)
        if not found["cards"]:
            out.print("Nothing waits for you.")
        if found["later"]:
            out.print(f"{len(found['later'])} put off.", style="dim")

    speaking(user, work)


def _print(card: dict[str, Any]) -> None:
    out.print(Text(card["sort"], style="bold"), Text(card["card"], style="dim"))
    for memory in card["memories"]:
        out.print(Text(f"  {memory['text'][:160]}"), Text(memory["id"], style="dim"))
    if card["waiting"]:
        out.print(Text(f"  {card['waiting']['text'][:160]}"))
    if card["remnant"]:
        out.print("  Learned only in a chat that you deleted:")
        for memory in card["remnant"]["memories"]:
            out.print(Text(f"  {memory['text'][:160]}"), Text(memory["id"], style="dim"))
    if card["arrival"]:
        out.print(Text(f"  {card['arrival']['name'] or 'A pasted text'}"))


@review.command()
def later(
    card: str, days: Annotated[int, typer.Option(help="How many days.", min=1)] = 7, user: User = ""
) -> None:
    """Not now: it is back after some days."""
    _done(user, "later", f"Put off for {days} days.", card=card, days=days)


@review.command()
def now(card: str, user: User = "") -> None:
    """Now after all."""
    _done(user, "now", "It is among what waits again.", card=card)


@review.command()
def settle(card: str, user: User = "") -> None:
    """It stays as it is, and you are not asked about it again."""
    _done(user, "settle", "You are not asked about it again.", card=card)


@review.command()
def forget(card: str, user: User = "") -> None:
    """What a deleted chat left behind goes too; it can be undone for ten seconds (in the chat or on the page)."""
    _left(user, card, "forget", "Forgotten. Gone for good in 10 seconds.")


@review.command()
def keep(card: str, user: User = "") -> None:
    """What a deleted chat left behind stays."""
    _left(user, card, "keep", "Kept.")


def _left(user: str, card: str, verb: str, said: str) -> None:
    async def work(terminal: Terminal) -> None:
        await terminal.post(f"/api/v1/remnants/{card.removeprefix('left:')}/{verb}")
        out.print(said)

    speaking(user, work)


def _done(user: str, verb: str, said: str, **body: Any) -> None:
    async def work(terminal: Terminal) -> None:
        await terminal.post(f"/api/v1/review/{verb}", **body)
        out.print(said)

    speaking(user, work)
