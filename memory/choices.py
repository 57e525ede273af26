"""What a person chose about their memory: whether anything is remembered and used, and since when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from privacy.access import require
from privacy.encryption import KeyRing
from privacy.identity import Principal, Scope

from .conversations import Conversations


@dataclass(frozen=True, slots=True)
class Choice:
    """Memory on or off. Off: nothing new is kept and nothing is used; looking and forgetting go on."""

    remember: bool = True
    chosen_at: datetime | None = None  # None: nothing was chosen yet


class Choices:
    """One choice for each person, sealed and dated."""

    def __init__(self, conversations: Conversations, keyring: KeyRing, clock: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._keyring = keyring
        self._clock = clock

    async def of(self, *, scope: Scope, by: Principal) -> Choice:
        require(by, "read", scope)
        return await self._read(scope)

    async def choose(self, remember: bool, *, scope: Scope, by: Principal) -> Choice:
        """Holds from now on, for every conversation of this person."""
        require(by, "write", scope)
        choice = Choice(remember, self._clock())
        body = {"remember": remember, "chosen_at": f"{choice.chosen_at}"}
        await self._conversations.put("choice", self._id(scope), body, scope=scope)
        return choice

    async def remembers(self, scope: Scope) -> bool:
        """Whether new memories may be kept. Asked by `Memory` itself before every write."""
        return (await self._read(scope)).remember

    async def _read(self, scope: Scope) -> Choice:
        body = await self._conversations.get("choice", self._id(scope), scope=scope)
        if body is None:
            return Choice()
        return Choice(body["remember"], datetime.fromisoformat(body["chosen_at"]))

    def _id(self, scope: Scope) -> str:
        return f"choice-{self._keyring.pseudonym(scope.owner)}"
