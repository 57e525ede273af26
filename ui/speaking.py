"""Commands speak as a person: through the server that is up, or in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from agent.settings import Settings

    from .terminal import Terminal

Result = TypeVar("Result")


def settings(**given: Any) -> Settings:
    """The settings in force, with what was given on the command line."""
    from agent.settings import Settings

    return Settings(**{name: value for name, value in given.items() if value is not None})


def speaking(person: str, work: Callable[[Terminal], Awaitable[Result]]) -> Result:
    """Do something as a person, through the server that is up or in this process."""
    from .terminal import connected

    async def run() -> Result:
        async with connected(settings(), person) as terminal:
            return await work(terminal)

    return asyncio.run(run())
