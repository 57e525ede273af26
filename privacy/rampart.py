"""Rampart, a small ONNX model that reads seven Latin languages and knows seventeen kinds of detail.

Rampart is a work of National Design Studio, licensed under CC BY 4.0. Its file is used unchanged.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .onnx import opened

WINDOW = 256  # word pieces read at once
OVERLAP = 64  # of two windows; the half nearer to a window's middle counts
BATCH_PIECES = 1024  # word pieces in one batch, padding included: bounds memory
# kinds of detail in the order of the model's classes: after "nothing", a class for the begin and one for the inside of each
KINDS = (
    "GIVEN_NAME",
    "SURNAME",
    "EMAIL",
    "PHONE",
    "URL",
    "TAX_ID",
    "BANK_ACCOUNT",
    "ROUTING_NUMBER",
    "GOVERNMENT_ID",
    "PASSPORT",
    "DRIVERS_LICENSE",
    "BUILDING_NUMBER",
    "STREET_NAME",
    "SECONDARY_ADDRESS",
    "CITY",
    "STATE",
    "ZIP_CODE",
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Read:
    """One word, how likely it is part of a personal detail, and which kind is likeliest."""

    start: int
    end: int
    label: str
    score: float


class Rampart:
    """Loads on first use. Thread-safe, and the same text always reads the same."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        self._model = model
        self._tokenizer_file = tokenizer
        self._lock = threading.Lock()

    def read(self, texts: Sequence[str]) -> list[list[Read]]:
        """Every word of every text, in order."""
        with self._lock:  # the tokenizer and the lazy parts are shared
            encoded = self._tokenizer.encode_batch(list(texts))
            session = self._session
        windows = [
            (text, window, number, len(whole.overflowing))
            for text, whole in enumerate(encoded)
            for number, window in enumerate([whole, *whole.overflowing])
        ]
        scored: list[list[tuple[int, int, npt.NDArray[np.float32]]]] = [[] for _ in texts]
        windows.sort(key=lambda item: len(item[1].ids))
        for batch in _batches(windows):
            logits = _logits(session, [window for _, window, _, _ in batch])
            for (text, window, number, last), row in zip(batch, logits, strict=True):
                scored[text] += _pieces(window, row, first=number == 0, last=number == last)
        return [list(_words(text, pieces)) for text, pieces in zip(texts, scored, strict=True)]

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
        tokenizer.no_padding()
        tokenizer.enable_truncation(WINDOW, stride=OVERLAP)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return opened(self._model)


def _batches(windows: Sequence[Any]) -> Iterator[list[Any]]:
    """Windows of alike length together, as many as fit."""
    batch: list[Any] = []
    for window in windows:
        if batch and (len(batch) + 1) * len(window[1].ids) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _logits(session: Any, windows: Sequence[Any]) -> npt.NDArray[np.float32]:
    longest = max(len(window.ids) for window in windows)
    ids = np.zeros((len(windows), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    return np.asarray(session.run(None, given)[0], dtype=np.float32)


def _pieces(
    window: Any, logits: npt.NDArray[np.float32], *, first: bool, last: bool
) -> Iterator[tuple[int, int, npt.NDArray[np.float32]]]:
    """The probabilities of each word piece, without those that the neighbouring window sees better."""
    length = len(window.ids)
    begin = 1 if first else 1 + OVERLAP // 2
    end = length - 1 if last else length - 1 - (OVERLAP - OVERLAP // 2)
    shifted = np.exp(logits[:length] - logits[:length].max(axis=1, keepdims=True))
    probabilities = shifted / shifted.sum(axis=1, keepdims=True)
    for at in range(begin, end):
        start, stop = window.offsets[at]
        if stop > start:
            yield start, stop, probabilities[at]


def _words(text: str, pieces: list[tuple[int, int, npt.NDArray[np.float32]]]) -> Iterator[Read]:
    """A word is as likely a detail as the likeliest of its pieces; its pieces vote for the kind."""
    pieces.sort(key=lambda piece: piece[0])
    at = 0
    for word in _WORD.finditer(text):
        while at < len(pieces) and pieces[at][1] <= word.start():
            at += 1
        inside = []
        while at < len(pieces) and pieces[at][0] < word.end():
            inside.append(pieces[at][2])
            at += 1
        if inside:
            votes = np.sum(inside, axis=0)
            likeliest = int(np.argmax(votes[1::2] + votes[2::2]))
            none = min(float(piece[0]) for piece in inside)
            yield Read(word.start(), word.end(), KINDS[likeliest], 1.0 - none)
