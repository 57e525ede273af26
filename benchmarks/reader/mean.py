"""The mean of what several runs taught MiniLM, which is steadier than any of them: python -m benchmarks.reader.mean --out FILE FILE FILE ..."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from agent.settings import Settings

from .bert import Weights
from .minilm import KEEP, LAYERS, Pinned


def mean(pinned: Pinned, runs: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """The taught layers and all heads of these runs, each weight the mean of theirs, as the pinned file keeps them."""
    found: dict[str, np.ndarray] = {
        name: np.mean([run[name] for run in runs], axis=0, dtype=np.float32)
        for name in runs[0]
        if name.startswith("head.")
    }
    for number in range(KEEP, LAYERS):
        layers = [pinned.layer(number, run) for run in runs]
        of_all: Weights = {
            name: np.mean([np.asarray(layer[name]) for layer in layers], axis=0) for name in layers[0]
        }
        found |= pinned.written(number, of_all)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    pinned = Pinned(Settings().cache_home)
    runs = [dict(np.load(run, allow_pickle=False)) for run in given.runs]
    np.savez_compressed(given.out, allow_pickle=False, **mean(pinned, runs))


if __name__ == "__main__":
    main()
