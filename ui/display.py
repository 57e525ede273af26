"""An answer as markdown that shows what was said, whole, and fetches nothing.

Two things are changed on the way to the browser, and never inside code:
an image would be fetched, so `![` becomes `!\\[`; and Chainlit's markdown takes `:word` for a directive and drops
it, so the colon is escaped. Text arrives in pieces: what cannot be decided yet is held back until it can.
"""

from __future__ import annotations

import re

_LINE_START = re.compile(r"[ \t>*+\-\d.)`~]*")  # what a line may begin with before it is clear what it is
_FENCE = re.compile(r"(?:[ \t>]|[*+-][ \t]|\d+[.)][ \t])*(?P<run>`{3,}(?=[^`\n]*(?:\n|\Z))|~{3,})")
_ITEM = re.compile(r"[ \t>]*(?:[*+-]|\d+[.)])[ \t]")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")
_BLANK = re.compile(r"[ \t>]*(?:\n|\Z)")
_MARK = re.compile(
    r"(?P<ticks>`+)|(?P<escape>\\.)|(?P<image>!\[)|(?P<colon>:(?=[A-Za-z]))|(?P<line>\n)", re.DOTALL
)
_UNDECIDED = re.compile(r"(?:\\|!|:)\Z")  # at the end of a piece: the next character decides
_PARAGRAPH_END = re.compile(rf"\n(?=[ \t>]*\n|{_FENCE.pattern})")


def displayable(text: str) -> str:
    """A whole text at once.

    >>> displayable("Re:Hello, `a:b` and ![x](http://evil.example)")
    'Re\\\\:Hello, `a:b` and !\\\\[x](http://evil.example)'
    """
    display = Display()
    return display.feed(text) + display.close()


class Display:
    """One answer on its way to the browser. Feed it the pieces; close it for what was held back."""

    def __init__(self) -> None:
        self._held = ""
        self._at = 0  # how far `_held` is shown
        self._at_line_start = True
        self._fence = ""  # the run that opened the code block we are in
        self._after_blank = True
        self._in_list = False

    def feed(self, piece: str) -> str:
        """What can be shown now."""
        self._held += piece
        return self._shown(final=False)

    def close(self) -> str:
        """What is left."""
        return self._shown(final=True)

    def _shown(self, *, final: bool) -> str:
        shown: list[str] = []
        while self._at < len(self._held):
            before = self._at
            shown.append(self._line(final) if self._at_line_start else self._inline(final))
            if self._at == before:
                break  # more is needed to decide
        self._held, self._at = self._held[self._at :], 0
        return "".join(shown)

    # -- lines: blocks of code -----------------------------------------------------------------------

    def _line(self, final: bool) -> str:
        """The beginning of a line, and the whole line where it is code."""
        line = self._rest_of_line()
        whole = line.endswith("\n") or final
        start = _LINE_START.match(line)
        undecided = start is not None and start.end() == len(line)
        if not whole and (undecided or self._fence or _FENCE.match(line)):
            return "" if undecided or not self._fence else self._take(len(line), line_start=False)
        if self._fence:
            if re.fullmatch(rf"[ \t>]*{self._fence[0]}{{{len(self._fence)},}}[ \t]*\n?", line):
                self._fence = ""
            return self._take(len(line))
        if fence := _FENCE.match(line):
            self._fence = fence["run"]
            return self._take(len(line))
        if self._after_blank and not self._in_list and _INDENTED.match(line):
            return self._take(len(line)) if whole else ""
        self._after_blank = bool(_BLANK.match(line))
        if not self._after_blank:
            self._in_list = bool(_ITEM.match(line)) or (self._in_list and line[0] in " \t")
        self._at_line_start = False
        return self._inline(final)

    # -- inside a line: code spans, images, colons ---------------------------------------------------

    def _inline(self, final: bool) -> str:
        """Up to the next mark, and the mark itself once it is clear what it is."""
        if self._fence:  # the rest of a line of code that came in pieces
            return self._take(len(self._rest_of_line()))
        mark = _MARK.search(self._held, self._at)
        if mark is None:
            return self._take(len(self._held) - self._at - self._undecided(final), line_start=False)
        plain = self._take(mark.start() - self._at, line_start=False)
        match mark.lastgroup:
            case "line":
                return plain + self._take(1)
            case "image":
                self._take(2, line_start=False)
                return plain + "!\\["
            case "colon":
                self._take(1, line_start=False)
                return plain + "\\:"
            case "escape":
                return plain + self._take(2, line_start=mark[0] == "\\\n")
            case _:
                return plain + self._ticks(mark[0], final)

    def _ticks(self, run: str, final: bool) -> str:
        """A code span, whole; or the run itself where nothing closes it before the paragraph ends."""
        after = self._at + len(run)
        close = re.compile(rf"(?<!`){run}(?!`)").search(self._held, after)
        end = _PARAGRAPH_END.search(self._held, after, close.start() if close else len(self._held))
        close = None if end else close
        if close and (close.end() < len(self._held) or final):
            return self._take(close.end() - self._at, line_start=False)
        if end or final:
            return self._take(len(run), line_start=False)
        return ""

    def _undecided(self, final: bool) -> int:
        return 1 if not final and _UNDECIDED.search(self._held, self._at) else 0

    def _rest_of_line(self) -> str:
        end = self._held.find("\n", self._at)
        return self._held[self._at :] if end < 0 else self._held[self._at : end + 1]

    def _take(self, length: int, *, line_start: bool | None = None) -> str:
        """Show the next stretch as it is."""
        taken = self._held[self._at : self._at + length]
        self._at += length
        if taken or line_start is not None:
            self._at_line_start = taken.endswith("\n") if line_start is None else line_start
        return taken
