"""Side by side: this recall, mem0 with its own Milvus provider, bm25s, cosines alone, and reciprocal rank fusion.

    python -m benchmarks.peers --data FILE [--limit-cases N] [--sizes 1000,10000] [--home DIR] [--json OUT]

One run, one embedder, the same turns and questions; nobody uses a language model (mem0: infer=False). To the others goes
"speaker: text" with the date in front, as benchmarks in print do it. `--home` is a home of benchmarks/recall.py for this
recall; the others begin anew. Printed are recall@10 and nDCG@10, milliseconds for a search in these memories, and for mem0
how many memories a new process finds again, and the time of a search at the sizes given, over generated vectors.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from milvus_lite.server_manager import server_manager_instance
from rich.console import Console
from rich.progress import track
from rich.table import Table

from agent.embedders.minilm import MiniLM
from agent.models.scripted import ScriptedModel
from agent.settings import Settings, quiet_libraries
from agent.wiring import open_app
from privacy.identity import Principal, Scope

from .recall import forget_interrupted, interval, read, remember, score

K = 60  # of reciprocal rank fusion, as in its paper
Ranker = Callable[[str], list[str]]


def turns_of(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (turn["id"], f"{session.get('date') or ''} {turn['role']}: {turn['text']}".strip())
        for session in case["sessions"]
        for turn in session["turns"]
    ]


class Mem0Embedder:
    """The same vectors for mem0."""

    def __init__(self, config: Any = None) -> None:
        self.config = config

    def embed(self, text: str, memory_action: str | None = None) -> list[float]:
        return [float(x) for x in embedder().embed_questions([text], scope=Scope("peers"))[0]]

    def embed_batch(self, texts: Sequence[str], memory_action: str = "add") -> list[list[float]]:
        return [self.embed(text) for text in texts]


_embedders: list[MiniLM] = []


def embedder() -> MiniLM:
    if not _embedders:
        _embedders.append(MiniLM(Settings().cache_home))
    return _embedders[0]


def mem0(folder: Path) -> Any:
    """mem0 as it comes, with its Milvus provider over Milvus Lite; no model is ever asked."""
    quiet_libraries(Settings())
    import mem0.utils.spacy_models as models
    from mem0 import Memory
    from mem0.utils.factory import EmbedderFactory

    models._load_failed_full = models._load_failed_lemma = True  # it would download a model
    logging.getLogger("mem0").setLevel(logging.CRITICAL)
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    EmbedderFactory.provider_to_class["openai"] = "benchmarks.peers.Mem0Embedder"
    store = {
        "url": str(folder / "mem0.db"),
        "token": "",
        "collection_name": "mem0",
        "embedding_model_dims": 384,
        "metric_type": "COSINE",
    }
    return Memory.from_config(
        {
            "vector_store": {"provider": "milvus", "config": store},
            "llm": {"provider": "openai", "config": {"api_key": "unused"}},
            "embedder": {"provider": "openai", "config": {"api_key": "unused"}},
            "history_db_path": str(folder / "history.db"),
        }
    )


def mem0_ranker(memory: Any, case: dict[str, Any]) -> Ranker:
    who = case["id"]
    for turn, text in turns_of(case):
        memory.add([{"role": "user", "content": text}], user_id=who, metadata={"turn": turn}, infer=False)

    def ranked(question: str) -> list[str]:
        found = memory.search(question, top_k=20, filters={"user_id": who}, threshold=0.0)["results"]
        return [hit["metadata"]["turn"] for hit in found]

    return ranked


def plain_rankers(case: dict[str, Any]) -> dict[str, Ranker]:
    """bm25s with its defaults and an English stemmer, cosines, and both by reciprocal rank fusion."""
    import bm25s
    import snowballstemmer

    stem = snowballstemmer.stemmer("english").stemWords
    ids, texts = zip(*turns_of(case), strict=True)
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize(list(texts), stopwords="en", stemmer=stem, show_progress=False), show_progress=False
    )
    vectors = embedder().embed_memories(texts, scope=Scope("peers"))

    def words(question: str) -> list[str]:
        asked = bm25s.tokenize([question], stopwords="en", stemmer=stem, show_progress=False)
        places, _ = index.retrieve(asked, k=min(200, len(ids)), show_progress=False)
        return [ids[place] for place in places[0]]

    def meaning(question: str) -> list[str]:
        asked = embedder().embed_questions([question], scope=Scope("peers"))[0]
        return [ids[place] for place in np.argsort(-(vectors @ asked), kind="stable")[:200]]

    def fused(question: str) -> list[str]:
        sums: defaultdict[str, float] = defaultdict(float)
        for listed in (words(question), meaning(question)):
            for rank, turn in enumerate(listed):
                sums[turn] += 1 / (K + rank + 1)
        return sorted(sums, key=lambda turn: -sums[turn])

    return {"bm25s": words, "cosines alone": meaning, "reciprocal rank fusion": fused}


def measured(ranker: Ranker, case: dict[str, Any]) -> list[tuple[dict[str, float], float]]:
    found = []
    for question in case["questions"]:
        if question.get("evidence_turn_ids"):
            began = time.perf_counter()
            ranked = ranker(question["q"])
            took = (time.perf_counter() - began) * 1000
            found.append((score(ranked[:20], question), took))
    return found


async def ours(
    data: Path, cases: Sequence[dict[str, Any]], home: Path
) -> list[tuple[dict[str, float], float]]:
    app = await open_app(Settings(home=home / "data", config_home=home / "config"), model=ScriptedModel())
    known, found = home / "turns.json", []
    turns: dict[str, dict[str, str]] = json.loads(known.read_text()) if known.exists() else {}
    try:
        await app.memory.settle()
        for case in track(cases, description="keepsake", console=Console(stderr=True)):
            by, scope = Principal(case["id"]), Scope(case["id"])
            if case["id"] not in turns:
                await forget_interrupted(app, by, scope)
                turns[case["id"]] = await remember(app, case, by, scope)
                await app.memory.settle()
                known.write_text(json.dumps(turns))
            for question in case["questions"]:
                if question.get("evidence_turn_ids"):
                    began = time.perf_counter()
                    hits = (await app.memory.recall(question["q"], scope=scope, by=by, limit=20)).hits
                    took = (time.perf_counter() - began) * 1000
                    found.append((score([turns[case["id"]][hit.memory.id] for hit in hits], question), took))
    finally:
        await app.aclose()
    return found


def alive(folder: Path, cases: Sequence[dict[str, Any]]) -> str:
    """What a new process finds again of what mem0 was given."""
    command = [sys.executable, "-m", "benchmarks.peers", "--alive", str(folder), "--data", "-"]
    names = json.dumps([[case["id"], len(turns_of(case))] for case in cases])
    done = subprocess.run(
        command, input=names, capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    return (done.stdout.strip().splitlines() or [f"ended with {done.returncode}"])[-1]


def look_again(folder: Path) -> None:
    given, found = json.load(sys.stdin), 0
    try:
        memory = mem0(folder)
        for who, count in given:
            found += len(memory.get_all(filters={"user_id": who}, top_k=count)["results"])
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the result
        print(f"{found} of {sum(count for _, count in given)}: {str(error)[:90]}")
        return
    print(f"{found} of {sum(count for _, count in given)}")


def at_size(size: int) -> float:
    """Milliseconds of a mem0 search among so many memories with generated vectors."""
    folder = Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    memory, chance = mem0(folder), np.random.default_rng(1)
    for start in range(0, size, 1000):
        vectors = chance.standard_normal((min(1000, size - start), 384))
        payloads = [{"data": f"memory {start + n}", "user_id": "somebody"} for n in range(len(vectors))]
        memory.vector_store.insert(
            vectors=vectors.tolist(), payloads=payloads, ids=[f"{start + n}" for n in range(len(vectors))]
        )
    took = []
    for n in range(10):
        began = time.perf_counter()
        memory.search(f"Where is the blue boat {n}?", top_k=10, filters={"user_id": "somebody"})
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit-cases", type=int)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alive", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alive:
        look_again(arguments.alive)
        return
    cases = read(arguments.data)[: arguments.limit_cases]
    home = arguments.home or Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    folder = Path(tempfile.mkdtemp(prefix="keepsake-bench-"))
    found: defaultdict[str, list[tuple[dict[str, float], float]]] = defaultdict(list)
    found["keepsake, masked and sealed"] = asyncio.run(ours(arguments.data, cases, home))
    memory = mem0(folder)
    for case in track(cases, description="the others", console=Console(stderr=True)):
        rankers = {"mem0, its Milvus provider": mem0_ranker(memory, case), **plain_rankers(case)}
        for name, ranker in rankers.items():
            found[name] += measured(ranker, case)
    memory.close()
    server_manager_instance.release_all()  # else the new process finds the file locked by this one
    questions = len(next(iter(found.values())))
    table = Table(
        "", "recall@10", "nDCG@10", "ms (p50)", title=f"{arguments.data.name}, {questions} questions"
    )
    report: dict[str, Any] = {}
    for name, rows in found.items():
        columns = {figure: [row[0][figure] for row in rows] for figure in ("recall@10", "nDCG@10")}
        report[name] = {f: (statistics.fmean(v), *interval(v)) for f, v in columns.items()}
        report[name]["ms"] = statistics.median(row[1] for row in rows)
        shown = [f"{m:.3f} ({low:.3f} to {high:.3f})" for m, low, high in list(report[name].values())[:2]]
        table.add_row(name, *shown, f"{report[name]['ms']:.0f}")
    console = Console(width=110)
    console.print(table)
    report["mem0 found again by a new process"] = alive(folder, cases)
    report["mem0 ms a search"] = {size: at_size(int(size)) for size in arguments.sizes.split(",") if size}
    console.print("mem0, found again by a new process:", report["mem0 found again by a new process"])
    console.print("mem0, ms a search (p50) among so many memories:", report["mem0 ms a search"])
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
