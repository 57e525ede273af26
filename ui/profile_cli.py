"""keepsake profile: what is known of you that shapes the answers, and your controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

profile = typer.Typer(no_args_is_help=True, help="What is known of you that shapes the answers.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@profile.command("list")
def listed(as_json: AsJson = False, user: User = "") -> None:
    """Everything that shapes the answers, and why."""

    async def work(terminal: Terminal) -> None:
        found = await terminal.get("/api/v1/profile")
        if as_json:
            out.print_json(data=found)
        else:
            _print(found)

    speaking(user, work)


@profile.command("set")
def express(aspect: str, value: str, user: User = "") -> None:
    """Say how something is: `keepsake profile set diet vegetarian`."""

    async def work(terminal: Terminal) -> None:
        said = await terminal.post("/api/v1/profile", aspect=aspect, value=value)
        out.print(said["text"], markup=False)

    speaking(user, work)


@profile.command()
def off(aspect: str, user: User = "") -> None:
    """Neither use nor learn anything of this aspect."""
    _set(user, aspect, "off")


@profile.command()
def lock(aspect: str, user: User = "") -> None:
    """Keep it as it is, whatever is said later."""
    _set(user, aspect, "locked")


@profile.command()
def on(aspect: str, user: User = "") -> None:
    """Use and learn it again."""
    _set(user, aspect, "on")


def _set(user: str, aspect: str, setting: str) -> None:
    async def work(terminal: Terminal) -> None:
        _print(await terminal.put(f"/api/v1/profile/aspects/{aspect}", setting=setting))

    speaking(user, work)


def _print(found: dict[str, Any]) -> None:
    table = Table("aspect", "setting", "what and why", box=None)
    for trait in found["traits"]:
        table.add_row(Text(trait["aspect"]), trait["setting"], Text(trait["says"][:300]))
    known = {trait["aspect"] for trait in found["traits"]}
    for aspect, setting in found["settings"].items():
        if aspect not in known:
            table.add_row(Text(aspect), setting, "")
    out.print(table if table.row_count else "Nothing is known yet.")
