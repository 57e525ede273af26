"""What can be wrong with a file, and a step that did not come out as written."""

from __future__ import annotations

from privacy.errors import KeepsakeError


class ScriptError(KeepsakeError):
    """The file cannot be read as a conversation: which line, and the nearest known word."""


class StepFailed(Exception):
    """A step went another way than the file says. Text of the conversation is in it: never log it."""

    def __init__(self, *, expected: str, came: str, why: tuple[str, ...] = (), line: int = 0) -> None:
        super().__init__(expected)
        self.expected = expected
        self.came = came
        self.why = why
        self.line = line  # 0: the line of the step itself
