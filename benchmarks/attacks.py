"""What a thief of the directory without the key learns from the index: keepsake bench attacks --data FILE [--candidates 1000].

FILE: conversations as for `bench recall`. Vectors: the thief has a list of sentences with the true ones among them,
embeds them, and names the nearest for each stolen vector that is near one at all (who only guesses is right once in a thousand). Words: the thief has half of the talk in the clear, counts
its words, and matches them by how often they come with the blind terms of the other half. Controls show that both
attacks work where nothing protects.
"""

from __future__ import annotations

import argparse
import gzip
import json
import secrets
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from agent.embedders.minilm import MiniLM
from agent.settings import Settings
from memory.lexical import blind, terms
from memory.ports import Vector
from memory.vector import rotation
from privacy.identity import Scope

TOP = 300  # words that the thief tries to name
NEAR = 0.5  # cosine from which the thief names anything: what is said in other words is as near; chance gives about .2


def texts(value: object) -> Iterator[str]:
    """Every text of a conversation, wherever it stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def read(file: Path) -> list[str]:
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        found = [text for line in lines for text in texts(json.loads(line))]
    return list(dict.fromkeys(text for text in found if len(text.split()) > 3))


def identified(known: Vector, *, protected: bool) -> int:
    """How many stolen vectors the thief, who embedded all candidates, names rightly."""
    stolen = known @ rotation(secrets.token_bytes(32), known.shape[1]) if protected else known
    likeness = stolen @ known.T
    is_right = np.argmax(likeness, axis=1) == np.arange(len(known))
    return int((is_right & (likeness.max(axis=1) >= NEAR)).sum())


def named(said: list[str], *, protected: bool) -> int:
    """How many of the most frequent words the thief names rightly, by their rank alone."""
    key = secrets.token_bytes(32) if protected else b""
    half = len(said) // 2
    public, stolen = Counter[str](), Counter[int]()
    truth: dict[int, str] = {}
    for text in said[:half] if protected else said:
        public.update(set(terms(text)))
    for text in said[half:] if protected else said:
        for term in set(terms(text)):
            dimension = blind(term, key)
            truth[dimension] = term
            stolen[dimension] += 1
    order = (sorted(counts, key=lambda one: (-counts[one], str(one))) for counts in (public, stolen))
    words, dimensions = (list(ranked)[:TOP] for ranked in order)
    return sum(truth[dimension] == word for word, dimension in zip(words, dimensions, strict=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    said = read(arguments.data)
    some = said[: arguments.candidates]
    known = MiniLM(Settings().cache_home).embed_memories(some, scope=Scope("thief"))
    figures = {
        "candidates": len(some),
        "vectors named": identified(known, protected=True),
        "vectors named, control": identified(known, protected=False),
        "texts": len(said),
        f"of the top {TOP} words": named(said, protected=True),
        f"of the top {TOP} words, control": named(said, protected=False),
    }
    for name, figure in figures.items():
        print(f"{name:32} {figure}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures) + "\n", "utf-8")


if __name__ == "__main__":
    main()
