"""The door of memory: who comes through is decided and written down here, once for every verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from privacy.access import Action, decide
from privacy.errors import Forbidden
from privacy.identity import Principal, Scope

from .activity import PAGE, Activity, noted_by_page
from .sharing import Sharing
from .views import View

WHOLE = View()


class Gate:
    """Asked by every verb before it does anything."""

    def __init__(self, sharing: Sharing, activity: Activity, clock: Callable[[], datetime]) -> None:
        self._sharing = sharing
        self._activity = activity
        self._clock = clock

    async def admit(self, by: Principal, action: Action, scope: Scope, verb: str, subject: str = "") -> None:
        """Let its owner (or an agent of theirs, as far as they may) through. Raises Forbidden."""
        if not decide(by, action, scope):
            await self._activity.noted("refused", scope, by, verb)
            raise Forbidden("There is no such memory.")
        if action == "read" and by.name == scope.owner and not subject:
            noted = noted_by_page(scope.owner)
            if noted:
                return
            verb = verb if noted is None else PAGE
        await self._activity.noted(verb, scope, by, subject)

    def greet(self, by: Principal, scope: Scope) -> None:
        """Somebody has come who may ask. Nothing is shown yet, so nothing is noted. Raises Forbidden."""
        if not decide(by, "read", scope):
            raise Forbidden("There is no such memory.")

    async def view(self, by: Principal, scope: Scope, verb: str, subject: str = "") -> View:
        """The same for verbs that also serve whom the owner shares with: how much of it they see."""
        if by.name == scope.owner:
            await self.admit(by, "read", scope, verb, subject)
            return WHOLE
        grants = await self._sharing.held(by, scope)
        if not decide(by, "read", scope, grants, self._clock()):
            await self._activity.noted("refused", scope, by, verb)
            raise Forbidden("There is no such memory.")
        await self._activity.noted(verb, scope, by, grants[0].id)
        return View(grants)
