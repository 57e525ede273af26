"""Backups: a copy of the ledger without keys, and beside it one key file that every forgetting overwrites.

Restore needs both. So yesterday's copy with today's key file cannot open what was forgotten today.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import threading
import zlib
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from privacy.encryption import KeyRing
from privacy.errors import ChainBroken, KeyDestroyed, Unreadable, WrongKey
from privacy.signatures import public_key

from .errors import BadBackup, StorageFault
from .stores.database import locked
from .stores.ledger import Ledger

MANIFEST, KEYS, AAD = "backup.json", "keys.sealed", b"keepsake key file 1"
HEADS = "heads"  # the key that seals the ends of the chains
STALE = "backups stale"
FOLDERS = "backups"  # the ledger's note, sealed, of where its backups lie


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and found whole."""

    entries: int  # of the journal
    keys: int
    memories: int
    audited: int = 0  # entries of the audit log


class Backups:
    """The backups of a running installation. All calls block."""

    def __init__(self, ledger: Ledger, keyring: KeyRing) -> None:
        self._ledger = ledger
        self._keyring = keyring
        self._writing = threading.Lock()

    def make(self, folder: Path, now: datetime) -> Verified:
        """Copy the ledger as it is at this moment. Raises BadBackup, StorageFault."""
        folder = folder.expanduser().resolve()
        with _as_trouble(folder), self._writing:
            _prepare(folder, public_key(self._keyring))
            copy = _copied(self._ledger, folder)
            manifest = {
                "backup": "keepsake 1",
                "installation": public_key(self._keyring),
                "made_at": now.astimezone(UTC).isoformat(),
                "ledger": copy.name,
                "sha256": _sha256(copy),
            }
            self.know([str(folder)])
            self._write_keys(folder)
            _replace(folder / MANIFEST, json.dumps(manifest, indent=2).encode())
            for older in folder.glob("ledger-*.sqlite3"):
                if older != copy:
                    older.unlink()
        return verify_backup(folder, self._keyring)

    def know(self, folders: Collection[str]) -> None:
        """From now on the key files in these folders are overwritten too."""
        self._ledger.note(FOLDERS, self._sealed(sorted({*self._folders(), *folders})))

    def refresh_stale(self) -> None:
        """At the start: what could not be reached, or was interrupted, the last time."""
        if self._ledger.noted(STALE) == "yes":
            self.refresh()

    def stale(self) -> None:
        """The keys are about to change: should this be interrupted, the next start refreshes."""
        self._ledger.note(STALE, "yes")

    def refresh(self) -> bool:
        """Overwrite the key file of every backup; False when a folder cannot be reached now."""
        with self._writing:
            reached = [
                self._refreshed(Path(folder)) for folder in self._folders()
            ]  # every one, also after a miss
            whole = all(reached)
            if (self._ledger.noted(STALE) == "yes") is whole:
                self._ledger.note(STALE, "no" if whole else "yes")
            return whole

    def _refreshed(self, folder: Path) -> bool:
        try:
            if _manifest(folder)["installation"] != public_key(self._keyring):
                return False
            self._write_keys(folder)
        except (OSError, BadBackup):
            return False
        return True

    def _write_keys(self, folder: Path) -> None:
        keys = [[id, owner, _text(wrapped)] for id, owner, wrapped in self._ledger.all_keys()]
        stones = [[owner, _text(mark), forgetting] for owner, mark, forgetting in self._ledger.tombstones()]
        plain = zlib.compress(json.dumps({"keys": keys, "tombstones": stones}).encode())
        _replace(folder / KEYS, self._keyring.backups.seal(plain, AAD))

    def _folders(self) -> list[str]:
        return self.opened(self._ledger.noted(FOLDERS))

    def opened(self, noted: str | None) -> list[str]:
        """The folders that a ledger of this installation noted."""
        if noted is None:
            return []
        folders: list[str] = json.loads(self._keyring.notes.open(base64.b64decode(noted), FOLDERS.encode()))
        return folders

    def _sealed(self, folders: list[str]) -> str:
        return _text(self._keyring.notes.seal(json.dumps(folders).encode(), FOLDERS.encode()))


# -- checking ------------------------------------------------------------------------------------------


def seal_heads(ledger: Ledger, keyring: KeyRing) -> None:
    """Have the ends of the chains sealed and asked for. Right after the key ring was opened."""
    anew = ledger.get_key(f"installation:{HEADS}") is None
    ledger.seal_heads(keyring.installation(HEADS), anew=anew)


def verify(ledger: Ledger, keyring: KeyRing) -> Verified:
    """The chain, the hash of every payload and every key. Raises ChainBroken naming the first that is broken."""
    ledger.check_file()
    entries, audited, keys = ledger.verify(), ledger.verify_audit(), ledger.all_keys()
    ledger.verify_rows()
    for id, owner, wrapped in keys:
        if not keyring.opens(id, owner, wrapped):
            raise ChainBroken(
                f"The key {id} is damaged: what it sealed cannot be opened. Restore the data directory from a backup."
            )
    return Verified(entries, len(keys), ledger.live_count(), audited)


def verify_backup(folder: Path, keyring: KeyRing) -> Verified:
    """The same for a backup, put together in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="keepsake-") as aside:
        _put_together(folder, Path(aside), keyring.backups)
        ledger = Ledger.open(Path(aside))
        try:
            opened = keyring.over(ledger)
            seal_heads(ledger, opened)
            return verify(ledger, opened)
        finally:
            ledger.wipe_keys()  # deleting a file leaves its bytes on the disk
            ledger.close()


# -- restoring -----------------------------------------------------------------------------------------


def restore(folder: Path, home: Path, master: bytes, *, force: bool = False) -> Verified:
    """Make `home` what the backup holds, but for what was forgotten since. Call while nobody uses `home`.

    One rename decides: a crash before it leaves the old state whole, after it the new one.
    """
    folder = folder.expanduser().resolve()
    with _as_trouble(home), locked(home):
        live, aside = home / "ledger.sqlite3", home / "restoring"
        if live.exists() and not force:
            raise BadBackup(
                f"There is data in {home} already. Say --force to keep it aside there and put the backup in its place, "
                "or set KEEPSAKE_HOME to an empty folder; nothing was changed."
            )
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        _put_together(folder, aside, KeyRing.sealing_backups(master))
        ledger = Ledger.open(aside)
        try:
            keyring = KeyRing(master, ledger)
            seal_heads(ledger, keyring)
            backups = Backups(ledger, keyring)
            backups.know(
                [str(folder), *_known_before(live, backups)]
            )  # made after this one, or this one itself
            ledger.drop_what_has_no_key(int(datetime.now(UTC).timestamp() * 1_000_000))
            found = verify(ledger, keyring)
            ledger.cut_log()
        finally:
            ledger.close()
        _sync(aside / "ledger.sqlite3")
        shutil.rmtree(home / "milvus", ignore_errors=True)  # the index is written anew from the ledger
        if live.exists():
            _keep_aside(live)
        os.replace(aside / "ledger.sqlite3", live)
        _sync(home)
        shutil.rmtree(aside)
    return found


def _known_before(live: Path, backups: Backups) -> list[str]:
    """Where the backups of the data lie that is about to be put aside; it may be damaged, or another installation's."""
    if not live.exists():
        return []
    with closing(sqlite3.connect(live)) as db:
        try:
            row = db.execute("SELECT value FROM meta WHERE name = ?", (FOLDERS,)).fetchone()
            return backups.opened(None if row is None else row[0])
        except (sqlite3.DatabaseError, Unreadable, KeyDestroyed, ValueError, TypeError):
            return []


def _keep_aside(live: Path) -> None:
    """The data as it was, under another name, its log taken in. A damaged file keeps its log beside it."""
    with closing(sqlite3.connect(live)) as db:
        try:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError:
            pass  # perhaps this is why somebody restores
    kept = live.with_name(f"ledger.before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.sqlite3")
    log = live.with_name(f"{live.name}-wal")
    if log.exists() and log.stat().st_size:
        os.replace(log, kept.with_name(f"{kept.name}-wal"))
    os.link(live, kept)
    for rest in (log, live.with_name(f"{live.name}-shm")):
        rest.unlink(missing_ok=True)


def _put_together(folder: Path, aside: Path, sealing: Any) -> None:
    """The copy of the ledger with the keys of the key file, in `aside`. Raises BadBackup, WrongKey."""
    manifest = _manifest(folder)
    copy = folder / Path(str(manifest["ledger"])).name
    with _as_trouble(folder):
        if not copy.exists() or _sha256(copy) != manifest["sha256"]:
            raise BadBackup(f"The copy of the ledger in {folder} is damaged or missing. Use another backup.")
        if not (folder / KEYS).exists():
            raise BadBackup(
                f"The key file {folder / KEYS} is missing, and without it this backup cannot be opened. Put it back beside it."
            )
        sealed = (folder / KEYS).read_bytes()
        shutil.copyfile(copy, aside / "ledger.sqlite3")
    try:
        opened = json.loads(zlib.decompress(sealing.open(sealed, AAD)))
    except (Unreadable, KeyDestroyed):
        raise WrongKey(
            "The master key does not open the key file of this backup. Put the right one into KEEPSAKE_MASTER_KEY, or "
            "restore master.key in the configuration directory; nothing was changed."
        ) from None
    with closing(sqlite3.connect(aside / "ledger.sqlite3")) as db, db:
        keys = [(id, owner, base64.b64decode(wrapped)) for id, owner, wrapped in opened["keys"]]
        stones = [
            (owner, base64.b64decode(mark), forgetting) for owner, mark, forgetting in opened["tombstones"]
        ]
        db.executemany("INSERT OR REPLACE INTO keys (id, owner, wrapped) VALUES (?, ?, ?)", keys)
        db.executemany("INSERT OR REPLACE INTO tombstones (owner, mark, forgetting) VALUES (?, ?, ?)", stones)
        db.execute("DELETE FROM bookmarks WHERE name = 'index'")


# -- files ---------------------------------------------------------------------------------------------


def _prepare(folder: Path, installation: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / MANIFEST).exists():
        if _manifest(folder)["installation"] == installation:
            return
        raise BadBackup(f"{folder} holds a backup of another installation. Give another folder.")
    if any(path for path in folder.iterdir() if not path.name.startswith("ledger-")):
        raise BadBackup(
            f"{folder} is not empty and holds no backup. Give an empty folder or one that is not there yet."
        )


def _copied(ledger: Ledger, folder: Path) -> Path:
    """A consistent copy without keys. Its first form, with them, never leaves the data directory."""
    draft = ledger.folder / "backup.draft"
    written = folder / "ledger-draft.sqlite3"
    for path in (draft, written):
        path.unlink(missing_ok=True)
    try:
        ledger.copy_to(draft)
        with closing(sqlite3.connect(draft, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=OFF")
            db.execute("PRAGMA secure_delete=ON")
            db.execute("DELETE FROM keys")
            db.execute("VACUUM INTO ?", (str(written),))
    finally:
        draft.unlink(missing_ok=True)
    _sync(written)
    copy = folder / f"ledger-{_sha256(written)[:12]}.sqlite3"
    os.replace(written, copy)
    copy.chmod(0o600)
    return copy


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if manifest["backup"] == "keepsake 1":
            return manifest
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise BadBackup(f"There is no backup in {folder}. Give the folder that `keepsake backup` wrote.")


def _replace(path: Path, content: bytes) -> None:
    """Put new content in the place of the old, whole or not at all, and overwrite the old bytes."""
    draft = path.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    old = os.open(path, os.O_RDWR) if path.exists() else None
    os.replace(draft, path)
    _sync(path.parent)
    if old is not None:
        os.pwrite(old, bytes(os.fstat(old).st_size), 0)
        os.fsync(old)
        os.close(old)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


@contextmanager
def _as_trouble(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise StorageFault(
            f"The folder {folder} cannot be read or written ({reason}). Free some space or make it writable, and try again."
        ) from None
