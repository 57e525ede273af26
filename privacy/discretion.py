"""What goes wrong is told by its kind and its place, never in its own words: they may be a person's.

Libraries put what they were given into their errors, and servers log every error that they did not expect.
Our own errors are sentences without anybody's words (`errors.py`), so they are told as they are.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from .errors import KeepsakeError

AWAY = "its words are not told: they may be a person's"


def kind(error: BaseException) -> str:
    """What may be said of an error.

    >>> kind(ValueError("Katarina Wolfsberg is no number"))
    'ValueError'
    """
    return str(error) if isinstance(error, KeepsakeError) else type(error).__name__


def told(error: BaseException) -> str:
    """Where it happened and what led to it, as a traceback has it, without the words of any error in it."""
    lines: list[str] = []
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        lines[:0] = [*traceback.format_tb(following.__traceback__), f"{kind(following)} ({AWAY})\n"]
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return "Traceback (most recent call last):\n" + "".join(lines).rstrip()


def be_discreet() -> None:
    """From here on in this process: in every log, of every library, and where an error ends a thread or the program."""
    logging.setLogRecordFactory(_discreet(logging.getLogRecordFactory()))
    sys.excepthook = _last_words
    threading.excepthook = lambda ended: _last_words(
        ended.exc_type, ended.exc_value or ended.exc_type(), ended.exc_traceback
    )


def _discreet(make: Callable[..., logging.LogRecord]) -> Callable[..., logging.LogRecord]:
    def record(*arguments: object, **named: object) -> logging.LogRecord:
        made = make(*arguments, **named)
        if isinstance(made.exc_info, tuple) and made.exc_info[1] is not None:
            made.exc_text, made.exc_info = told(made.exc_info[1]), None
        made.msg = _without_words(made.msg)
        if isinstance(made.args, tuple):
            made.args = tuple(_without_words(argument) for argument in made.args)
        if made.name == "asyncio":  # it writes out the futures that failed, with their errors
            made.msg, made.args = str(made.msg).split("\n", 1)[0], ()
        return made

    return record


def _without_words(said: object) -> object:
    return kind(said) if isinstance(said, BaseException) else said


def _last_words(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not isinstance(error, KeyboardInterrupt | SystemExit):
        sys.stderr.write(told(error) + "\n")
