"""What mem0 may see of a model's answer: pure."""

from __future__ import annotations

from typing import Any

MOST = 40  # facts in one answer
LONGEST = 300  # characters of one fact


def entries(answer: object) -> list[dict[str, str]]:
    """What mem0 may see of an answer: a few plain sentences about the person.

    >>> entries({"memory": ["x", {"text": {"a": 1}}, {"text": "User  sings"}, {"text": "Tip", "attributed_to": "assistant"}]})
    [{'text': 'The user sings.'}]
    """
    listed = answer.get("memory") if isinstance(answer, dict) else None
    found = listed[:MOST] if isinstance(listed, list) else []
    texts = [item.get("text") for item in found if isinstance(item, dict) and _own(item)]
    return [{"text": sentence} for text in texts if (sentence := _sentence(text))]


def _own(item: dict[Any, Any]) -> bool:
    return item.get("attributed_to") != "assistant"  # what the assistant said says nothing about the person


def _sentence(text: object) -> str:
    plain = " ".join(text.split()).rstrip(".") if isinstance(text, str) else ""
    if not plain.isprintable():
        return ""  # control characters and half emojis are no part of a sentence
    plain = "The user" + plain.removeprefix("User") if plain.startswith(("User ", "User's ")) else plain
    return f"{plain}." if 0 < len(plain) < LONGEST else ""
