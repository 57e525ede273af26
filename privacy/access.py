"""Who may do what to whose memory: one pure decision that every read and write passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .errors import Forbidden
from .identity import Principal, Scope

Action = Literal["read", "write", "forget", "share", "export", "consent"]
Role = Literal["owner", "agent", "reader"]

MAY: Mapping[Role, frozenset[Action]] = {
    "owner": frozenset({"read", "write", "forget", "share", "export", "consent"}),
    "agent": frozenset({"read", "write"}),  # a model that acts for its person, and no more than this
    "reader": frozenset({"read"}),  # somebody else, as far as a grant goes
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one person lets another read: all of it, or what is about a topic, of some kinds, of some time."""

    id: str
    owner: str
    reader: str
    given_at: datetime
    topic: str = ""
    kinds: tuple[str, ...] = ()
    since: datetime | None = None  # of what was said
    until: datetime | None = None
    expires_at: datetime | None = None  # of the grant
    revoked_at: datetime | None = None
    over_at: datetime | None = None  # found expired then: a clock that is set back does not bring it back
    anonymised: bool = False  # plain words for names, the month for the day
    entry: int = 0  # the last one of the audit log when it was given

    def holds(self, now: datetime) -> bool:
        """Whether it is in force.

        >>> from datetime import UTC
        >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
        >>> Grant(id="1", owner="ada", reader="bob", given_at=noon, expires_at=noon).holds(noon)
        False
        """
        ended = self.revoked_at is not None or self.over_at is not None
        return not ended and (self.expires_at is None or now < self.expires_at)

    def covers(self, kind: str, occurred_at: datetime) -> bool:
        """Whether a memory of this kind and time is among what is granted. The topic is for its reader to match."""
        of_kind = not self.kinds or kind in self.kinds
        in_time = (self.since is None or occurred_at >= self.since) and (
            self.until is None or occurred_at < self.until
        )
        return of_kind and in_time


def role(
    principal: Principal, scope: Scope, grants: Sequence[Grant] = (), now: datetime | None = None
) -> Role | None:
    """What somebody is to a memory; None: nobody."""
    if principal.name == scope.owner:
        return "agent" if principal.agent else "owner"
    held = (grant for grant in grants if (grant.owner, grant.reader) == (scope.owner, principal.name))
    return "reader" if now is not None and any(grant.holds(now) for grant in held) else None


def decide(
    principal: Principal,
    action: Action,
    scope: Scope,
    grants: Sequence[Grant] = (),
    now: datetime | None = None,
) -> bool:
    """Whether this is allowed: what the role may, and nothing to nobody.

    >>> decide(Principal("ada"), "read", Scope("ada")), decide(Principal("ada"), "read", Scope("bob"))
    (True, False)
    """
    what = role(principal, scope, grants, now)
    return what is not None and action in MAY[what]


def require(principal: Principal, action: Action, scope: Scope) -> None:
    """Raise Forbidden when its owner (or an agent of theirs) may not. Outside it looks like "not found"."""
    if not decide(principal, action, scope):
        raise Forbidden("There is no such memory.")
