"""keepsake share, revoke, shares, audit: who else may read, and what happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .looks import LOOKS
from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

sharing = typer.Typer()
audit = typer.Typer(no_args_is_help=True, help="What happened to your memory, and whether the log is whole.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]


@sharing.command()
def share(
    reader: Annotated[str, typer.Argument(help="The name of somebody else's account.")],
    topic: Annotated[str, typer.Option(help="Only what is about this, by its words.")] = "",
    kind: Annotated[list[str] | None, typer.Option(help="Only these kinds.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only what was said from this day on.")] = None,
    until: Annotated[datetime | None, typer.Option(help="Only what was said before this day.")] = None,
    days: Annotated[int | None, typer.Option(help="For so many days.")] = None,
    anonymised: Annotated[bool, typer.Option("--anonymised", help="Plain words for names.")] = False,
    user: User = "",
) -> None:
    """Let somebody else read your memory, or some of it."""
    expires = (datetime.now(UTC) + timedelta(days=days)).isoformat() if days else None
    body: dict[str, Any] = {
        "reader": reader, "topic": topic, "kinds": kind, "anonymised": anonymised, "expires_at": expires,
        "since": since.isoformat() if since else None, "until": until.isoformat() if until else None,
    }  # fmt: skip

    async def work(terminal: Terminal) -> None:
        made = await terminal.post("/api/v1/shares", **body)
        out.print(f"Shared with {made['reader']}. To end it: keepsake revoke {made['id']}", markup=False)
        if anonymised:
            out.print("A name that masking does not know stays readable.", style="dim")

    speaking(user, work)


@sharing.command()
def revoke(grant: str, user: User = "") -> None:
    """End a share, at once."""

    async def work(terminal: Terminal) -> None:
        await terminal.post(f"/api/v1/shares/{grant}/revoke")
        out.print("Nothing of it can be read any more.")

    speaking(user, work)


@sharing.command()
def shares(user: User = "") -> None:
    """What you share, and what others share with you."""

    async def work(terminal: Terminal) -> None:
        found = await terminal.get("/api/v1/shares")
        table = Table("id", "from", "to", "what", "until", "state", box=None)
        table.columns[0].no_wrap = True
        for one in [*found["given"], *found["received"]]:
            what = ", ".join([*one["kinds"], *([one["topic"]] if one["topic"] else [])]) or "everything"
            state = "in force" if one["holds"] else "over"
            until = (one["expires_at"] or "")[:10]
            hidden = " (names hidden)" if one["anonymised"] else ""
            table.add_row(one["id"], one["owner"], one["reader"], Text(what + hidden), until, state)
        out.print(table if found["given"] or found["received"] else "Nothing is shared.")

    speaking(user, work)


@audit.command("list")
def listed(limit: int = 50, user: User = "") -> None:
    """What happened to your memory, the newest first."""

    async def work(terminal: Terminal) -> None:
        table = Table("when", "who", "what", "which", "times", box=None)
        for event in (await terminal.get("/api/v1/activity", limit=limit))["events"]:
            table.add_row(
                event["at"][:19],
                event["who"],
                LOOKS.get(event["action"], event["action"]),
                Text(event["subject"]),
                str(event["count"]),
            )
        out.print(table)

    speaking(user, work)


@audit.command()
def verify(user: User = "") -> None:
    """Check that nothing in the journal and the audit log was changed, moved, taken out or cut off."""

    async def work(terminal: Terminal) -> None:
        whole = await terminal.get("/api/v1/activity/verify")
        out.print(f"Whole: {whole['journal']} entries of the journal, {whole['audit']} of the audit log.")

    speaking(user, work)
