"""`keepsake script`: play conversations, or only check how they are written."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from .errors import ScriptError

if TYPE_CHECKING:
    from agent.settings import Settings

    from .outcome import Outcome
    from .steps import Script

scripts = typer.Typer(no_args_is_help=True, help="Scripted conversations: play them, or check the files.")
out = Console()
Files = Annotated[list[Path], typer.Argument(help="Files, or folders of *.yaml files.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
MARKS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "skipped": "[yellow]–[/]"}


@scripts.command()
def run(files: Files, as_json: AsJson = False) -> None:
    """Play conversations against the real product. Exit code 1 when one fails."""
    found, faults = _read(files)
    outcomes = asyncio.run(_play(found, quiet=as_json))
    if as_json:
        _print_json({"outcomes": [outcome.as_json() for outcome in outcomes], "errors": faults})
    else:
        from .report import summary

        _print_faults(faults)
        out.print(summary(outcomes))
    if faults or any(outcome.state == "failed" for outcome in outcomes):
        raise typer.Exit(1)


@scripts.command()
def check(files: Files, as_json: AsJson = False) -> None:
    """Read the files without playing them. Exit code 1 when one cannot be understood."""
    found, faults = _read(files)
    if as_json:
        read = [{"file": str(s.file), "line": s.line, "title": s.title, "steps": len(s.steps)} for s in found]
        _print_json({"conversations": read, "errors": faults})
    else:
        for script in found:
            out.print(
                f"{script.file}: “{script.title}”, {len(script.steps)} steps", markup=False, soft_wrap=True
            )
        _print_faults(faults)
    if faults:
        raise typer.Exit(1)


def _read(files: list[Path]) -> tuple[list[Script], list[str]]:
    """The conversations that can be read, and a sentence for each fault."""
    from .reading import files_below, read

    found: list[Script] = []
    faults: list[str] = []
    for file in files_below(files):
        try:
            found += read(file)
        except ScriptError as fault:
            faults += str(fault).splitlines()
    return found, faults


async def _play(found: list[Script], *, quiet: bool) -> list[Outcome]:
    from agent.settings import Settings

    environment = Settings()  # type: ignore[call-arg]  # from the environment
    outcomes = []
    for script in found:
        outcomes.append(await _play_one(script, environment, quiet=quiet))
        if not quiet:
            _print_outcome(outcomes[-1])
    return outcomes


async def _play_one(script: Script, environment: Settings, *, quiet: bool) -> Outcome:
    from .playing import play

    with Console(stderr=True, quiet=quiet).status(f"{script.title} …") as status:
        total = len(script.steps)
        return await play(
            script, environment, lambda done: status.update(f"{script.title} … {done} of {total} steps")
        )


def _print_outcome(outcome: Outcome) -> None:
    from .report import report

    out.print(MARKS[outcome.state], end=" ")
    out.print(f"{outcome.script.title}  ({outcome.seconds:.1f} s)", markup=False, highlight=False)
    if outcome.state != "passed":
        out.print(report(outcome), markup=False, highlight=False, soft_wrap=True)


def _print_faults(faults: list[str]) -> None:
    for fault in faults:
        out.print(fault, style="red", markup=False, highlight=False, soft_wrap=True)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
