"""Accounts: names, passwords, sign-ins, and what of them lies on the disk."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY
from hypothesis import assume, given
from hypothesis import strategies as st

from memory.stores.ledger import Ledger
from privacy.accounts import MOST_SIGN_INS, Accounts, SignIn, account_name
from privacy.encryption import KeyRing
from privacy.errors import BadAccount

PASSWORD = "correct horse battery"


class CountingHasher(PasswordHasher):
    """A real hasher that counts how often it was made to work."""

    checks = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # without overloads
        self.checks += 1
        return super().verify(hash, password)


class Clock:
    """Time that moves when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher(time_cost=CHEAPEST.time_cost, memory_cost=CHEAPEST.memory_cost, parallelism=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def keyring(ledger: Ledger) -> KeyRing:
    return KeyRing(secrets.token_bytes(32), ledger)


@pytest.fixture
def accounts(ledger: Ledger, keyring: KeyRing, clock: Clock, hasher: CountingHasher) -> Accounts:
    return Accounts(ledger.documents, keyring, clock, hasher=hasher)


def test_a_password_is_hashed_with_argon2id_of_rfc_9106(
    ledger: Ledger, keyring: KeyRing, clock: Clock
) -> None:
    """64 MiB and three passes, as the standard says for machines with little memory."""
    account = Accounts(ledger.documents, keyring, clock).add("ada", PASSWORD)
    assert account.hash.startswith("$argon2id$v=19$m=65536,t=3")
    assert extract_parameters(account.hash) == RFC_9106_LOW_MEMORY


def test_neither_name_nor_hash_lies_on_the_disk(accounts: Accounts, tmp_path: Path) -> None:
    """Whoever copies the data learns neither who uses it nor what to guess at."""
    accounts.add("Persephone", PASSWORD)
    accounts.sign_in("Persephone", PASSWORD)
    for file in tmp_path.rglob("*"):
        raw = file.read_bytes().lower() if file.is_file() else b""
        for secret in (b"persephone", b"argon2", b"correct horse"):
            assert secret not in raw, file.name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ada", "ada"),
        ("  ＡＤＡ ", "ada"),
        ("Straße", "strasse"),
        ("Ｚoë", "zoë"),
        ("李雷", "李雷"),
        ("Ada L.", "ada l."),
    ],
)
def test_one_person_has_one_name(typed: str, name: str) -> None:
    """However it is typed, and in any script."""
    assert account_name(typed) == name


@pytest.mark.parametrize(
    "typed", ["", "   ", "*", "a*", "x" * 65, "a\nb", "a\x00b", "a\u200bda", "\u202eada", "a\ud800"]
)
def test_names_that_could_deceive_are_refused(typed: str) -> None:
    """Empty, endless, a wildcard, or with characters that nobody sees."""
    with pytest.raises(BadAccount):
        account_name(typed)


@given(st.text(max_size=70))
def test_a_name_is_its_own_name(typed: str) -> None:
    """What an account is called can be typed to reach it: the rule changes nothing the second time."""
    try:
        name = account_name(typed)
    except BadAccount:
        assume(False)
    assert account_name(name) == name


def test_only_the_right_password_signs_in(accounts: Accounts) -> None:
    """The same password composed differently is the same; anything else is not."""
    accounts.add("Zoë", "pässwörd")
    assert accounts.sign_in("ZOË", "pa\u0308sswo\u0308rd") is not None
    for name, password in (
        ("zoë", "password"),
        ("zoe", "pässwörd"),
        ("zoë", ""),
        ("", ""),
        ("zoë", "\ud800" * 9),
    ):
        assert accounts.sign_in(name, password) is None


def test_a_refusal_takes_the_same_work_for_everybody(accounts: Accounts, hasher: CountingHasher) -> None:
    """Known, unknown, impossible and disabled names: one check of a password each."""
    accounts.add("ada", PASSWORD)
    accounts.add("ben", PASSWORD)
    accounts.set_disabled("ben", True)
    for name, password in (
        ("ada", "wrong horse battery"),
        ("eve", PASSWORD),
        ("a*", PASSWORD),
        ("ben", PASSWORD),
    ):
        before = hasher.checks
        assert accounts.sign_in(name, password) is None
        assert hasher.checks == before + 1, name


def test_an_account_exists_once_and_passwords_are_not_short(accounts: Accounts) -> None:
    """A second account of a name, a short, endless or untypable password: each is a sentence."""
    accounts.add("ada", PASSWORD)
    for name, password, sentence in (
        ("ADA", PASSWORD, "already"),
        ("ben", "short", "8 to"),
        ("ben", "x" * 1025, "8 to"),
        ("ben", "a\nb" * 9, "typed"),
    ):
        with pytest.raises(BadAccount, match=sentence):
            accounts.add(name, password)
    for unknown in (accounts.remove, accounts.known):
        with pytest.raises(BadAccount, match="no account"):
            unknown("ben")
    assert [account.name for account in accounts.list()] == ["ada"]


def test_a_sign_in_ends_with_time_with_signing_out_and_with_the_password(
    accounts: Accounts, clock: Clock
) -> None:
    """Each on its own; the others go on."""
    accounts.add("ada", PASSWORD)
    first, second = (_in(accounts) for _ in range(2))
    accounts.sign_out(first)
    assert (accounts.holds(first), accounts.holds(second)) == (False, True)
    clock.now += timedelta(days=15, seconds=1)
    assert not accounts.holds(second)
    third = _in(accounts)
    accounts.change_password("ada", "another horse battery")
    assert not accounts.holds(third)
    assert accounts.sign_in("ada", PASSWORD) is None


def test_whoever_gets_a_name_again_gets_no_sign_in_with_it(accounts: Accounts) -> None:
    """Removed and added again, disabled and enabled again: old cookies stay worthless."""
    accounts.add("ada", PASSWORD)
    old = _in(accounts)
    accounts.remove("ada")
    assert not accounts.holds(old)
    accounts.add("ada", PASSWORD)
    assert not accounts.holds(old)
    new = _in(accounts)
    accounts.set_disabled("ada", True)
    accounts.set_disabled("ada", False)
    assert not accounts.holds(new)
    assert not accounts.holds(SignIn("ada", ""))


def test_there_is_an_end_to_sign_ins(accounts: Accounts) -> None:
    """The oldest goes when there are too many, so that an account cannot be made to grow."""
    accounts.add("ada", PASSWORD)
    every = [_in(accounts) for _ in range(MOST_SIGN_INS + 1)]
    assert [accounts.holds(sign_in) for sign_in in every] == [False] + [True] * MOST_SIGN_INS


def test_a_weaker_hash_is_made_anew_at_the_next_sign_in(
    accounts: Accounts, ledger: Ledger, keyring: KeyRing, clock: Clock
) -> None:
    """Stronger parameters reach old accounts without anybody choosing a new password."""
    weak = accounts.add("ada", PASSWORD).hash
    stronger = Accounts(ledger.documents, keyring, clock)
    assert stronger.sign_in("ada", PASSWORD) is not None
    assert stronger.known("ada").hash != weak
    assert stronger.sign_in("ada", PASSWORD) is not None


def _in(accounts: Accounts) -> SignIn:
    sign_in = accounts.sign_in("ada", PASSWORD)
    assert sign_in is not None
    return sign_in
