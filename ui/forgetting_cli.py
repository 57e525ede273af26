"""keepsake forget, receipt, verify-receipt: forgetting, and the proof of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from memory.errors import BadInput

from .speaking import speaking

forgetting = typer.Typer()
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]


@forgetting.command()
def forget(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Memories, as `keepsake memories` names them.")
    ] = None,
    everything: Annotated[bool, typer.Option("--everything", help="All of it, without undo.")] = False,
    blank_chat: Annotated[
        bool, typer.Option("--blank-chat", help="Blank the lines of the chat too.")
    ] = False,
    delete_chats: Annotated[
        bool, typer.Option("--delete-chats", help="Delete the chats those lines stand in.")
    ] = False,
    never: Annotated[bool, typer.Option("--never", help="Never learn this again.")] = False,
    user: User = "",
) -> None:
    """Forget memories for good, now, with what rests on them."""
    if everything:
        typed = str(
            typer.prompt('Everything that is remembered goes, and all chats. Type "forget everything"')
        )
        forgotten(speaking(user, lambda terminal: terminal.post("/api/v1/forget/everything", confirm=typed)))
        return
    if not ids:
        raise BadInput(
            "Say which memories to forget: their ids are in `keepsake memories`. Or say --everything."
        )
    transcripts = "delete" if delete_chats else "blank" if blank_chat else "keep"
    body: dict[str, Any] = {"ids": ids, "now": True, "transcripts": transcripts, "never": never}
    forgotten(speaking(user, lambda terminal: terminal.post("/api/v1/forget", **body)))


@forgetting.command()
def receipt(
    forgetting: Annotated[str, typer.Argument(help="The id that `keepsake forget` printed.")], user: User = ""
) -> None:
    """Print the signed receipt of a forgetting, as JSON."""
    path = f"/api/v1/forgettings/{forgetting}/receipt"
    print(json.dumps(speaking(user, lambda terminal: terminal.get(path)), indent=2))  # noqa: T201  # nothing added: it is signed


@forgetting.command("verify-receipt")
def verify_receipt(file: Path) -> None:
    """Check that a receipt is as it was signed. Needs nothing but the file."""
    from privacy.signatures import check

    try:
        statement = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadInput(f"{file} is no receipt. Give a file that `keepsake receipt` wrote.") from None
    key = check(statement if isinstance(statement, dict) else {})
    out.print(f"As it was signed, by the installation {key}.", markup=False, soft_wrap=True)
    out.print(said(statement["still_found"].items(), statement["pending"]), markup=False, soft_wrap=True)


def forgotten(done: dict[str, Any]) -> None:
    """What a person reads after forgetting."""
    count = f"{len(done['memories'])}" if done["memories"] else "everything"
    out.print(f"Forgotten: {count}. {said(done['probes'], done['pending'])}", markup=False, soft_wrap=True)
    out.print(f"Receipt: keepsake receipt {done['id']}", markup=False, style="dim", soft_wrap=True)


def said(probes: Any, pending: list[str]) -> str:
    """What the checks found and what is still to be done.

    >>> said([("id", 0), ("bytes", 0)], ["index bytes"])
    'Checked: id 0, bytes 0. Still to be done: index bytes.'
    """
    found = ", ".join(f"{name} {count}" for name, count in probes) or "not yet"
    rest = f" Still to be done: {', '.join(pending)}." if pending else ""
    return f"Checked: {found}.{rest}"
