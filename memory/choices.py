"""Memory on or off in one word: yes or no to remembering, using and learning at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from privacy.access import require
from privacy.governance import Charter
from privacy.identity import Principal, Scope

from .charters import ONE_CHOICE, Charters


@dataclass(frozen=True, slots=True)
class Choice:
    """Memory on or off. Off: nothing new is kept and nothing is used; looking and forgetting go on."""

    remember: bool = True
    chosen_at: datetime | None = None  # None: nothing was chosen yet


class Choices:
    """The short form of the charter."""

    def __init__(self, charters: Charters) -> None:
        self._charters = charters

    async def of(self, *, scope: Scope, by: Principal) -> Choice:
        require(by, "read", scope)
        return _choice(await self._charters.holding(scope))

    async def choose(self, remember: bool, *, scope: Scope, by: Principal) -> Choice:
        """Holds from now on, for every conversation of this person."""

        def change(charter: Charter, at: datetime) -> Charter:
            for purpose in ONE_CHOICE:
                charter = charter.decided(purpose, remember, at)
            return charter

        require(by, "write", scope)
        return _choice(
            await self._charters.change(f"memory {'on' if remember else 'off'}", change, scope=scope, by=by)
        )

    async def agreed(self, *, scope: Scope, by: Principal) -> tuple[bool, bool]:
        """Whether what is said may be kept, and whether what is kept may be used."""
        require(by, "read", scope)
        charter = await self._charters.holding(scope)
        return charter.allows("remember"), charter.allows("answer")

    async def learns(self, scope: Scope) -> bool:
        """Whether ways of answering may be learned."""
        charter = await self._charters.holding(scope)
        return charter.allows("remember") and charter.allows("learn")

    async def remembers(self, scope: Scope) -> bool:
        """Whether new memories may be kept."""
        return await self._charters.allows(scope, "remember")


def _choice(charter: Charter) -> Choice:
    return Choice(charter.allows("remember"), charter.since("remember"))
