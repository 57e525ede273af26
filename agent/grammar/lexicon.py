"""Lists of words, written as one reads them, here or in the folder `words`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "words"


def words(text: str) -> frozenset[str]:
    """The words of a list.

    >>> sorted(words("tea coffee"))
    ['coffee', 'tea']
    """
    return frozenset(text.split())


def in_order(text: str) -> list[str]:
    return text.split()


def listed(text: str) -> list[str]:
    """The entries of a list with commas, which may be of several words.

    >>> listed("tea, hot chocolate")
    ['tea', 'hot chocolate']
    """
    return [entry.strip() for entry in text.split(", ")]


def lines_of(name: str) -> list[str]:
    """The lines of a list in the folder, without its remarks."""
    written = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in written if line.strip() and not line.startswith("#")]


def table(name: str) -> Any:
    return yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
