"""keepsake ask, chat: talking on the terminal, with the memories under each answer."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from privacy.errors import KeepsakeError

from .forgetting_cli import forgotten
from .memories_cli import list_of
from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

talking = typer.Typer()
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]
OFFERED = (
    "There are /memories [WORDS], /forget (a number under the answer, an id, or words), /remember WORDS, /new, and an "
    "empty line to end."
)
SHOWN = 120  # characters of a memory under an answer


@talking.command()
def ask(text: str, thread: str = "terminal", user: User = "") -> None:
    """Say one thing and print the answer."""
    speaking(user, lambda terminal: Talk(terminal, thread).say(text))


@talking.command()
def chat(user: User = "") -> None:
    """Talk, line by line: /memories lists, /forget 1 forgets the first memory under an answer, /new begins anew."""

    async def work(terminal: Terminal) -> None:
        talk = Talk(terminal)
        while text := (await asyncio.to_thread(_typed)).strip():
            try:
                await talk.heard(text)
            except KeepsakeError as fault:
                out.print(str(fault), style="red", markup=False)

    speaking(user, work)


def _typed() -> str:
    try:
        return out.input("[bold]You[/] ")
    except EOFError:
        return ""


@dataclass(slots=True)
class Talk:
    """One conversation, and the memories that its last answer rests on."""

    terminal: Terminal
    thread: str = field(default_factory=lambda: f"terminal-{uuid.uuid4()}")
    used: list[str] = field(default_factory=list)

    async def heard(self, text: str) -> None:
        """Do what a line says: a command, or something to answer."""
        match text.split():
            case ["/new"]:
                self.thread, self.used = f"terminal-{uuid.uuid4()}", []
            case ["/memories", *words]:
                list_of(await self.terminal.get("/api/v1/memories", words=" ".join(words)))
            case ["/forget", *which] if which and (ids := self._ids(which)):
                forgotten(await self.terminal.post("/api/v1/forget", ids=ids, now=True))
            case ["/forget", *words] if words:
                await self.say(f"Forget {' '.join(words)}")
            case ["/remember", *words] if words:
                await self.say(f"Remember that {' '.join(words)}")
            case [word, *_] if word.startswith("/"):
                out.print(OFFERED)
            case _:
                await self.say(text)

    def _ids(self, which: list[str]) -> list[str]:
        """Memories by the numbers under the answer or by their ids; none where these are words."""
        numbered = {str(number): memory for number, memory in enumerate(self.used, start=1)}
        ids = [numbered.get(one, one if one.count("-") == 4 else "") for one in which]
        return ids if all(ids) else []

    async def say(self, text: str) -> None:
        """One turn: the answer as it comes, then what it rests on."""
        considered, noticed = 0, list[str]()
        self.used = []
        async for event in self.terminal.ask(text, self.thread):
            match event["event"]:
                case "recalled":
                    considered = event["considered"]
                case "said":
                    out.print(event["piece"], end="", markup=False, highlight=False)
                case "noticed":
                    noticed.append(event["message"])
                case "trouble":
                    out.print(event["message"], style="red", markup=False)
                case "finished":
                    self.used = list(event["used"])
        out.print()
        await self._show_used(considered)
        for sentence in noticed:
            out.print(sentence, style="yellow", markup=False)

    async def _show_used(self, considered: int) -> None:
        if not self.used:
            return
        out.print(f"Used {len(self.used)} of {considered} memories.", style="dim")
        for number, memory in enumerate(self.used, start=1):
            found: dict[str, Any] = await self.terminal.get(f"/api/v1/memories/{memory}")
            told = " ".join(found["text"].split())
            out.print(Text(f"[{number}] {found['occurred_at'][:10]} {told[:SHOWN]}", style="dim"))
