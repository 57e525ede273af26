"""What an answer looks like on its way to the browser."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.display import Display, displayable

CODE = "Look:here\n\n```py\nx = {a:b}  # ![x](y)\n`:c`\n```\nand:so\n"

CASES = {
    "Re:Hello": "Re\\:Hello",
    "at 7:40 o'clock: good": "at 7:40 o'clock: good",
    "use `std::vector` or std::vector": "use `std::vector` or std:\\:vector",
    ":::note\nx\n:::": "::\\:note\nx\n:::",
    "``a`:b`` c:d": "``a`:b`` c\\:d",
    "one ` tick:here": "one ` tick\\:here",
    "open `tick:here\n\nnext:one` end": "open `tick\\:here\n\nnext\\:one` end",
    "span `over\nlines:ok` a:b": "span `over\nlines:ok` a\\:b",
    "![x](http://evil.example/?q=1)": "!\\[x](http://evil.example/?q=1)",
    "[![x](a)](b)": "[!\\[x](a)](b)",
    "\\:kept \\\\:word": "\\:kept \\\\\\:word",
    CODE: CODE.replace("Look:", "Look\\:").replace("and:", "and\\:"),
    "~~~\na:b\n```\n~~~\na:b": "~~~\na:b\n```\n~~~\na\\:b",
    "- ```\n  a:b\n  ```\n- c:d": "- ```\n  a:b\n  ```\n- c\\:d",
    "> ```\n> a:b\n> ```\n> c:d": "> ```\n> a:b\n> ```\n> c\\:d",
    "text:x\n\n    a:b\n\n    c:d\n\nend:x": "text\\:x\n\n    a:b\n\n    c:d\n\nend\\:x",
    "- item:x\n\n    still:text": "- item\\:x\n\n    still\\:text",
    "```\nnever:closed": "```\nnever:closed",
    "`x`:y": "`x`\\:y",
    "ends with :": "ends with :",
    "ends with !": "ends with !",
    "": "",
}


@pytest.mark.parametrize(("said", "shown"), CASES.items())
def test_what_is_said_is_shown_whole(said: str, shown: str) -> None:
    """Colons survive Chainlit's markdown, images are not fetched, and code is left exactly as it is."""
    assert displayable(said) == shown


@given(st.text(alphabet="ab:!`[]\\\n ~->1.", max_size=60), st.lists(st.integers(1, 7), max_size=60))
def test_pieces_and_the_whole_look_the_same(text: str, lengths: list[int]) -> None:
    """However an answer is cut into pieces, the same is shown, and no character of it is lost."""
    display, at, shown = Display(), 0, ""
    for length in lengths:
        shown += display.feed(text[at : at + length])
        at += length
    shown += display.feed(text[at:]) + display.close()
    assert shown == displayable(text)
    assert re.sub(r"\\(?=[:\[])", "", shown) == re.sub(r"\\(?=[:\[])", "", text)


def test_pieces_are_shown_as_they_come() -> None:
    """Plain words are not held back: an answer streams."""
    display = Display()
    assert [display.feed(piece) for piece in ("You ", "live ", "in Lyon")] == ["You ", "live ", "in Lyon"]


def test_a_long_answer_takes_no_time() -> None:
    """Four hundred thousand characters with marks everywhere are done in a moment."""
    text = "a:b `c:d` ![x](y)\n" * 22_000
    assert len(displayable(text)) > len(text)
