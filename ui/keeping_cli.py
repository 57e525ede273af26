"""keepsake backup, restore, verify, export, key: keeping, taking along, and the keys to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from .speaking import settings as in_force
from .speaking import speaking

keeping = typer.Typer()
key = typer.Typer(no_args_is_help=True, help="The keys that seal everything.")
keeping.add_typer(key, name="key")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]


@keeping.command()
def backup(folder: Path) -> None:
    """Write a backup. Its key file is overwritten at each forgetting, as long as the folder can be reached."""
    found = speaking(
        "", lambda terminal: terminal.post("/api/v1/upkeep/backup", folder=str(folder.absolute()))
    )
    out.print(f"Backed up and checked: {_counted(found)}.")
    out.print("It opens with the master key only. Keep that elsewhere: it is not in the backup.", style="dim")


@keeping.command()
def restore(
    folder: Path,
    force: Annotated[bool, typer.Option("--force", help="Keep the data that is there aside.")] = False,
) -> None:
    """Make the data directory what a backup holds, but for what was forgotten since."""
    from dataclasses import asdict

    from agent.keys import master_key
    from memory.backup import restore as put_back

    settings = in_force()
    found = put_back(folder, settings.home, master_key(settings, data=True), force=force)
    out.print(f"Restored and checked: {_counted(asdict(found))}.")
    for aside in sorted(settings.home.glob("ledger.before-restore-*.sqlite3")):
        out.print(
            f"Kept aside, with its keys: {aside}. Remove it once you are sure.", markup=False, soft_wrap=True
        )


@keeping.command()
def verify(
    folder: Annotated[Path | None, typer.Argument(help="A backup; the data itself if left out.")] = None,
) -> None:
    """Check the journal's chain, every payload and every key; the first broken entry is named."""
    body = {} if folder is None else {"folder": str(folder.absolute())}
    out.print(
        f"All is whole: {_counted(speaking('', lambda terminal: terminal.post('/api/v1/upkeep/verify', **body)))}."
    )


@keeping.command("export")
def export_(
    file: Path,
    only: Annotated[list[str] | None, typer.Option(help="Only this memory; may be given again.")] = None,
    user: User = "",
) -> None:
    """Write everything that is kept about you into a zip file: memories, facts, chats, receipts, journal."""
    body = {"ids": only} if only else {}
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        speaking(user, lambda terminal: terminal.download("/api/v1/export", draft, **body))
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    out.print(
        f"Written: {file}. It is not encrypted; keep it where only you can read it.",
        markup=False,
        soft_wrap=True,
    )


@key.command("rotate-owner")
def rotate_owner(user: User = "") -> None:
    """Make a new key for one person, and write their index anew under it. Can be interrupted and said again."""
    done = speaking(user, lambda terminal: terminal.post("/api/v1/upkeep/rotate-owner"))
    out.print(f"The key is new: {done['keys']} keys are wrapped with it.")


@keeping.command()
def lock() -> None:
    """Put the master key under a passphrase. Nothing is read or kept until `keepsake unlock`."""
    passphrase = str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=True))
    speaking("", lambda terminal: terminal.post("/api/v1/upkeep/lock", passphrase=passphrase))
    out.print("Locked. Without the passphrase nothing can be opened any more: keep it.")


@keeping.command()
def unlock() -> None:
    """Take the passphrase away again."""
    from agent.keys import open_key_file

    open_key_file(in_force(), str(typer.prompt("Passphrase", hide_input=True)))
    speaking("", lambda terminal: terminal.post("/api/v1/upkeep/unlock"))
    out.print("Unlocked.")


@key.command()
def rotate() -> None:
    """Make a new master key and wrap every key with it. Can be interrupted and said again."""
    done = speaking("", lambda terminal: terminal.post("/api/v1/upkeep/rotate"))
    out.print(
        f"The master key is new: {done['keys']} keys are wrapped with it. The old one is {done['kept']}.",
        markup=False,
    )
    if not done["backups"]:
        out.print("A backup could not be reached: until it can, it opens with the old key only.", style="red")


def _counted(found: dict[str, Any]) -> str:
    return f"{found['entries']} journal entries, {found['keys']} keys, {found['memories']} memories"
