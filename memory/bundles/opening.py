"""Which kind of file it is that somebody brings along, and what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, Literal

from ..errors import BadInput
from ..records import Shown
from . import chatgpt, claude, markdown, own
from .packed import NOTHING, Packed, parsed
from .saying import saying

Source = Literal["keepsake", "chatgpt", "claude", "notes"]
LARGEST_PACKED = 200_000_000  # bytes of a file that is brought in
MOST = 200_000  # memories in one
_CONVERSATIONS = re.compile(r"(?:.*/)?conversations(?:[-_]\d+)?\.json$")
_NOTES = re.compile(r".*\.(?:md|markdown|txt)$", re.IGNORECASE)
UNREADABLE = BadInput(
    "This is no file that can be brought in. Take a zip file from `keepsake export`, from ChatGPT or from Claude, or "
    f"notes in Markdown or plain text. {NOTHING}"
)
Said = Iterable[tuple[str, datetime | None]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is in a file, sources before what rests on them."""

    source: Source
    memories: tuple[Shown, ...]


def opened(raw: bytes, now: datetime) -> Bundle:
    """The memories of a file, by what is in it and not by its name. Raises BadInput; blocks."""
    if len(raw) > LARGEST_PACKED:
        raise BadInput(f"This file is too large to bring in at once. Take it apart. {NOTHING}")
    found = _of_zip(Packed(raw), now) if raw[:2] == b"PK" else _of_plain(raw, now)
    if len(found.memories) > MOST:
        raise BadInput(
            f"There are more than {MOST:,} memories in this file. Take it apart and bring the parts. {NOTHING}"
        )
    if not found.memories:
        raise BadInput(f"There is nothing in this file that you said or wrote. {NOTHING}")
    return found


def _of_zip(packed: Packed, now: datetime) -> Bundle:
    if own.is_own(packed):
        return Bundle("keepsake", tuple(own.memories(packed)))
    if chats := sorted(name for name in packed.names if _CONVERSATIONS.match(name)):
        return _of_chats((packed.json(name) for name in chats), now)
    if notes := sorted(name for name in packed.names if _NOTES.match(name)):
        read = ((_text(packed.read(name)), name) for name in notes)
        return Bundle(
            "notes", tuple(_numbered(((f"notes:{n}", markdown.said(text)) for text, n in read), now))
        )
    raise UNREADABLE


def _of_plain(raw: bytes, now: datetime) -> Bundle:
    text = _text(raw)
    if text.lstrip()[:1] in ("[", "{"):
        return _of_chats([parsed(raw)], now)
    return Bundle("notes", tuple(_numbered([("notes", markdown.said(text))], now)))


def _of_chats(files: Iterable[Any], now: datetime) -> Bundle:
    """Conversations of the program that the first of them gives away."""
    every = [chat for file in files for chat in (file if isinstance(file, list) else [file])]
    kinds: tuple[tuple[Source, Callable[[object], bool], Callable[[Any], Said]], ...] = (
        ("chatgpt", chatgpt.is_chatgpt, chatgpt.said),
        ("claude", claude.is_claude, claude.said),
    )
    for source, belongs, said in kinds:
        if chats := [chat for chat in every if belongs(chat)]:
            told = ((f"{source}:{_named(chat, n)}", said(chat)) for n, chat in enumerate(chats))
            return Bundle(source, tuple(_numbered(told, now)))
    raise UNREADABLE


def _numbered(sessions: Iterable[tuple[str, Said]], now: datetime) -> Iterator[Shown]:
    numbers = count(1)
    for session, said in sessions:
        for text, at in said:
            if (memory := saying(next(numbers), text, session, at, now)) is not None:
                yield memory


def _named(chat: dict[str, Any], number: int) -> str:
    name = chat.get("conversation_id") or chat.get("id") or chat.get("uuid")
    return name if isinstance(name, str) else str(number)


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UNREADABLE from None
    if "\0" in text:
        raise UNREADABLE
    return text
