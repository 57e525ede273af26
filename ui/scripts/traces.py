"""What lies on the disk: opened records, and what can be read in the files without opening anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agent.wiring import App
from privacy.identity import Principal, Scope


@dataclass(frozen=True, slots=True)
class Opened:
    """One opened record, as it lies at rest: its masked text, and all words in it."""

    shown: str
    words: str


async def opened(app: App, scope: Scope, by: Principal) -> list[Opened]:
    """Every record and document of one person, with placeholders and no names."""
    found = [
        Opened(f"{record.kind}: {record.text.text}", words_in(asdict(record)))
        for record in await app.memory.at_rest(scope=scope, by=by)
    ]
    for kind, body in await app.conversations.at_rest(scope=scope):
        found.append(Opened(f"{kind}: {words_in(body)}", words_in(body)))
    return found


def words_in(value: Any) -> str:
    """All texts in a value, one below the other.

    >>> words_in({"a": "tea", "b": [1, {"c": "milk"}]})
    'tea\\nmilk'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return "\n".join(filter(None, map(words_in, value)))
    return ""


def files_with(home: Path, text: str) -> list[str]:
    """The files that hold this text in the clear, in a usual spelling or encoding."""
    wanted = set(_traces(text))
    found = []
    for path in sorted(home.rglob("*")):
        try:
            content = path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue  # a temporary file of the index that is gone again
        if any(trace in content for trace in wanted):
            found.append(str(path.relative_to(home)))
    return found


def _traces(text: str) -> Iterator[bytes]:
    for spelling in (text, text.lower(), text.upper(), text.title()):
        yield spelling.encode("utf-8", "surrogatepass")
        yield spelling.encode("utf-16-le", "surrogatepass")
        yield spelling.encode("unicode_escape")  # as in JSON
