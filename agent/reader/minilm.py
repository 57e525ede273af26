"""MiniLM with its upper layers taught to read at a glance: the pinned embedder's file, other weights in its last layers.

`reading.npz`, `stating.npz` and `quick_special.npz` hold taught layers as the file keeps them (int8, with a scale for each output), each under
its place in the file, and a head for each task. The file is known by its hash, so places are certain: its bytes are read,
the taught ones put over the old, and nothing is fetched twice. `benchmarks/reader` teaches them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from privacy.onnx import opened

from .. import assets
from .encoded import Encoded, Floats, clean

LONGEST = 256  # word pieces of a pair; what is longer is cut
BATCH = 16
_HEAD, _LAYER = "head.", "layer."


class Encoder:
    """Loads on first use, and raises AssetMissing or AssetDamaged then. Thread-safe."""

    def __init__(self, cache: Path, weights: str) -> None:
        self._cache = cache
        self._taught = weights
        self._lock = threading.Lock()

    def head(self, name: str) -> Floats:
        return self._weights[_HEAD + name]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        return self._encode([(text, None) for text in texts])

    def encode_pairs(self, first: str, seconds: Sequence[str]) -> list[Encoded]:
        return self._encode([(first, second) for second in seconds])

    def _encode(self, given: Sequence[tuple[str, str | None]]) -> list[Encoded]:
        found: dict[int, Encoded] = {}
        order = sorted(
            range(len(given)), key=lambda i: sum(len(t) for t in given[i] if t)
        )  # alike lengths pad little
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            found |= zip(chosen, self._batch([given[i] for i in chosen]), strict=True)
        return [found[i] for i in range(len(given))]

    def _batch(self, given: Sequence[tuple[str, str | None]]) -> Iterator[Encoded]:
        with self._lock:
            pieces = self._tokenizer.encode_batch([_whole(*one) for one in given])
            session = self._session
        ids, mask, types = (
            np.array([getattr(p, name) for p in pieces], dtype=np.int64)
            for name in ("ids", "attention_mask", "type_ids")
        )
        states = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": types})[0]
        for piece, of_piece, kept, second in zip(pieces, states, mask == 1, types == 1, strict=True):
            yield Encoded(
                of_piece[kept], [o for o, k in zip(piece.offsets, kept, strict=True) if k], second[kept]
            )

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        with (
            (files(__package__) / self._taught).open("rb") as file,
            np.load(file, allow_pickle=False) as kept,
        ):
            return dict(kept)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(assets.require(assets.TOKENIZER, self._cache)))
        tokenizer.enable_truncation(LONGEST, strategy="longest_first")
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        model = bytearray(assets.require(assets.EMBEDDER, self._cache).read_bytes())
        for name, values in self._weights.items():
            if name.startswith(_LAYER):
                place = int(name.removeprefix(_LAYER))
                model[place : place + values.nbytes] = values.tobytes()
        return opened(bytes(model))


def _whole(first: str, second: str | None) -> str | tuple[str, str]:
    return clean(first) if second is None else (clean(first), clean(second))
