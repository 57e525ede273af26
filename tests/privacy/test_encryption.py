"""Sealing, keys and the chain of the journal."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.stores.ledger import ForgettingRow, Ledger
from privacy import audit
from privacy.encryption import Cipher, KeyRing, derived
from privacy.errors import ChainBroken, Unreadable, WrongKey
from privacy.master_key import load_master_key

KEY, OTHER = bytes(range(32)), bytes(32)


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger.open(tmp_path / "home")
    yield opened
    opened.close()


@given(plain=st.binary(max_size=500), aad=st.binary(max_size=50))
def test_what_is_sealed_opens_again(plain, aad):
    """Whatever the bytes: opening with the same key and place gives them back, and sealing twice never looks alike."""
    cipher = Cipher(KEY)
    sealed = cipher.seal(plain, aad)
    assert cipher.open(sealed, aad) == plain
    assert cipher.seal(plain, aad) != sealed


def test_another_key_or_place_opens_nothing():
    """Bytes sealed with another key, or moved to another row, are refused."""
    sealed = Cipher(KEY).seal(b"I live in Lyon.", b"ada|1")
    with pytest.raises(Unreadable):
        Cipher(OTHER).open(sealed, b"ada|1")
    with pytest.raises(Unreadable):
        Cipher(KEY).open(sealed, b"ada|2")


def test_every_changed_byte_and_every_cut_is_noticed():
    """No single changed byte and no shortened copy passes as the original."""
    cipher = Cipher(KEY)
    sealed = cipher.seal(b"secret", b"row")
    for at in range(len(sealed)):
        with pytest.raises(Unreadable):
            cipher.open(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], b"row")
        with pytest.raises(Unreadable):
            cipher.open(sealed[:at], b"row")


def test_sub_keys_differ_by_purpose():
    """A key derived for one purpose says nothing about another."""
    assert derived(KEY, "a") == derived(KEY, "a") != derived(KEY, "b")


def test_wrong_master_key_is_told_apart_and_changes_nothing(ledger):
    """A wrong master key is named as such; the right one works afterwards."""
    sealed = KeyRing(KEY, ledger).cipher("ada", "x").seal(b"hello", b"")
    before = ledger.get_key("check")
    with pytest.raises(WrongKey, match="KEEPSAKE_MASTER_KEY"):
        KeyRing(OTHER, ledger)
    assert ledger.get_key("check") == before
    assert KeyRing(KEY, ledger).cipher("ada", "x").open(sealed, b"") == b"hello"


def test_owners_have_keys_of_their_own(ledger):
    """What was sealed for one person does not open for another."""
    ring = KeyRing(KEY, ledger)
    sealed = ring.cipher("ada", "x").seal(b"hello", b"")
    with pytest.raises(Unreadable):
        ring.cipher("bob", "x").open(sealed, b"")
    assert ring.pseudonym("ada") != ring.pseudonym("bob")
    assert "ada" not in ring.pseudonym("ada")


def test_a_memory_key_is_bound_to_its_memory(ledger):
    """The wrapped key of one memory is refused under the name of another."""
    ring = KeyRing(KEY, ledger)
    wrapped, cipher = ring.mint("ada", "memory:1:1")
    assert ring.unwrap("ada", "memory:1:1", wrapped).open(cipher.seal(b"x", b""), b"") == b"x"
    with pytest.raises(Unreadable):
        ring.unwrap("ada", "memory:2:1", wrapped)


def test_a_destroyed_owner_is_unreadable_for_good(ledger):
    """After an owner's key is destroyed, nothing sealed before opens, not even in a new process's key ring."""
    ring = KeyRing(KEY, ledger)
    sealed = ring.cipher("ada", "x").seal(b"hello", b"")
    ledger.erase(ForgettingRow("f", "ada", "destroyed", 0, 0, ()))
    ring.forget_owner("ada")
    for again in (ring, KeyRing(KEY, ledger)):
        with pytest.raises(Unreadable):
            again.cipher("ada", "x").open(sealed, b"")


def test_master_key_file_is_private_and_stays(tmp_path):
    """The key is made once, readable by its owner alone, and the same at every start."""
    path = tmp_path / "config" / "master.key"
    first = load_master_key(given=None, path=path)
    assert first == load_master_key(given=None, path=path)
    assert path.stat().st_mode & 0o777 == 0o600
    for bad in ("", "short", "zz" * 32):
        with pytest.raises(WrongKey):
            load_master_key(given=bad, path=path)


def chain(length: int) -> list[tuple[dict[str, object], bytes]]:
    entries: list[tuple[dict[str, object], bytes]] = []
    previous = audit.GENESIS
    for number in range(length):
        entry: dict[str, object] = {"at": number, "subject": f"m{number}", "action": "remembered"}
        previous = audit.link(previous, entry)
        entries.append((entry, previous))
    return entries


@given(length=st.integers(0, 20))
def test_an_honest_chain_verifies(length):
    """A chain nobody touched passes, also an empty one."""
    audit.verify(chain(length))


@given(data=st.data(), length=st.integers(2, 12))
def test_every_mutation_of_a_chain_is_noticed(data, length):
    """Editing a field, dropping an entry, swapping two, doubling one or changing a hash breaks the chain at that place."""
    entries = copy.deepcopy(chain(length))
    at = data.draw(st.integers(0, length - 2))
    match data.draw(st.sampled_from(["edit", "drop", "swap", "double", "hash", "insert"])):
        case "edit":
            entries[at][0]["at"] = 999
        case "drop":
            del entries[at]
        case "swap":
            entries[at], entries[at + 1] = entries[at + 1], entries[at]
        case "double":
            entries.insert(at, entries[at])
            at += 1
        case "hash":
            entries[at] = (entries[at][0], bytes(32))
        case "insert":
            entries.insert(at, ({"at": 5}, b"x" * 32))
    with pytest.raises(ChainBroken, match=rf"entry {at + 1}\b"):
        audit.verify(entries)
