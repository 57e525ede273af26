"""Ids that sort by the moment they were made, also when the clock jumps back."""

from __future__ import annotations

import re
import secrets
import threading
from datetime import datetime

_SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Identifiers:
    """Makes UUIDv7s (RFC 9562): 48 bits of milliseconds, a 12-bit counter, 62 random bits. `after`: the newest there is."""

    def __init__(self, after: str = "") -> None:
        digits = after.replace("-", "")
        self._last = int(digits[:12], 16) << 12 | int(digits[13:16], 16) if digits else 0
        self._lock = threading.Lock()

    def new(self, at: datetime) -> str:
        with self._lock:
            self._last = max(int(at.timestamp() * 1000) << 12, self._last + 1)
            moment, counter = self._last >> 12, self._last & 0xFFF
        number = moment << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
        text = f"{number:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def is_identifier(text: str) -> bool:
    """Whether a text has the shape of an id of ours."""
    return _SHAPE.fullmatch(text) is not None
