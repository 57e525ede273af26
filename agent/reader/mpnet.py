"""MPNet (Song et al., 2020) as it is fetched, with its upper layers taught to read.

The lower layers stay as they are; the upper ones are what was fetched plus a difference of low rank (Hu et al., 2021), kept in
`special.npz` and `stating.npz` beside the head.
`lower.onnx` and `upper.onnx` hold the arithmetic without a weight (`benchmarks/reader/graph.py` writes them); weights are handed in
when they are opened, as whole numbers of eight bits in blocks (`weights.py`).
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from privacy.onnx import opened

from .. import assets
from .encoded import Encoded, Floats, whole
from .taught import Given, Taught
from .weights import KEPT, LAYERS, WORDS, arrays, blocks

WIDTH, HEADS = 768, 12
LONGEST = 256  # word pieces of a text or a pair; what is longer is cut
PADDING, FIRST_PLACE = 1, 2  # of the tokenizer; where MPNet begins to count places

DENSE = {
    "attention.attn.q": (WIDTH, WIDTH), "attention.attn.k": (WIDTH, WIDTH), "attention.attn.v": (WIDTH, WIDTH),
    "attention.attn.o": (WIDTH, WIDTH), "intermediate.dense": (4 * WIDTH, WIDTH), "output.dense": (WIDTH, 4 * WIDTH),
}  # fmt: skip
NORMS = ("attention.LayerNorm", "output.LayerNorm")

Weights = dict[str, NDArray[Any]]


class Lower:
    """The layers that stay as they are. Loads on first use, and raises AssetMissing or AssetDamaged then. Thread-safe."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._lock = threading.Lock()

    def states(self, given: Given) -> tuple[list[Any], Floats, Floats]:
        """The word pieces of each text or pair, the states after the lower layers, and which of them are no padding."""
        with self._lock:
            pieces = self._tokenizer.encode_batch([whole(*one) for one in given])
            session = self._session
        ids = np.array([p.ids for p in pieces], dtype=np.int64)
        mask = np.array([p.attention_mask for p in pieces], dtype=np.float32)
        return pieces, session.run(None, {"ids": ids, "mask": mask})[0], mask

    def layer(self, number: int) -> Weights:
        """A layer's weights as they are kept."""
        start = f"encoder.layer.{number}."
        return {
            name.removeprefix(start): values for name, values in self._file.items() if name.startswith(start)
        }

    @cached_property
    def relative(self) -> Floats:
        """What is added to how much a piece looks at another, by how far away it is: from LONGEST - 1 behind to as much ahead."""
        away = np.arange(LONGEST - 1, -LONGEST, -1)
        return np.ascontiguousarray(self._file["encoder.relative_attention_bias.weight"][buckets(away)])

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(assets.require(assets.READER_TOKENIZER, self._cache)))
        tokenizer.enable_truncation(LONGEST, strategy="longest_first")
        tokenizer.enable_padding(pad_id=PADDING, pad_token="<pad>")  # noqa: S106
        return tokenizer

    @cached_property
    def _file(self) -> Mapping[str, NDArray[Any]]:
        return arrays(assets.require(assets.READER, self._cache))

    @cached_property
    def _session(self) -> Any:
        weights: Weights = {
            "words": self._file[f"{WORDS}.rows"],
            "words.scales": self._file[f"{WORDS}.scales"],
            "places": self._file["embeddings.position_embeddings.weight"][
                FIRST_PLACE : FIRST_PLACE + LONGEST
            ],
            "relative": self.relative,
        }
        for part in ("weight", "bias"):
            weights[f"embeddings.LayerNorm.{part}"] = self._file[f"embeddings.LayerNorm.{part}"]
        for number in range(KEPT):
            for name, values in self.layer(number).items():
                weights[f"{number}.{_of_graph(name)}"] = values
        return opened((files(__package__) / "lower.onnx").read_bytes(), weights)


class Encoder(Taught):
    """MPNet as it was taught for one task. Loads on first use, and raises AssetMissing or AssetDamaged then. Thread-safe."""

    def __init__(self, models: Path, taught: str) -> None:
        super().__init__(taught)
        self._lower = _lower(models)

    def _batch(self, given: Given) -> Iterator[Encoded]:
        pieces, below, mask = self._lower.states(given)
        with self._lock:
            session = self._session
        states = session.run(None, {"below": below, "mask": mask})[0]
        for piece, of_piece, kept in zip(pieces, states, mask == 1, strict=True):
            second = np.array([which == 1 for which in piece.sequence_ids], dtype=np.bool_)
            yield Encoded(
                of_piece[kept], [o for o, k in zip(piece.offsets, kept, strict=True) if k], second[kept]
            )

    @cached_property
    def _session(self) -> Any:
        weights: Weights = {"relative": self._lower.relative}
        for layer in range(KEPT, LAYERS):
            taught = _taught(self._lower.layer(layer), self._weights, layer)
            weights |= {f"{layer}.{name}": values for name, values in _handed_in(taught)}
        return opened((files(__package__) / "upper.onnx").read_bytes(), weights)


@cache
def _lower(models: Path) -> Lower:
    """One for all tasks: it is most of the model."""
    return Lower(models)


def buckets(away: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of MPNet's 32 distances stands for a piece that is so many pieces before (below nothing: after): near ones one by
    one, farther ones by their logarithm, in each direction sixteen.

    >>> buckets(np.array([0, 3, -3, 20, 300])).tolist()
    [0, 3, 19, 10, 15]
    """  # fmt: skip
    far = np.abs(away)
    by_logarithm = 8 + (np.log(np.maximum(far, 1) / 8) / math.log(128 / 8) * 8).astype(np.int64)
    return np.where(away < 0, 16, 0) + np.where(far < 8, far, np.minimum(by_logarithm, 15))


def _taught(kept: Weights, taught: Mapping[str, NDArray[Any]], layer: int) -> Weights:
    """A layer as one task has it."""
    found = {}
    for name, values in kept.items():
        at = f"layer.{layer}.{name}"
        if at in taught:
            found[name] = taught[at].astype(np.float32)
        elif f"{at}.up" in taught:
            down = taught[f"{at}.down"].astype(np.float32)
            found[name] = values.astype(np.float32) + taught[f"{at}.up"].astype(np.float32) @ down
        else:
            found[name] = values
    return found


def _handed_in(layer: Weights) -> Iterator[tuple[str, NDArray[Any]]]:
    """A taught layer's weights under the names of the graph."""
    for name in DENSE:
        whole, scales = blocks(layer[f"{name}.weight"])
        yield from (
            (f"{name}.blocks", whole),
            (f"{name}.scales", scales),
            (f"{name}.bias", layer[f"{name}.bias"]),
        )
    for name in NORMS:
        for part in ("weight", "bias"):
            yield f"{name}.{part}", layer[f"{name}.{part}"]


def _of_graph(name: str) -> str:
    """The graph names the blocks of a matrix without saying that they are weights."""
    return name.replace(".weight.", ".")
