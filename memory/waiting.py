"""What waits for a yes: sealed aside, never recalled, gone after a month without one. All of it blocks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from privacy.governance import WAITS, Aside

from .archive import Archive
from .arrivals import Arrivals
from .asides import left_out
from .conversations import Conversations
from .errors import UnknownMemory
from .injections import Injections
from .moments import microseconds
from .records import FOREIGN, Record, Utterance, Waiting
from .stores.memories import Stored
from .undoing import FOR

GONE = "[not kept: {named}]"
UNDO = timedelta(seconds=10)
A_LOOK = 16  # texts that are read in the time of a page


class WaitingRoom:
    """Sentences aside, as sealed documents; whole memories in quarantine."""

    def __init__(
        self, archive: Archive, conversations: Conversations, arrivals: Arrivals, injections: Injections
    ) -> None:
        self._archive = archive
        self._injections = injections
        self._arrivals = arrivals
        self._conversations = conversations
        self._refused: dict[tuple[str, str], datetime] | None = (
            None  # when each goes; None: not looked up yet
        )

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

    def listed(self, owner: str) -> list[Waiting]:
        """Everything that waits by itself, for its person to look at: also which of it gives orders to a model."""
        found = self.all(owner)
        whole = [one.text for one in found if one.id == one.memory]
        injected = dict(zip(whole, self._injections.all(whole, at_most=A_LOOK), strict=True))
        return [
            replace(one, reasons=_reasons(one.reasons, injected=injected[one.text]))
            if one.id == one.memory
            else one
            for one in found
        ]

    def all(self, owner: str) -> list[Waiting]:
        """Everything that waits by itself, oldest first; what came in a file waits with its file."""
        aside = self._conversations.every(owner, ["waiting"])
        sentences = [_waiting(body) for _, body in aside if not body.get("decided")]
        came = {memory for arrival in self._arrivals.all(owner) for memory in arrival.becomes}
        ids = [m for m in self._archive.ledger.with_status(owner, "quarantined") if m not in came]
        whole = [self._whole(record) for record in (self._archive.live(owner, ids=ids) if ids else ())]
        return sorted([*sentences, *whole], key=lambda one: one.at)

    def _whole(self, record: Record) -> Waiting:
        return Waiting(
            id=record.id,
            text=self._archive.shown(record).text,
            memory=record.id,
            reasons=(record.origin,) if record.origin in FOREIGN else (),
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
            if (closed := left_out(record, body["place"], instead)) is not None:
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

    # -- decided, and back within the time for undo --------------------------------------------------

    def accepted(self, id: str, owner: str, now: datetime) -> None:
        """It is back where it was said; the sentence aside stays as long as the yes can be taken back."""
        self._decided(id, owner, "accepted", now + FOR)

    def refuse_later(self, id: str, owner: str, now: datetime) -> None:
        """It waits no longer, and goes when the time for undo is over."""
        self._decided(id, owner, "refused", now + UNDO)

    def wait_again(self, owner: str, *, id: str = "", episode: str = "") -> None:
        """One sentence, or those of an episode: as if nothing had been decided."""
        for _, body in [*self._conversations.every(owner, ["waiting"])]:
            if body.get("decided") and (body["id"] == id or body["episode"] == episode):
                plain = {
                    n: v
                    for n, v in body.items()
                    if n not in ("decided", "goes", "_created_at", "_updated_at")
                }
                self._conversations.write("waiting", body["id"], plain, owner, body["episode"])
                self._pending().pop((owner, body["id"]), None)

    def due(self, now: datetime) -> list[tuple[str, str]]:
        """Owner and id of what was decided and can no longer be taken back."""
        return [key for key, goes in list(self._pending().items()) if goes <= now]

    def finish(self, id: str, owner: str, now: datetime) -> Stored | None:
        """What was decided is done to the end."""
        self._pending().pop((owner, id), None)
        body = self._conversations.read("waiting", id, owner)
        if body is None:
            return None
        if body.get("decided") == "refused":
            return self.refuse(id, owner, now)
        self.drop(id, owner)
        return None

    def _decided(self, id: str, owner: str, how: str, goes: datetime) -> None:
        body = self._body(id, owner)
        plain = {n: v for n, v in body.items() if n not in ("_created_at", "_updated_at")}
        self._conversations.write(
            "waiting", id, plain | {"decided": how, "goes": goes.isoformat()}, owner, body["episode"]
        )
        self._pending()[owner, id] = goes

    def _pending(self) -> dict[tuple[str, str], datetime]:
        if self._refused is None:
            self._refused = {
                (owner, body["id"]): datetime.fromisoformat(body["goes"])
                for owner in self._archive.ledger.documents.owners("waiting")
                for _, body in self._conversations.every(owner, ["waiting"])
                if body.get("decided")
            }
        return self._refused

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


def _reasons(origin: tuple[str, ...], *, injected: bool) -> tuple[str, ...]:
    """Why a whole memory waits.

    >>> _reasons(("web",), injected=True), _reasons((), injected=False)
    (('web', 'like an order to a model'), ('asked first',))
    """
    return (*origin, "like an order to a model") if injected else origin or ("asked first",)


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
