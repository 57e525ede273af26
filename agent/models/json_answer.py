"""The JSON object in a model's answer: pure."""

from __future__ import annotations

import json

LONGEST = 200_000  # characters: nobody was asked for more
OPENINGS = 8  # braces that are tried: talk around an object may hold some of its own
DEEPEST = 8  # levels: what was asked for has three


def json_object(answer: str) -> dict[str, object] | None:
    """The first object that can be read, also when the model thinks aloud or talks around it.

    >>> json_object('<think>{a}</think> Sure! ```json\\n{"memory": []}\\n```')
    {'memory': []}
    >>> json_object("[1, 2]")
    """
    text = answer[answer.rfind("</think>") + 1 :] if "</think>" in answer else answer
    if len(text) > LONGEST:
        return None
    reader = json.JSONDecoder(strict=False)
    at = text.find("{")
    for _ in range(OPENINGS):
        if at < 0:
            return None
        try:
            found, _end = reader.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        return found if _depth(found) <= DEEPEST else None
    return None


def _depth(value: object) -> int:
    """How deep a value is nested, counted level by level: a hostile one would end a recursion."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            inner
            for outer in level
            for inner in (
                outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ()
            )
        ]
    return depth
