"""Notes in Markdown or plain text: every paragraph and every point of a list is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_POINT = re.compile(r"\s*(?:[-*+]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
_OURS = re.compile(r"\*\*(\w+)\*\*(?: \(([^)]*)\))?: (.*)$", re.DOTALL)  # a line of our own export
_FENCE = re.compile(r"\s*(?:```|~~~)")


def said(text: str) -> Iterator[tuple[str, datetime | None]]:
    """Each note, under the heading that tells what it is about, with the day that a heading names.

    >>> list(said("# Me\\n\\nI keep bees.\\n\\n## Allergies\\n- nuts\\n- [x] cats\\n"))
    [('I keep bees.', None), ('Allergies: nuts', None), ('Allergies: cats', None)]
    """
    heading, day = "", None
    for block in _blocks(text):
        if found := _HEADING.match(block):
            named = found.group(2)
            date = _day(named)
            # the first heading is the title of the whole
            heading, day = ("", date) if date or len(found.group(1)) == 1 else (named, day)
            continue
        if ours := _OURS.match(block):
            kind, speaker, words = ours.groups()
            if kind == "episode" and speaker != "assistant":  # the rest was learned from these
                yield words, day
            continue
        for note in _sentences_of_lines(block):
            yield f"{heading}: {note}" if heading else note, day


def _blocks(text: str) -> Iterator[str]:
    """Headings, points of lists, paragraphs; code stays in one piece."""
    block, fenced = list[str](), False
    for line in [*text.splitlines(), ""]:
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (not line.strip() or _HEADING.match(line) or _POINT.match(line)):
            if block:
                yield "\n".join(block)
            block = []
            if _HEADING.match(line):
                yield line
                continue
            if point := _POINT.match(line):
                line = point.group(1)
        if line.strip() or fenced:
            block.append(line.strip() if not fenced else line)
    if block:
        yield "\n".join(block)


def _sentences_of_lines(block: str) -> list[str]:
    """A paragraph is one note, unless each of its lines is a sentence of its own: a list without points.

    >>> _sentences_of_lines("I keep bees.\\nI like tea."), len(_sentences_of_lines("I keep bees\\non the roof."))
    (['I keep bees.', 'I like tea.'], 1)
    """
    lines = block.splitlines()
    return lines if all(line.rstrip().endswith((".", "!", "?", "…")) for line in lines) else [block]


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(hour=12, tzinfo=UTC)
    except ValueError:
        return None
