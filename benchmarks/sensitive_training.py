"""Makes the examples that sensitive sentences are judged by: python -m benchmarks.sensitive_training [--check].

Reads `benchmarks/data/sensitive`: a file of our own for each category ("+" tells, "-" only looks like it), and two
files by strangers; and what people write every day, from the open messages that extraction is measured with. Writes `privacy/categories/examples.npz`. `--check` writes nothing: each stranger is judged by all
others' sentences, never by their own.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from agent.embedders.minilm import MiniLM
from agent.settings import Settings
from privacy.categories import CATEGORIES, NAMES, judging, sensitive
from privacy.identity import Scope

DATA = Path(__file__).parent / "data" / "sensitive"
EVERYDAY = Path(__file__).parents[1] / "tests" / "data"
WEIGHTS = Path(judging.__file__).with_name("examples.npz")
STRANGERS = ("stranger_a", "stranger_b")
DOUBT = 0.3  # how little a single example is trusted


class Example(NamedTuple):
    text: str
    category: str
    tells: bool
    author: str


def examples() -> list[Example]:
    found = []
    for path in sorted(DATA.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            found.append(Example(line[2:], path.stem, line.startswith("+ "), "us"))
    for author in STRANGERS:
        for line in (DATA / f"{author}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            found.append(Example(row["text"], row["category"], row["sensitive"], author))
    known = {example.text for example in found}
    return found + [Example(text, "everyday", False, "others") for text in _everyday() if text not in known]


def _everyday() -> list[str]:
    """Messages in which the rules find nothing."""
    lines = [
        line
        for path in sorted(EVERYDAY.glob("extraction*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [text for line in lines if not sensitive(text := json.loads(line)["text"])]


def learned(meanings: judging.Vector, marks: np.ndarray, taught: list[Example]) -> judging.Examples:
    """The say of each example: one system of equations for all votes."""
    small = np.round(meanings * 127 / np.abs(meanings).max(axis=1, keepdims=True)).astype(np.int8)
    wanted = np.array(
        [[1.0 if e.tells else -1.0, *(float(e.category == name) for name in NAMES)] for e in taught]
    )
    usual = np.array([-1.0, *(0.0 for _ in NAMES)])
    bare = judging.Examples(small, marks, np.zeros(()), usual)
    near = judging.nearness(bare.points, bare.points).astype(np.float64)
    says = np.linalg.solve(near + DOUBT * np.eye(len(taught)), wanted - usual)
    return judging.Examples(small, marks, says.astype(np.float32), usual.astype(np.float32))


def check(meanings: judging.Vector, marks: np.ndarray, taught: list[Example]) -> None:
    """Each stranger judged by what the others wrote, at several thresholds. Whole messages, not sentence by sentence."""
    print(f"{'judged':12} {'from':>6} {'recall':>7} {'alarms':>7}")
    for author in STRANGERS:
        mine = np.array([e.author == author for e in taught])
        by = learned(meanings[~mine], marks[~mine], [e for e in taught if e.author != author])
        votes = by.votes(meanings[mine], marks[mine])
        own = [e for e in taught if e.author == author]
        for threshold in (-0.1, -0.05, 0.0, 0.05, 0.1):
            hits = [
                vote[0] > threshold and vote[1 + NAMES.index(e.category)] >= judging.AMONG * vote[1:].max()
                for e, vote in zip(own, votes, strict=True)
                if e.tells
            ]
            alarms = [vote[0] > threshold for e, vote in zip(own, votes, strict=True) if not e.tells]
            print(f"{author:12} {threshold:6.2f} {np.mean(hits):7.3f} {np.mean(alarms):7.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    taught = examples()
    texts = [e.text for e in taught]
    meanings = MiniLM(Settings().cache_home).embed_memories(texts, scope=Scope("(training)"))
    marks = np.array([judging.marks(text, CATEGORIES) for text in texts])
    if arguments.check:
        check(meanings, marks, taught)
        return
    made = learned(meanings, marks, taught)
    np.savez_compressed(WEIGHTS, meanings=made.meanings, marks=made.marks, says=made.says, usual=made.usual)
    print(f"{len(taught)} examples, {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
