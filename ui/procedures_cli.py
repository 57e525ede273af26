"""keepsake skills: how a person is answered, and what they make of it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

skills = typer.Typer(no_args_is_help=True, help="Ways of answering that were learned from you.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose, where there are accounts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@skills.command("list")
def listed(as_json: AsJson = False, user: User = "") -> None:
    """List what was learned, with how often it helped."""
    found = _call("get", "", user)
    if as_json:
        out.print_json(data=found)
        return
    for one in found["procedures"]:
        status = "waits for approval" if one["needs_approval"] else one["status"]
        counts = f"helped {one['helpful']}, did not {one['harmful']}"
        out.print(Text(f"{one['id']}  {status}, {counts}: {one['text']}"), soft_wrap=True)
    if not found["procedures"]:
        out.print("Nothing was learned yet.")
    if found["says"]:
        out.print(found["says"], style="dim")


@skills.command()
def show(procedure: str, as_json: AsJson = False, user: User = "") -> None:
    """Show one: where it comes from, its versions, and the turns it would have applied to."""
    one = _call("get", f"/{procedure}", user)
    tried = _call("get", f"/{procedure}/replay", user)
    if as_json:
        out.print_json(data=one | {"replay": tried})
        return
    _print(one)
    out.print(Text(f"Learned from: “{one['quote']}” ({one['learned']}, {one['occurred_at'][:10]})"))
    for change in one["history"]:
        out.print(Text(change))
    _print_replay(tried)


@skills.command()
def approve(procedure: str, user: User = "") -> None:
    """Let one apply that is on trial or waits."""
    _print(_call("post", f"/{procedure}/approve", user))


@skills.command()
def reject(procedure: str, user: User = "") -> None:
    """End one that is on trial or waits."""
    _print(_call("post", f"/{procedure}/reject", user))


@skills.command()
def retire(procedure: str, user: User = "") -> None:
    """End one that is in use."""
    _print(_call("post", f"/{procedure}/retire", user))


@skills.command()
def rollback(procedure: str, user: User = "") -> None:
    """Use a retired one again; or, in place of one in use, the version before it."""
    _print(_call("post", f"/{procedure}/rollback", user))


@skills.command()
def edit(
    procedure: str,
    rule: str,
    trigger: Annotated[
        str | None, typer.Option("--when", help="When it applies; as before if left out.")
    ] = None,
    user: User = "",
) -> None:
    """Reword one. The new version waits for approval; what it would change is shown."""
    one = _call("put", f"/{procedure}", user, rule=rule, trigger=trigger)
    _print(one)
    out.print(Text(one["history"][0]))
    _print_replay(one["replay"])
    out.print(f"keepsake skills approve {one['id']}", markup=False)


@skills.command("small-changes")
def small_changes(wanted: bool, user: User = "") -> None:
    """Whether what is only worded otherwise holds without your approval (true, false). What acts always waits."""
    from .speaking import speaking

    speaking(user, lambda terminal: terminal.put("/api/v1/small-changes", wanted=wanted))
    out.print("Small changes hold at once." if wanted else "Small changes wait for your approval.")


def _print(one: dict[str, Any]) -> None:
    status = "waits for approval" if one["needs_approval"] else one["status"]
    out.print(Text(f"{one['text']}  [{status}, version {one['edition']}]"), soft_wrap=True)
    out.print(f"helped {one['helpful']}, did not {one['harmful']}, was missed {one['wanted']}", style="dim")


def _print_replay(tried: dict[str, Any]) -> None:
    out.print(f"In {tried['applies']} of the last {tried['turns']} turns it would have been in the prompt.")
    if tried["tried"]:
        counts = ", ".join(f"{word} {tried[word]}" for word in ("better", "same", "worse"))
        out.print(f"Tried on your last {len(tried['tried'])} cases: {counts}.")
    for case in tried["cases"][:10]:
        out.print(Text(f"“{case['asked'][:100]}”\n{case['difference']}"))


def _call(verb: str, path: str, user: str, **body: Any) -> dict[str, Any]:
    from agent.settings import Settings

    from .terminal import connected

    no_more: dict[str, Any] = {}  # the environment says it all

    async def run() -> Any:
        async with connected(Settings(**no_more), user) as terminal:
            return await getattr(terminal, verb)(f"/api/v1/procedures{path}", **body)

    found: dict[str, Any] = asyncio.run(run())
    return found
