"""Planted details through every path, looked for in every file: keepsake bench canaries [--count 1000] [--no-mask] [--seed 1].

Canaries of twelve kinds go through chat, titles, feedback, looking, import, failing parts, a crash, export and backup of a
real server that logs at DEBUG. Then every file is searched for any eight bytes of one, in UTF-8, UTF-16, base64 and hex,
also inside zip, zlib and Parquet; and so is what was opened for the look (records, titles, receipts) and what a recording
model server elsewhere received. With --no-mask the last two must fail.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.identifiers import Identifiers
from memory.records import Shown
from privacy.identity import Principal, Scope
from tests.kit.chatting import Chatting, chatting
from tests.kit.model_server import BreaksOff, ModelServer, Refuses, Step, model_server
from tests.kit.serving import environment, free_port, ready

from .traces.canary import KINDS, Canary, canaries
from .traces.careless import BREAKS, BREAKS_LATER
from .traces.search import Needles

ADA = Scope("local"), Principal("local")  # who uses a server without accounts
OTHER = Scope("other"), Principal("other")
STARTS = 300.0  # seconds that a server may need on a busy machine
ANSWERS: tuple[Step, ...] = ("Noted, thank you.", Refuses(400), "Good to know.", BreaksOff())


@dataclass(frozen=True, slots=True)
class Found:
    """Canaries of which something was found, by place."""

    files: dict[str, list[str]]
    opened: set[str]
    sent: set[str]


class Visit:
    """One person at the server, who tells canaries."""

    def __init__(self, chat: Chatting, model: ModelServer) -> None:
        self.chat = chat
        self.http = chat.http
        self.model = model
        self.told = 0

    async def talk(self, canary: Canary) -> None:
        """In the chat; the model answers, refuses with the question in its words, or breaks off."""
        self.model.words.append(ANSWERS[self.told % len(ANSWERS)])
        self.told += 1
        answer = await self.chat.say(canary.text)
        self.model.words.clear()
        if not answer.messages:
            raise RuntimeError("the chat said nothing at all")

    async def title(self, canary: Canary) -> None:
        sent = {"threadId": self.chat.thread, "name": canary.text}
        (await self.http.put("/project/thread", json=sent)).raise_for_status()

    async def feedback(self, canary: Canary) -> None:
        self.model.words.append("A walk by the river.")
        await self.chat.feedback(await self.chat.say("What could I do today?"), 0, canary.text)

    async def keep(self, canary: Canary) -> None:
        """Kept by hand, previewed, asked for and looked for."""
        await self._post("/api/v1/memories", {"text": canary.text}, 200)
        await self._post("/api/v1/privacy/preview", {"text": canary.text}, 200, 429)
        await self._post("/api/v1/recall", {"question": canary.text}, 200)
        (await self.http.get("/api/v1/memories", params={"words": canary.detail})).raise_for_status()

    async def break_at_once(self, canary: Canary) -> None:
        """The detector fails with the text in its error, on the way of a request and in the chat."""
        await self._post("/api/v1/memories", {"text": BREAKS + canary.text}, 500)
        await self.chat.say(BREAKS + canary.text)

    async def break_later(self, canary: Canary) -> None:
        """What reads for facts fails with the text in its error."""
        await self._post("/api/v1/memories", {"text": BREAKS_LATER + canary.text}, 200)

    async def _post(self, path: str, body: dict[str, str], *expected: int) -> None:
        answer = await self.http.post(path, json=body)
        if answer.status_code not in expected:
            raise RuntimeError(f"{path}: {answer.status_code}")


PATHS: tuple[Callable[[Visit, Canary], Awaitable[None]], ...] = (
    Visit.talk, Visit.title, Visit.feedback, Visit.keep, Visit.break_at_once, Visit.break_later,
)  # fmt: skip


@asynccontextmanager
async def server(folder: Path, model: ModelServer, place: str, *, masking: bool) -> AsyncIterator[Visit]:
    """A careless server, killed at the end; and somebody at its chat."""
    port = free_port()
    settings = {
        "KEEPSAKE_PORT": str(port),
        "KEEPSAKE_MASKING": str(masking).lower(),
        "KEEPSAKE_SENSITIVE": "keep",
        "KEEPSAKE_MODEL_PLACE": place,
        "OPENAI_BASE_URL": model.url,
    }
    # the server's own process: to import it here would load Chainlit with our environment
    command = [
        sys.executable,
        "-m",
        "benchmarks.traces.careless",
        str(folder / f"debug-{place}.log"),
        "serve",
    ]
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment(folder, **settings), stdout=log, stderr=log)
        try:
            address = ready(f"http://127.0.0.1:{port}", process, folder / "serve.log", STARTS)
            async with chatting(address) as chat:
                yield Visit(chat, model)
                process.kill()
        finally:
            process.kill()
            process.wait(timeout=30)


def packed(told: Sequence[Canary]) -> bytes:
    """An exported file in which somebody tells this."""
    ids, now = Identifiers(), datetime.now(UTC)
    memories = [
        Shown(
            id=ids.new(now),
            kind="episode",
            text=canary.text,
            occurred_at=now - timedelta(days=number),
            recorded_at=now,
            origin="said",
            status="active",
            version=1,
            importance=0.5,
            confidence=1.0,
        )
        for number, canary in enumerate(told)
    ]
    raw, made = (
        json.dumps(
            {"memories": [asdict(memory) for memory in memories]}, default=datetime.isoformat
        ).encode(),
        io.BytesIO(),
    )
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("memories.json", raw)
        manifest = {"export": "keepsake 1", "sha256": {"memories.json": hashlib.sha256(raw).hexdigest()}}
        file.writestr("manifest.json", json.dumps(manifest))
    return made.getvalue()


async def planted(folder: Path, told: Sequence[Canary], needles: Needles, *, masking: bool) -> Found:
    """Every canary through one of the paths; what can be found while it runs, after a crash and in the end."""
    here, imported, rest = told[::8], told[1::8], [c for n, c in enumerate(told) if n % 8 > 1]
    with model_server() as model:
        async with server(folder, model, "elsewhere", masking=masking) as visit:
            for number, canary in enumerate(rest):
                await PATHS[number % len(PATHS)](visit, canary)
                _say(number, len(rest))
            (await visit.http.post("/api/v1/import", content=packed(imported))).raise_for_status()
            files = needles.in_folder(folder)
        sent = needles.in_text(json.dumps(model.bodies, ensure_ascii=False))
        async with server(folder, model, "here", masking=masking) as visit:
            for canary in here:
                await visit.talk(canary)
    files |= needles.in_folder(folder)
    settings = Settings(
        home=folder / "data", config_home=folder / "config", masking=masking, sensitive="keep"
    )
    app = await open_app(settings, model=ScriptedModel())
    try:
        app.worker.nudge(*ADA)
        await app.worker.drain()
        exported = b"".join(app.portability.export(scope=ADA[0], by=ADA[1]))
        came = await app.memory.bring_in(exported, "mine.zip", scope=OTHER[0], by=OTHER[1])
        await app.memory.accept_arrival(came.arrival, scope=OTHER[0], by=OTHER[1])
        await app.memory.settle()
        await app.memory.back_up(folder / "backup")
        opened = set[str]()
        for scope, by in (ADA, OTHER):
            opened |= needles.in_text(repr(await app.memory.at_rest(scope=scope, by=by)))
            opened |= needles.in_text(repr(await app.conversations.at_rest(scope=scope)))
    finally:
        await app.aclose()
    return Found(files | needles.in_folder(folder), opened, sent)


def _say(number: int, of: int) -> None:
    if number % 50 == 49:
        print(f"{number + 1} of {of}", file=sys.stderr)


def figures(told: Sequence[Canary], found: Found) -> dict[str, dict[str, int]]:
    """By kind: how many were planted, and of how many something was found."""
    kinds = {canary.detail: canary.kind for canary in told}
    places = {"in files": found.files, "in opened records": found.opened, "sent to the model": found.sent}
    rows = {kind: {"planted": count} for kind, count in Counter(c.kind for c in told).items()}
    for place, details in places.items():
        hit = Counter(kinds[detail] for detail in details)
        for kind, row in rows.items():
            row[place] = hit[kind]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000, help="canaries, in twelve kinds")
    parser.add_argument("--no-mask", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what was found, and where")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    told = canaries(arguments.count, arguments.seed)
    needles = Needles(canary.detail for canary in told)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o700)
        found = asyncio.run(planted(Path(folder), told, needles, masking=not arguments.no_mask))
    rows = figures(told, found)
    print(f"{'kind':11} {'planted':>8} {'files':>6} {'opened':>7} {'sent':>5}")
    for kind in KINDS:
        print(f"{kind:11}" + "".join(f"{figure:>7}" for figure in rows.get(kind, {}).values()))
    if arguments.show:
        for detail, files in found.files.items():
            print("file:", detail, files)
        print("opened:", sorted(found.opened), "sent:", sorted(found.sent), sep="\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
