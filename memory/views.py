"""What somebody gets to see of a memory: all of it, or as far as a grant goes. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from privacy.access import Grant
from privacy.anonymization import in_plain_words

from .objections import mentions
from .records import Fact, Preference, Procedure, Record, Shown


@dataclass(frozen=True, slots=True)
class View:
    """No grants: the owner's own view. Several: whatever one of them shows, named if any of them does not hide names."""

    grants: tuple[Grant, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.grants

    def of(self, record: Record, shown: Shown) -> Shown | None:
        """A memory as it is seen; None when it is not."""
        if self.whole:
            return shown
        if shown.status in ("quarantined", "archived", "paused", "quotation"):
            return None
        fitting = [grant for grant in self.grants if granted(grant, shown)]
        if not fitting:
            return None
        return anonymised(record, shown) if all(grant.anonymised for grant in fitting) else _trimmed(shown)


def granted(grant: Grant, memory: Shown) -> bool:
    """Whether a grant covers a memory. Its topic has to be in the words: what only means something alike stays private."""
    about = not grant.topic or mentions(grant.topic, f"{memory.text} {memory.quote}")
    return about and grant.covers(memory.kind, memory.occurred_at)


def anonymised(record: Record, shown: Shown) -> Shown:
    """Plain words for every detail that masking knows, the month for the day, no conversation, no quotation.

    What masking did not find stays: whoever shares is told so.
    """
    detail, month = record.detail, shown.occurred_at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    more: dict[str, Any] = {}
    if isinstance(detail, Fact):
        more = {"subject": in_plain_words(detail.subject), "object": in_plain_words(detail.object)}
    elif isinstance(detail, Preference):
        more = {"subject": in_plain_words(detail.subject), "object": in_plain_words(detail.value)}
    elif isinstance(detail, Procedure):
        more = {"rule": in_plain_words(detail.rule), "trigger": in_plain_words(detail.trigger)}
    elif shown.speaker not in ("user", "assistant"):
        more = {"speaker": "someone"}
    trimmed = replace(
        _trimmed(shown), text=in_plain_words(record.text), quote="", valid_from=None, valid_until=None
    )
    return replace(trimmed, occurred_at=month, recorded_at=month, **more)


def _trimmed(shown: Shown) -> Shown:
    """Without what leads to other memories."""
    return replace(shown, session="", position=0, sources=(), keep_until=None, merged_into="")
