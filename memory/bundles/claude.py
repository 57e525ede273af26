"""Claude's data export: conversations as lists of messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .saying import moment


def is_claude(conversation: object) -> bool:
    return isinstance(conversation, dict) and isinstance(conversation.get("chat_messages"), list)


def said(conversation: dict[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    """What the person wrote, in order."""
    for message in conversation["chat_messages"]:
        if isinstance(message, dict) and message.get("sender") == "human":
            yield _text(message), moment(message.get("created_at"))


def _text(message: dict[str, Any]) -> str:
    """Newer exports have the text in blocks, older ones in one piece."""
    blocks = message.get("content")
    typed = [
        block["text"]
        for block in (blocks if isinstance(blocks, list) else ())
        if isinstance(block, dict) and block.get("type") == "text" and isinstance(block.get("text"), str)
    ]
    whole = message.get("text")
    return "\n".join(typed) if any(typed) else whole if isinstance(whole, str) else ""
