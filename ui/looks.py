"""The audit log in words: what each entry means, and looks that follow each other as one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the terminal wants the words alone
    from memory.activity import Event

LOOKED = "looked at"
# what an entry of the audit log is called on the page; every verb has a word
LOOKS = {
    **dict.fromkeys(
        (
            "page account arrivals as_used at_rest browse conversation counts experiences facts find forgetting"
            " forgetting_receipt get graph graph_for inventory neighbours open_loop paths placeholders profile"
            " reach reminder seen_through remnants shared_history"
            " still_known summary taught timeline unsupported untended waiting"
        ).split(),
        LOOKED,
    ),
    "recall": "searched",
    "remember": "kept",
    "learn": "learned",
    "adopt": "learned",
    "express": "learned",
    "restate": "corrected",
    "correct": "corrected",
    "revise": "corrected",
    "small change": "small change approved by itself",
    "set_aspect": "decided",
    "decided": "decided",
    "take_back": "taken back",
    "accept": "agreed to keep",
    "refuse": "declined to keep",
    "merge": "merged",
    "hold_both": "confirmed",
    "merge_entities": "connections changed",
    "split_entity": "connections changed",
    "undo_identity": "connections changed",
    "hide_entity": "connections changed",
    "place": "picture of connections arranged",
    "forget": "forgotten",
    "forget a session": "forgotten",
    "tidy": "forgotten",
    "finish_forgetting": "forgotten",
    "destroy_vault": "personal details destroyed",
    "forget_everything": "everything forgotten",
    "undo": "brought back",
    "delete_chat": "chat deleted",
    "keep_remnant": "agreed to keep",
    "pause": "paused",
    "resume": "used again",
    "keep_until": "kept until a day",
    "time is over": "gone: its time was over",
    "share": "shared",
    "revoke": "sharing ended",
    "refused": "turned away",
    "export": "exported",
    "bring_in": "imported",
    "sent": "sent to a model elsewhere",
    "sent for the index": "memories read by an embedder elsewhere",
    "sent for a search": "a question sent to an embedder elsewhere",
    "new owner's key": "new key",
    "unaudited": "looks while the disk was full",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: an entry, or as many of its kind as follow each other."""

    numbers: tuple[int, int]  # the oldest and the newest entry
    at: datetime  # of the newest
    who: str
    what: str
    subject: str
    count: int


def in_lines(events: Iterable[Event]) -> tuple[Line, ...]:
    """A person's own looks that follow each other are one line; whatever somebody else does is one line each."""
    grouped = groupby(events, key=lambda event: (event.who, _word(event), _own(event)))
    return tuple(_line(tuple(found)) for _, found in grouped)


def _word(event: Event) -> str:
    return LOOKS.get(event.action, event.action)


def _own(event: Event) -> int:
    """The same number for entries that may share a line."""
    own = event.who in ("you", "a model for you")
    return 0 if own and _word(event) in (LOOKED, "searched") else event.number


def _line(found: tuple[Event, ...]) -> Line:
    newest, subjects = found[0], {event.subject for event in found}
    return Line(
        numbers=(found[-1].number, newest.number),
        at=newest.at,
        who=newest.who,
        what=_word(newest),
        subject=newest.subject if len(subjects) == 1 else "",
        count=sum(event.count for event in found),
    )
