"""all-MiniLM-L6-v2, int8, through onnxruntime: 384 dimensions, no network."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np

from memory.ports import Vector
from privacy.identity import Scope
from privacy.onnx import opened

from .. import assets

BATCH = 32
LONGEST = 256  # word pieces


class MiniLM:
    """Loads on first use. Thread-safe."""

    name = "minilm-int8-384"
    dimensions = 384
    place: Literal["here", "elsewhere"] = "here"

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._lock = threading.Lock()

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(assets.require(assets.TOKENIZER, self._cache)))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return opened(assets.require(assets.EMBEDDER, self._cache))

    def embed_memories(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # alike lengths pad little
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._embedded([texts[i] for i in chosen])
        return vectors

    def embed_questions(self, texts: Sequence[str], *, scope: Scope) -> Vector:
        return self._embedded(list(texts))

    def _embedded(self, texts: list[str]) -> Vector:
        whole = [
            text.encode("utf-8", "replace").decode("utf-8") for text in texts
        ]  # half an emoji is no text
        with self._lock:
            encoded = self._tokenizer.encode_batch(whole)
            session = self._session
        ids = np.array([e.ids for e in encoded], dtype=np.int64)
        mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, given)[0]
        weights = mask[:, :, None].astype(np.float32)
        pooled = (states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        unit = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        return np.asarray(unit, dtype=np.float32)
