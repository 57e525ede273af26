"""An account and all that is known of its person go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from agent.wiring import running
from memory.records import Forgetting

from .person import Person


async def leave(person: Person, sign_ins_ended: Callable[[], Awaitable[None]]) -> Forgetting:
    """First nobody is signed in, then nothing is known, what others shared ends, and last the name is free."""
    app = running()
    await asyncio.to_thread(app.accounts.set_disabled, person.name, True)
    await sign_ins_ended()
    done = await app.memory.forget_everything(scope=person.scope, by=person.principal)
    await app.sharing.reader_left(person.principal)
    await asyncio.to_thread(app.accounts.remove, person.name)
    return done
