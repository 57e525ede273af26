"""Files that a page sends. They are held in memory: what is in them is not masked yet, so no disk may see it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from memory.bundles import LARGEST_PACKED
from memory.errors import BadInput

MOST_TYPED = 2_000_000  # bytes of a text that was pasted
TOO_LARGE = "This file is too large to bring in at once. Take it apart. Nothing was brought in."
NOTHING_CHOSEN = "Choose a file, or paste a text. Nothing was brought in."


class _InMemory(MultiPartParser):
    """Starlette's parser; its own would put whatever is larger than a megabyte into a temporary file."""

    spool_max_size = LARGEST_PACKED + 1


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings: a file's content and its name."""

    content: bytes
    name: str


async def brought(request: Request) -> Brought:
    """The `file` of a form, or else its `text`. Raises BadInput."""
    if int(request.headers.get("content-length") or 0) > LARGEST_PACKED + MOST_TYPED:
        raise BadInput(TOO_LARGE)
    parser = _InMemory(request.headers, request.stream(), max_part_size=MOST_TYPED)
    try:
        form = await parser.parse()
    except MultiPartException:
        raise BadInput(TOO_LARGE) from None
    file, text = form.get("file"), form.get("text")
    if isinstance(file, UploadFile) and file.filename:
        return Brought(await file.read(LARGEST_PACKED + 1), file.filename[:300])
    if isinstance(text, str) and text.strip():
        return Brought(text.encode("utf-8", "replace"), "")
    raise BadInput(NOTHING_CHOSEN)
