"""A disk that remembers in which order it was written to, so that the power can be cut at any point afterwards.

What was synced is there. Of what was not, each piece of a sector may be there or not, in any order, whole or torn.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
Files = dict[str, bytes]  # what lies in a folder, by name


@dataclass(frozen=True, slots=True)
class Write:
    file: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file was cut off, or made longer, to this size."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    file: str


@dataclass(frozen=True, slots=True)
class Remove:
    file: str
    synced: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """At this point somebody was told something."""

    said: tuple[str, ...]


Event = Write | Cut | Sync | Remove | Promise


class Disk(apsw.VFS):
    """A file system for apsw that notes every change. `lying`: it says that it synced and did not."""

    def __init__(self, name: str, *, lying: bool = False) -> None:
        self.name = name
        self.lying = lying
        self.events: list[Event] = []
        self.writes_left: int | None = None  # how often something may still be written; None: there is room
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name, flags)

    def xDelete(self, name: str, synced: bool) -> None:
        super().xDelete(name, synced)
        self.events.append(Remove(Path(name).name, synced))

    def promise(self, *said: str) -> None:
        self.events.append(Promise(said))

    def use_room(self) -> None:
        """Raises apsw.FullError when there is none."""
        if self.writes_left == 0:
            raise apsw.FullError("no space left on this disk")
        if self.writes_left is not None:
            self.writes_left -= 1


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._name = Path(name if isinstance(name, str) else name.filename()).name if name else ""
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.use_room()
        super().xWrite(data, offset)
        self._note(Write(self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._note(Cut(self._name, size))

    def xSync(self, flags: int) -> None:
        if not self._disk.lying:  # the real disk below need not sync: nobody cuts its power
            self._note(Sync(self._name))

    def _note(self, event: Event) -> None:
        if self._name:  # files without a name are temporary, and nobody reads them again
            self._disk.events.append(event)


@dataclass(slots=True)
class _Lying:
    """One file: what is surely on the disk, and what is on its way there."""

    synced: bytearray = field(default_factory=bytearray)
    coming: list[Write | Cut] = field(default_factory=list)


def after_power_cut(before: Mapping[str, bytes], events: Iterable[Event], chance: random.Random) -> Files:
    """What the disk holds when the power comes back, had it gone after these events."""
    files = {name: _Lying(bytearray(content)) for name, content in before.items()}
    removed: dict[str, _Lying] = {}  # without a sync: they may be back
    for event in events:
        match event:
            case Write(file) | Cut(file):
                files.setdefault(file, _Lying()).coming.append(event)
            case Sync(file):
                one = files.setdefault(file, _Lying())
                for change in one.coming:
                    _apply(one.synced, change)
                one.coming.clear()
                removed.clear()  # a sync of a new file syncs the folder too, as SQLite does it
            case Remove(file, synced):
                gone = files.pop(file, None)
                if gone is not None and not synced:
                    removed[file] = gone
    for name, gone in removed.items():
        if name not in files and chance.random() < 0.5:
            files[name] = gone
    share = chance.choice((0.0, 0.5, 0.9, 1.0))  # of what was on its way
    return {name: bytes(_arrived(one, share, chance)) for name, one in files.items()}


def _arrived(file: _Lying, share: float, chance: random.Random) -> bytearray:
    pieces = [piece for change in file.coming for piece in _pieces(change)]
    if share < 1:
        pieces = [piece for piece in pieces if chance.random() < share]
        chance.shuffle(pieces)
    for piece in pieces:
        _apply(file.synced, _torn(piece, chance) if share < 1 and chance.random() < 0.1 else piece)
    return file.synced


def _pieces(change: Write | Cut) -> list[Write | Cut]:
    """A write in pieces that lie in one sector each."""
    if isinstance(change, Cut):
        return [change]
    pieces: list[Write | Cut] = []
    at, end = change.at, change.at + len(change.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        pieces.append(Write(change.file, at, change.data[at - change.at : until - change.at]))
        at = until
    return pieces


def _torn(change: Write | Cut, chance: random.Random) -> Write | Cut:
    if isinstance(change, Cut):
        return change
    return Write(change.file, change.at, change.data[: chance.randrange(len(change.data) + 1)])


def _apply(content: bytearray, change: Write | Cut) -> None:
    if isinstance(change, Cut):
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
        return
    content.extend(bytes(max(0, change.at - len(content))))
    content[change.at : change.at + len(change.data)] = change.data
