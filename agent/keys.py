"""The master key of an installation: where it lies, and what opens it."""

from __future__ import annotations

from pathlib import Path

from memory.stores.ledger import Ledger
from privacy.encryption import CHECK, opens_store
from privacy.master_key import load_master_key, open_up, settle

from .settings import Settings


def master_key(settings: Settings, *, data: bool) -> bytes:
    """`data`: there is sealed data, so that a new key would be of no use. Raises NoKey, WrongKey."""
    given = settings.master_key.get_secret_value() if settings.master_key else None
    return load_master_key(given=given, path=key_file(settings), use_keyring=settings.use_keyring, data=data)


def opening_key(settings: Settings, ledger: Ledger) -> bytes:
    """What opens this ledger, once a change that was cut short is settled. Raises NoKey, WrongKey."""
    settle(key_file(settings), lambda master: opens_store(master, ledger))
    return master_key(settings, data=ledger.get_key(CHECK) is not None)


def key_file(settings: Settings) -> Path:
    """Where it lies unless it is in the environment or in the system's keyring."""
    return settings.config_home / "master.key"


def open_key_file(settings: Settings, passphrase: str) -> None:
    """Make the master key's file readable again. Raises NoKey, WrongKey."""
    open_up(key_file(settings), passphrase)
