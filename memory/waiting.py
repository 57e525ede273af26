"""What waits for a yes: sealed aside, never recalled, gone after a month without one. All of it blocks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from privacy.governance import WAITS, Aside

from .archive import Archive, microseconds
from .arrivals import Arrivals
from .conversations import Conversations
from .errors import UnknownMemory
from .records import Record, Utterance, Waiting
from .stores.memories import Stored

GONE = "[not kept: {named}]"


class WaitingRoom:
    """Sentences aside, as sealed documents; whole memories in quarantine."""

    def __init__(self, archive: Archive, conversations: Conversations, arrivals: Arrivals) -> None:
        self._archive = archive
        self._arrivals = arrivals
        self._conversations = conversations

    def set_aside(self, record: Record, said: Utterance, taken: Sequence[Aside], now: datetime) -> None:
        """Keep what was taken out of an episode, until its person decides. Before the episode is written."""
        for place, aside in enumerate(taken):
            if aside.handling != "ask":
                continue
            id = uuid.uuid4().hex
            body = {
                "id": id,
                "episode": record.id,
                "place": place,
                "categories": list(aside.categories),
                "output": said.text[aside.start : aside.end],
                "session": said.session,
                "at": now.isoformat(),
            }
            # below the episode: it goes with it
            self._conversations.write("waiting", id, body, record.owner, record.id)

    def all(self, owner: str) -> list[Waiting]:
        """Everything that waits by itself, oldest first; what came in a file waits with its file."""
        sentences = [_waiting(body) for _, body in self._conversations.every(owner, ["waiting"])]
        came = {memory for arrival in self._arrivals.all(owner) for memory in arrival.becomes}
        ids = [m for m in self._archive.ledger.with_status(owner, "quarantined") if m not in came]
        whole = [self._whole(record) for record in (self._archive.live(owner, ids=ids) if ids else ())]
        return sorted([*sentences, *whole], key=lambda one: one.at)

    def _whole(self, record: Record) -> Waiting:
        reason = record.origin if record.origin in ("web", "tool") else "asked first"
        return Waiting(
            id=record.id,
            text=self._archive.shown(record).text,
            memory=record.id,
            reasons=(reason,),
            at=record.recorded_at,
            until=record.recorded_at + WAITS,
        )

    def one(self, id: str, owner: str) -> Waiting:
        for waiting in self.all(owner):
            if waiting.id == id:
                return waiting
        raise UnknownMemory("Nothing of that name waits for you. `keepsake consent waiting` lists what does.")

    def taken_in(self, id: str, owner: str) -> tuple[str, Stored] | None:
        """The episode with a sentence back in its place, to be written; None when the episode is gone."""
        body = self._body(id, owner)
        for record in self._archive.live(owner, ids=[body["episode"]]):
            if (whole := self._archive.in_place_of(record, body["place"], body["output"])) is not None:
                return "accepted", self._archive.seal(whole)
        return None

    def left_out(self, id: str, owner: str) -> tuple[str, Stored] | None:
        """The episode without the promise that something waits."""
        body = self._body(id, owner)
        instead = GONE.format(named=", ".join(body["categories"]))
        for record in self._archive.live(owner, ids=[body["episode"]]):
            if (closed := self._archive.left_out(record, body["place"], instead)) is not None:
                return "refused", self._archive.seal(closed)
        return None

    def refuse(self, id: str, owner: str, now: datetime) -> Stored | None:
        """A sentence goes for good, out of the chat's lines too; the episode's new version, if it is there."""
        with self._archive.vault(owner).steady:
            self.blank(id, owner)
            if (changed := self.left_out(id, owner)) is not None:
                self._archive.ledger.revise([changed], microseconds(now))
            self.drop(id, owner)
        self._archive.ledger.cut_log()
        return changed[1] if changed else None

    def drop(self, id: str, owner: str) -> None:
        """The sentence itself goes, with its key and what only it used."""
        self._conversations.remove("waiting", id, owner)

    def blank(self, id: str, owner: str) -> None:
        """Take the sentence out of the chat's lines too."""
        body = self._body(id, owner)
        self._conversations.blank(owner, [body["session"]], lambda text: body["output"] in text)

    def overdue(self, owner: str, now: datetime, waits: timedelta = WAITS) -> Iterator[Waiting]:
        return (one for one in self.all(owner) if one.at + waits <= now)

    def _body(self, id: str, owner: str) -> dict[str, Any]:
        body = self._conversations.read("waiting", id, owner)
        if body is None:
            raise UnknownMemory(
                "Nothing of that name waits for you. `keepsake consent waiting` lists what does."
            )
        return body


def _waiting(body: dict[str, Any]) -> Waiting:
    at = datetime.fromisoformat(body["at"])
    return Waiting(
        id=body["id"],
        text=body["output"],
        memory=body["episode"],
        reasons=tuple(body["categories"]),
        at=at,
        until=at + WAITS,
    )
