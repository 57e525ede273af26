"""keepsake user: who may sign in. A password is never an argument: others on this machine can read those."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

from memory.errors import BadInput
from memory.moments import moment

user = typer.Typer(no_args_is_help=True, help="Who may sign in (with KEEPSAKE_AUTH=password).")
out = Console()
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@user.command()
def add(name: str, password_stdin: FromStdin = False) -> None:
    """Add a person."""
    added = _post("add", name=name, password=_password(password_stdin))
    once = "" if _settings().auth == "password" else ", once the server runs with KEEPSAKE_AUTH=password"
    out.print(f"{added['name']} can sign in now{once}.", markup=False)


@user.command("list")
def listed(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List who may sign in."""
    found = _get()["accounts"]
    rows = [{**account, "created": _day(account["created"])} for account in found]
    if as_json:
        out.print_json(data=rows)
        return
    for row in rows:
        note = "  (disabled)" if row["disabled"] else ""
        out.print(f"{row['name']}  since {row['created']}{note}", markup=False)


@user.command()
def remove(
    name: str,
    erase: Annotated[bool, typer.Option("--erase", help="Forget everything about this person too.")] = False,
) -> None:
    """Remove an account: sign-ins end at once. What is remembered stays under the same name, unless --erase."""
    if (
        erase
        and typer.prompt("All memories and chats of this person go for good. Type the name again") != name
    ):
        raise BadInput("That is another name. Nothing was removed.")
    _post("remove", name=name, erase=erase)
    if erase:
        out.print("Removed, and everything about this person is forgotten.")
        return
    out.print(
        "Removed. What is remembered about this person stays, sealed; an account of the same name would see it."
    )


@user.command()
def passwd(name: str, password_stdin: FromStdin = False) -> None:
    """Set a new password; sign-ins with the old one end at once."""
    _post("password", name=name, password=_password(password_stdin))
    out.print("The new password is in force; everybody signed in with the old one is signed out.")


@user.command()
def disable(name: str) -> None:
    """Lock an account without removing it: sign-ins end at once."""
    _post("disable", name=name)
    out.print("Disabled. `keepsake user enable` undoes it.")


@user.command()
def enable(name: str) -> None:
    """Unlock an account."""
    _post("enable", name=name)
    out.print("Enabled.")


def _get() -> Any:
    async def get() -> Any:
        from .terminal import connected

        async with connected(_settings(), "") as terminal:
            return await terminal.get("/api/v1/accounts")

    return asyncio.run(get())


def _post(verb: str, **body: Any) -> Any:
    async def post() -> Any:
        from .terminal import connected

        async with connected(_settings(), "") as terminal:
            return await terminal.post(f"/api/v1/accounts/{verb}", **body)

    return asyncio.run(post())


def _settings() -> Any:
    from agent.settings import Settings

    return Settings()  # type: ignore[call-arg]  # read from the environment


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _day(microseconds: int) -> str:
    return f"{moment(microseconds):%Y-%m-%d}"
