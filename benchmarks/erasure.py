"""How long forgetting takes, and whether the bytes are gone: keepsake bench erasure [--memories 10000] [--forget 20].

One person with so many memories, and another with a tenth of that. Some memories are forgotten one by one, each timed until
its key, payload, row and log are gone; then the index is rebuilt in the background as it always is, until no file holds the
bytes of a forgotten vector; then the other person is forgotten whole. Vectors are generated, everything else is real, and
nothing may be embedded again. A control looks for vectors that are still remembered: they must be found.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import App, open_app
from memory.ports import Vector
from memory.records import Utterance
from memory.stores.ledger import key_id
from privacy.identity import Principal, Scope

from .traces.search import views

ADA: dict[str, Any] = {"scope": Scope("ada"), "by": Principal("ada")}
BOB: dict[str, Any] = {"scope": Scope("bob"), "by": Principal("bob")}
AT_ONCE = 250
STRETCH = 8  # numbers of a vector that are looked for
LATEST = 180.0  # seconds that the rebuild is waited for


class Drawn:
    """An embedder that costs nothing and counts what it was asked."""

    name, dimensions = "drawn-384", 384
    place: Literal["here", "elsewhere"] = "here"

    def __init__(self) -> None:
        self.embedded = 0
        self._chance = np.random.default_rng(1)

    def embed_memories(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        self.embedded += len(texts)
        vectors = self._chance.standard_normal((len(texts), self.dimensions), dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def embed_questions(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        return self.embed_memories(texts, scope=scope)


def stretches(app: App, ids: Iterable[str], owner: str) -> list[bytes]:
    """A piece of each memory's vector as the index has it."""
    found = []
    for stored in app.ledger.live(owner, ids=list(ids)):
        vector = app.memory._indexer.vector(stored)
        if vector is not None:
            found.append(vector[:STRETCH].astype("<f4").tobytes())
    return found


def held(folder: Path, pieces: Sequence[bytes]) -> int:
    """How many of them stand in a file of the index: as bytes, unpacked, or as numbers of a Parquet column."""
    left = set(pieces)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            content = file.read_bytes()
            for view in [*views(content, depth=1), *_numbers(content)]:
                left -= {piece for piece in left if piece in view}
        except FileNotFoundError:
            continue  # the index has just put it away
    return len(pieces) - len(left)


def _numbers(content: bytes) -> list[bytes]:
    if content[:4] != b"PAR1":
        return []
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    columns = []
    for column in parquet.read_table(io.BytesIO(content)).columns:
        kind = column.type
        if arrow.types.is_list(kind) or arrow.types.is_fixed_size_list(kind):
            flat = column.combine_chunks().flatten()
            if arrow.types.is_floating(flat.type):
                columns.append(flat.to_numpy(zero_copy_only=False).astype("<f4").tobytes())
        elif arrow.types.is_fixed_size_binary(kind) or arrow.types.is_binary(kind):
            columns.append(b"".join(value.as_py() or b"" for value in column))
    return columns


async def fill(app: App, count: int, me: dict[str, Any]) -> None:
    for start in range(0, count, AT_ONCE):
        said = [
            Utterance(text=f"I saw bird number {n} over the marsh.", session=f"walk {n // 20}")
            for n in range(start, min(start + AT_ONCE, count))
        ]
        await app.memory.remember(said, **me)
    await app.memory.settle()


async def sweep(memories: int, forget: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        home, embedder = Path(folder, "home"), Drawn()
        settings = Settings(home=home, config_home=Path(folder, "config"), masking=False)
        app = await open_app(settings, model=ScriptedModel(), embedder=embedder)
        try:
            await fill(app, memories, ADA)
            await fill(app, max(1, memories // 10), BOB)
            return await _forgotten(app, home / "milvus", embedder, forget)
        finally:
            await app.aclose()


async def _forgotten(app: App, index: Path, embedder: Drawn, count: int) -> dict[str, Any]:
    owner, (gone, staying) = app.keyring.pseudonym("ada"), await _some(app, count)
    pieces, controls = stretches(app, gone, owner), stretches(app, staying, owner)
    embedded, took, worked, pending = embedder.embedded, list[float](), list[float](), 0
    cut, gone_at = app.ledger.cut_log, list[float]()

    def noting() -> bool:
        whole = cut()
        gone_at.append(time.perf_counter())
        return whole

    app.ledger.cut_log = noting  # type: ignore[method-assign]  # when key, payload, row and log are gone
    bare = list[float]()
    for memory in gone:
        began, busy = time.perf_counter(), time.process_time()
        done = await app.memory.forget([memory], now=True, **ADA)
        took.append(time.perf_counter() - began)
        bare.append(gone_at[-1] - began)
        worked.append(time.process_time() - busy)
        pending += "log" in done.pending or app.ledger.get_key(key_id(memory, 1)) is not None
        pending += dict(done.probes).get("id", 1) > 0
    before, began = await asyncio.to_thread(held, index, pieces), time.perf_counter()
    while time.perf_counter() - began < LATEST:
        if "index bytes" not in (await app.memory.forgetting(done.id, **ADA)).pending:
            break
        await asyncio.sleep(0.2)
    rebuilt = time.perf_counter() - began
    figures = {
        "memories": sum((await app.memory.counts(**ADA)).values()) + len(gone),
        "forgotten one by one": len(gone),
        "key, row and log gone after seconds p50": round(statistics.median(bare), 3),
        "the same, at most": round(max(bare), 3),
        "with all checks, seconds p50": round(statistics.median(took), 3),
        "of the processor, seconds p50": round(statistics.median(worked), 3),
        "key, row or log left": pending,
        "vectors in files before the rebuild": before,
        "rebuilt after seconds": round(rebuilt, 1),
        "vectors in files after it": await asyncio.to_thread(held, index, pieces),
        "control: remembered vectors found": f"{await asyncio.to_thread(held, index, controls)} of {len(controls)}",
        "embedded again": embedder.embedded - embedded,
    }
    began = time.perf_counter()
    everything = await app.memory.forget_everything(**BOB)
    figures["a person, seconds"] = round(time.perf_counter() - began, 2)
    figures["left of the person"] = app.ledger.owned_by(app.keyring.pseudonym("bob")) + (
        "log" in everything.pending
    )
    return figures


async def _some(app: App, count: int) -> tuple[list[str], list[str]]:
    """Ids to forget, and others that stay."""
    page = await app.memory.browse(kind="episode", limit=500, **ADA)
    ids = [memory.id for memory in page.memories]
    return ids[: 2 * count : 2], ids[1 : 2 * count : 2]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--memories", type=int, default=10_000)
    parser.add_argument("--forget", type=int, default=20)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    figures = asyncio.run(sweep(arguments.memories, arguments.forget))
    for name, figure in figures.items():
        print(f"{name:38} {figure}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
