"""keepsake timeline, summary and graph: a person's story on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

story = typer.Typer()
graph = typer.Typer(no_args_is_help=True, help="Who and what is spoken of, and how they hang together.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@story.command()
def timeline(
    by: Annotated[str, typer.Option(help="day, topic or person.")] = "day",
    when: Annotated[str, typer.Option(help='A time in words: "last week".')] = "",
    kind: Annotated[
        str | None, typer.Option(help="Only plan, event, decision, question, solved or feeling.")
    ] = None,
    as_json: AsJson = False,
    user: User = "",
) -> None:
    """What you told, by day, topic or person."""

    async def work(terminal: Terminal) -> None:
        found = (await terminal.get("/api/v1/timeline", by=by, when=when, kind=kind))["stretches"]
        if as_json:
            out.print_json(data=found)
            return
        for stretch in found:
            out.print(stretch["title"], style="bold", markup=False)
            for moment in stretch["moments"]:
                out.print(Text(f"  {moment['at'][:10]}  {' '.join(moment['memory']['text'].split())[:160]}"))
        if not found:
            out.print("Nothing of that time.")

    speaking(user, work)


@story.command()
def summary(thread: str, as_json: AsJson = False, user: User = "") -> None:
    """A conversation in a few of its own sentences."""

    async def work(terminal: Terminal) -> None:
        found = await terminal.get(f"/api/v1/summaries/{thread}")
        if as_json:
            out.print_json(data=found)
            return
        for sentence in found["sentences"]:
            out.print(Text(f"- {sentence['text']}"), Text(sentence["memory"], style="dim"))
        out.print(f"{len(found['sentences'])} sentences of {len(found['covers'])} messages", style="dim")

    speaking(user, work)


@graph.command("list")
def listed(as_json: AsJson = False, user: User = "") -> None:
    """Everybody and everything, what relates them, and what follows from it."""
    _print(user, "/api/v1/graph", as_json)


@graph.command()
def show(entity: str, steps: int = 1, as_json: AsJson = False, user: User = "") -> None:
    """One entity and what is near it."""
    _print(user, f"/api/v1/graph/{entity}", as_json, steps=steps)


@graph.command()
def merge(one: str, other: str, user: User = "") -> None:
    """The two are one. Prints the decision, for `keepsake graph undo`."""
    _decide(user, "/api/v1/graph/merge", one=one, other=other)


@graph.command()
def split(entity: str, facts: list[str], user: User = "") -> None:
    """These facts are about somebody else of the same name."""
    _decide(user, "/api/v1/graph/split", entity=entity, facts=facts)


@graph.command()
def hide(
    entity: str,
    off: Annotated[bool, typer.Option("--off", help="Show it again.")] = False,
    user: User = "",
) -> None:
    """Do not show somebody or something in Connections; it is known and used all the same."""

    async def work(terminal: Terminal) -> None:
        await terminal.put(f"/api/v1/graph/{entity}/hidden", hidden=not off)
        out.print("Shown again." if off else "Not shown any more.")

    speaking(user, work)


@graph.command()
def undo(decision: str, user: User = "") -> None:
    """Take a merge or a split back."""

    async def work(terminal: Terminal) -> None:
        await terminal.post(f"/api/v1/graph/decisions/{decision}/undo")
        out.print("It is as it was before.")

    speaking(user, work)


def _decide(user: str, path: str, **body: Any) -> None:
    async def work(terminal: Terminal) -> None:
        out.print((await terminal.post(path, **body))["decision"])

    speaking(user, work)


def _print(user: str, path: str, as_json: bool, **query: Any) -> None:
    async def work(terminal: Terminal) -> None:
        found = await terminal.get(path, **query)
        if as_json:
            out.print_json(data=found)
            return
        table = Table("id", "kind", "name", "facts", box=None)
        for entity in found["entities"]:
            table.add_row(entity["id"], entity["kind"], Text(entity["name"]), str(len(entity["mentions"])))
        out.print(table)
        for fact in found["facts"]:
            out.print(Text(f"- {fact['text']}  {fact['id']}"))
        for conclusion in found["concluded"]:
            out.print(Text(f"→ {conclusion['text']}  ({'; '.join(conclusion['steps'])})", style="italic"))
        for decision in found["decisions"]:
            out.print(Text(f"{decision['kind']}: {decision['id']}", style="dim"))

    speaking(user, work)
