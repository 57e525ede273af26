"""Changing the master key while the app runs, putting it away and taking it up again."""

from __future__ import annotations

from dataclasses import dataclass

from privacy.master_key import lock_up, next_master_key, promote

from .errors import BadSettings
from .keys import key_file, master_key
from .settings import Settings
from .wiring import App


@dataclass(frozen=True, slots=True)
class Rotated:
    """A new master key is in force."""

    keys: int
    kept: str  # where the old one lies
    backups: bool  # whether every backup could be reached


def rotate_master_key(app: App) -> Rotated:
    """A new master key on disk first, then every key wrapped with it at once, then it takes its place.

    Killed at any point: the next start finds out which of the two is in force. Raises BadSettings.
    """
    _require_key_file(app.settings, "changed")
    path = key_file(app.settings)
    new = next_master_key(path)
    app.backups.stale()
    keys = app.keyring.rotate(new)
    kept = promote(path)
    return Rotated(keys, str(kept), app.backups.refresh())


def lock(app: App, passphrase: str) -> None:
    """Put the master key under a passphrase, and every key out of memory. Raises BadSettings, WrongKey."""
    _require_key_file(app.settings, "locked")
    lock_up(key_file(app.settings), passphrase)
    app.keyring.lock()
    app.vaults.close()
    app.memory.put_away()


def unlock(app: App) -> bool:
    """Take up the keys again, once their file is readable; False when they were not put away."""
    if not app.keyring.locked:
        return False
    app.keyring.unlock(master_key(app.settings, data=True))
    return True


def _require_key_file(settings: Settings, done: str) -> None:
    if settings.master_key or settings.use_keyring:
        raise BadSettings(
            f"Only a master key in a file can be {done} by Keepsake; this one is in KEEPSAKE_MASTER_KEY or in the "
            "system's keyring. Nothing was changed."
        )
