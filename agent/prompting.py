"""Prompts are prose files with named slots; a slot too many or too few is an error."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Formatter


@cache
def _text(name: str) -> str:
    return (files(__package__) / "prompts" / f"{name}.md").read_text(encoding="utf-8").strip()


def pieces(name: str) -> list[tuple[str, str | None]]:
    """The prose of a prompt, cut at its slots: each stretch with the slot that follows it."""
    return [(literal, slot) for literal, slot, _, _ in Formatter().parse(_text(name))]


def prompt(name: str, **slots: str) -> str:
    """The prose of `prompts/<name>.md` with its slots filled."""
    wanted = {field for _, field, _, _ in Formatter().parse(_text(name)) if field is not None}
    if wanted != set(slots):
        raise KeyError(f"prompt {name!r} has the slots {sorted(wanted)}, but was given {sorted(slots)}")
    return _text(name).format(**slots)
