"""A cross-encoder of the person's own, as ONNX: it reads question and memory together. No network."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from privacy.identity import Scope
from privacy.onnx import opened

from ..errors import BadSettings

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
LONGEST = 512  # word pieces of a question and a memory together
BATCH = 8


class CrossEncoder:
    """A folder with `model.onnx` and `tokenizer.json`, as sentence-transformers exports them. Loads on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = f"cross-encoder {folder.name}"
        self._lock = threading.Lock()

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(LONGEST, strategy="only_second")
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return opened(self._folder / MODEL)

    def scores(self, question: str, texts: Sequence[str], *, scope: Scope) -> Sequence[float]:
        with self._lock:
            try:
                return [
                    score
                    for start in range(0, len(texts), BATCH)
                    for score in self._read(question, texts[start : start + BATCH])
                ]
            except (
                Exception
            ) as error:  # a file of somebody else's making: whatever it does, the ranking stays
                raise BadSettings(
                    f"The reranker in {self._folder} could not be read ({type(error).__name__}). It needs "
                    f"{MODEL} and {TOKENIZER} of one cross-encoder; or unset KEEPSAKE_RERANKER."
                ) from error

    def _read(self, question: str, texts: Sequence[str]) -> list[float]:
        encoded = self._tokenizer.encode_batch([(question, text) for text in texts])
        given = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
        }
        wanted = {wants.name: given[wants.name] for wants in self._session.get_inputs()}
        logits = np.asarray(self._session.run(None, wanted)[0], dtype=np.float32)
        return [
            float(score) for score in logits.reshape(len(texts), -1)[:, -1]
        ]  # the last class is "relevant"
