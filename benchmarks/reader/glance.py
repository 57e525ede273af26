"""Fits what a look at words alone tells of orders to a model: python -m benchmarks.reader.glance --out FILE [--seed 1].

A logistic regression by AdaGrad (Duchi et al., 2011), orders and all else weighing the same. First each author's texts are looked at by what was
fitted without them, and the odds are printed below which only so many of their orders lie: `agent.reader.ordering.LEAST` is
chosen from these. Then everything is fitted and written.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.reader.glance import DIMENSIONS, odds, places

from .examples import HERE, Ordered, orders_of, ordinary

PASSES, STEP = 6, 0.3
MISSED = (0.0, 0.005, 0.01, 0.02, 0.05)

Fitted = tuple[NDArray[np.float64], float]


def fitted(examples: Sequence[Ordered], rng: random.Random) -> Fitted:
    """A weight for each place, and the bias."""
    seen = [(places(one.text), float(one.orders)) for one in examples]
    share = sum(orders for _, orders in seen) / len(seen)
    weights, bias = np.zeros(DIMENSIONS), 0.0
    moved, moved_bias = np.full(DIMENSIONS, 1e-6), 1e-6
    for _ in range(PASSES):
        rng.shuffle(seen)
        for at, orders in seen:
            counts = 0.5 / share if orders else 0.5 / (1 - share)
            slope = counts * (1 / (1 + np.exp(-odds(weights, bias, at))) - orders)
            step = slope / np.sqrt(len(at) + 1)
            moved[at] += step**2
            weights[at] -= STEP * step / np.sqrt(moved[at])
            moved_bias += slope**2
            bias -= STEP * slope / np.sqrt(moved_bias)
    return weights, float(bias)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    talk = ordinary(rng)
    authors = {path.stem: orders_of(path) for path in sorted((HERE / "reader" / "orders").glob("*.jsonl"))}
    unseen: list[float] = []
    for author, texts in authors.items():
        others = [one for name, some in authors.items() if name != author for one in some]
        weights, bias = fitted([*others, *talk[::2]], rng)
        unseen += [odds(weights, bias, places(one.text)) for one in texts if one.orders]
        idle = np.array([odds(weights, bias, places(one.text)) for one in talk[1::2]])
    for share in MISSED:
        least = float(np.quantile(unseen, share))
        print(
            f"{share:.3f} of {len(unseen)} orders of authors not seen below {least:.2f}, {(idle < least).mean():.3f} of talk"
        )
    weights, bias = fitted([*(one for some in authors.values() for one in some), *talk], rng)
    np.savez_compressed(given.out, weights=weights.astype(np.float16), bias=np.float32(bias))


if __name__ == "__main__":
    main()
