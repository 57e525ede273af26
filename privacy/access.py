"""Who may do what to whose memory: one pure decision that every read and write passes."""

from __future__ import annotations

from typing import Literal

from .errors import Forbidden
from .identity import Principal, Scope

Action = Literal["read", "write", "forget"]


def decide(principal: Principal, action: Action, scope: Scope) -> bool:
    """The owner may everything; nobody else may anything.

    >>> decide(Principal("ada"), "read", Scope("bob"))
    False
    """
    return principal.name == scope.owner


def require(principal: Principal, action: Action, scope: Scope) -> None:
    """Raise Forbidden when `decide` says no. Outside it looks like "not found"."""
    if not decide(principal, action, scope):
        raise Forbidden("There is no such memory.")
