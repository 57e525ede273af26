"""MiniLM with its upper layers taught to read at a glance: the pinned embedder's file, other weights in its last layers.

`reading.npz`, `quick_stating.npz`, `quick_special.npz` and `ordering.npz` hold taught layers as the file keeps them (int8, with a scale for each output), each under
its place in the file, and a head for each task. The file is known by its hash, so places are certain: its bytes are read,
the taught ones put over the old, and nothing is fetched twice. `benchmarks/reader` teaches them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from privacy.onnx import opened

from .. import assets
from .encoded import Encoded, whole
from .taught import Given, Taught

LONGEST = 256  # word pieces of a pair; what is longer is cut
_LAYER = "layer."


class Encoder(Taught):
    """Loads on first use, and raises AssetMissing or AssetDamaged then. Thread-safe."""

    def __init__(self, cache: Path, weights: str) -> None:
        super().__init__(weights)
        self._cache = cache

    def _batch(self, given: Given) -> Iterator[Encoded]:
        with self._lock:
            pieces = self._tokenizer.encode_batch([whole(*one) for one in given])
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
