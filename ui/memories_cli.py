"""keepsake remember, recall, memories: keeping, finding and listing on the terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .speaking import speaking
from .wording import ABSENCES, because

if TYPE_CHECKING:
    from .terminal import Terminal

remembering = typer.Typer()
memories = typer.Typer()
out = Console()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Tokens = Annotated[int | None, typer.Option(help="Only those for which there is room.", min=1)]
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]


@remembering.command()
def remember(text: str, user: User = "") -> None:
    """Remember something; prints its id."""

    async def work(terminal: Terminal) -> None:
        kept = await terminal.post("/api/v1/memories", text=text)
        out.print(kept["memories"][0]["id"])

    speaking(user, work)


@remembering.command()
def recall(
    question: str, limit: int = 8, tokens: Tokens = None, as_json: AsJson = False, user: User = ""
) -> None:
    """What comes to mind for a question, and why."""

    async def work(terminal: Terminal) -> None:
        found = await terminal.post("/api/v1/recall", question=question, limit=limit, tokens=tokens)
        if as_json:
            out.print_json(data=found)
            return
        table = Table("score", "memory", "why", box=None)
        for hit in found["hits"]:
            why = because((reason["name"], reason["value"]) for reason in hit["reasons"])
            table.add_row(f"{hit['score']:.2f}", Text(hit["memory"]["text"][:200]), why)
        out.print(table if found["hits"] else "Nothing comes to mind.")
        for absent in found["left_out"]:
            out.print(ABSENCES[absent["why"]].format(n=len(absent["memories"])))

    speaking(user, work)


@memories.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    words: str = "",
    kind: str | None = None,
    limit: int = 50,
    as_json: AsJson = False,
    user: User = "",
) -> None:
    """List what is remembered, newest first; or `tidy` it."""
    if context.invoked_subcommand:
        return

    async def work(terminal: Terminal) -> None:
        page = await terminal.get("/api/v1/memories", words=words, kind=kind, limit=limit)
        if as_json:
            out.print_json(data=page)
        else:
            list_of(page)

    speaking(user, work)


def list_of(page: dict[str, Any]) -> None:
    """Print a page of memories. What people type is never markup."""
    table = Table("id", "kind", "when", "memory", box=None)
    table.columns[0].no_wrap = table.columns[2].no_wrap = True
    for memory in page["memories"]:
        table.add_row(memory["id"], memory["kind"], memory["recorded_at"][:10], Text(memory["text"][:200]))
    out.print(table)
    out.print(f"{len(page['memories'])} of {page['total']}", style="dim")


@memories.command()
def ask(question: str, as_json: AsJson = False, user: User = "") -> None:
    """What your memories themselves say to a question; no model is asked, nothing is kept."""

    async def work(terminal: Terminal) -> None:
        told = await terminal.post("/api/v1/memories/ask", question=question)
        if as_json:
            out.print_json(data=told)
            return
        out.print(Text(told["text"]))
        for number, memory in enumerate(told["memories"], start=1):
            out.print(f"[{number}] {memory}", style="dim", markup=False)
        for memory in told["closest"]:
            out.print(Text(f"closest: {memory['text'][:160]}"), Text(memory["id"], style="dim"))

    speaking(user, work)


@memories.command()
def pause(ids: list[str], user: User = "") -> None:
    """Keep these and use them in no answer, with the words they rest on."""
    _set_aside(user, "pause", ids, "paused")


@memories.command()
def resume(ids: list[str], user: User = "") -> None:
    """Use them again."""
    _set_aside(user, "resume", ids, "used again")


@memories.command("keep-until")
def keep_until(
    ids: list[str],
    until: Annotated[
        datetime | None, typer.Option("--day", help="2027-05-03. Without it: until you forget them.")
    ] = None,
    user: User = "",
) -> None:
    """Forget these on a day, by themselves and for good."""
    moment = until.astimezone().isoformat() if until else None
    said = f"kept until {until:%Y-%m-%d}" if until else "kept until you forget them"
    _set_aside(user, "keep-until", ids, said, until=moment)


def _set_aside(user: str, verb: str, ids: list[str], said: str, **more: Any) -> None:
    async def work(terminal: Terminal) -> None:
        done = await terminal.post(f"/api/v1/{verb}", ids=ids, **more)
        out.print(f"{len(done['asked']) + len(done['along'])} {said}.", markup=False)

    speaking(user, work)


@memories.command()
def tidy(
    keep: Annotated[int, typer.Option(help="How many messages stay.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it is only shown.")] = False,
    user: User = "",
) -> None:
    """Let the least important messages go. What was learned from stays; undo within a day."""

    async def work(terminal: Terminal) -> None:
        done = await terminal.post("/api/v1/tidy", keep=keep, dry_run=not yes)
        for going in done["going"]:
            why = ", ".join(f"{reason['name']} {reason['value']:+.1f}" for reason in going["reasons"])
            line = " ".join(going["memory"]["text"].split())[:120]
            out.print(Text(f"{going['importance']:.2f}  {line}"), Text(f"({why})", style="dim"))
        out.print(f"{len(done['going'])} {'went' if yes else 'would go'}, {done['staying']} stay.")
        if done["forgetting"]:
            out.print(f"To take it back within a day: keepsake memories untidy {done['forgetting']}")
        elif not yes:
            out.print("Nothing was changed. To do it, add --yes.")

    speaking(user, work)


@memories.command()
def untidy(forgetting: str, user: User = "") -> None:
    """Take a tidying back."""

    async def work(terminal: Terminal) -> None:
        await terminal.post(f"/api/v1/forgettings/{forgetting}/undo")
        out.print("It is all there again.")

    speaking(user, work)
