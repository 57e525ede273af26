"""ChatGPT's data export: conversations as trees of messages, of which the branch that was last seen counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .saying import moment

WORDS = ("text", "multimodal_text")  # contents that somebody typed


def is_chatgpt(conversation: object) -> bool:
    return isinstance(conversation, dict) and isinstance(conversation.get("mapping"), dict)


def said(conversation: dict[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    """What the person wrote, in order."""
    for message in _branch(conversation):
        author, content = message.get("author"), message.get("content")
        hidden = isinstance(kept := message.get("metadata"), dict) and kept.get(
            "is_visually_hidden_from_conversation"
        )
        if (
            isinstance(author, dict)
            and author.get("role") == "user"
            and isinstance(content, dict)
            and content.get("content_type") in WORDS
            and not hidden
        ):
            yield _text(content.get("parts")), moment(message.get("create_time"))


def _branch(conversation: dict[str, Any]) -> list[dict[str, Any]]:
    """From the beginning to where the conversation stands; all of it in order of time where nothing says where that is."""
    nodes: dict[str, Any] = conversation["mapping"]
    found, at, seen = list[dict[str, Any]](), conversation.get("current_node"), set[str]()
    if not isinstance(at, str) or at not in nodes:
        every = [_message(node) for node in nodes.values()]
        return sorted(
            every, key=lambda m: float(t) if isinstance(t := m.get("create_time"), int | float) else 0
        )
    while isinstance(at, str) and at in nodes and at not in seen:  # a tree that bites its tail ends too
        seen.add(at)
        found.append(_message(nodes[at]))
        at = nodes[at].get("parent") if isinstance(nodes[at], dict) else None
    return found[::-1]


def _message(node: object) -> dict[str, Any]:
    message = node.get("message") if isinstance(node, dict) else None
    return message if isinstance(message, dict) else {}


def _text(parts: object) -> str:
    """The typed parts; pictures and voices are none."""
    return "\n".join(part for part in parts if isinstance(part, str)) if isinstance(parts, list) else ""
