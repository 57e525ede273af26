"""What was found in words read lately, kept without the words.

One turn masks the same words several times: for the episode, the transcript, the title, the model elsewhere. A key is
a digest under a secret of this process, and what is kept are offsets and labels, so nothing here tells what was said.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from hashlib import blake2b
from typing import Generic, TypeVar

F = TypeVar("F")  # what is found

MOST = 1024  # pieces; a message of 400 kB has about 220


class Readings(Generic[F]):
    """The latest findings by text. Thread-safe; the one used longest ago goes first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._secret = secrets.token_bytes(32)
        self._found: OrderedDict[bytes, tuple[F, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, text: str) -> tuple[F, ...] | None:
        """None for words that were not read lately."""
        key = self._key(text)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, text: str, findings: tuple[F, ...]) -> None:
        key = self._key(text)
        with self._lock:
            self._found[key] = findings
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def _key(self, text: str) -> bytes:
        return blake2b(text.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=16).digest()
