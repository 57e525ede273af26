"""keepsake undo: what was decided last is taken back, whichever way it was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

undoing = typer.Typer()
out = Console()


@undoing.command()
def undo(
    decision: Annotated[str, typer.Argument(help="A decision, by its id; the last one if left out.")] = "",
    user: Annotated[str, typer.Option("--user", help="Whose, where there are accounts.")] = "",
) -> None:
    """Take back what was decided last: here, in the chat or on a page. A forgetting for ten seconds, the rest for an hour."""

    async def work(terminal: Terminal) -> None:
        done = await terminal.post(f"/api/v1/decisions/{decision}/undo" if decision else "/api/v1/undo")
        out.print("Taken back: it is as it was before.")
        for memory in done["memories"]:
            out.print(Text(f"- {memory['says']}"))
        for share in done["shares"]:
            out.print(Text(f"- the share with {share['reader']}"))

    speaking(user, work)
