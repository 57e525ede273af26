"""Many byte strings are found in one pass wherever they lie, and nothing else is."""

from __future__ import annotations

import random

from memory import needles
from memory.needles import Needles


def test_found_exactly_where_each_alone_would_be(monkeypatch):
    """Across words, across pieces, at both ends, where everything looks alike: the same as looking for one after the other."""
    chance = random.Random(3)

    def some(longest: int) -> bytes:
        return bytes(chance.choice(b"ab\0") for _ in range(chance.randrange(longest)))

    for piece, many in ((1 << 22, 0.02), (16, 0.02), (16, 9.0)):
        monkeypatch.setattr(needles, "PIECE", piece)
        monkeypatch.setattr(needles, "MANY", many)
        for _ in range(700):
            content, wanted = some(80), [some(14) or b"a" for _ in range(chance.randrange(4))]
            assert Needles(wanted).stand_in(content) == any(one in content for one in wanted)
