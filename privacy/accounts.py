"""Who may sign in: accounts with an argon2id hash and their sign-ins, sealed like everything else.

An account lies under a keyed pseudonym, so that a copy of the data does not even tell who uses it.
"""

from __future__ import annotations

import json
import secrets
import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from .encryption import KeyRing
from .errors import BadAccount

KIND = "account"
KEEPER = "\x00accounts"  # owns all accounts; no person can have this name
LONGEST_NAME = 64
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 1024
LASTING = timedelta(days=15)
MOST_SIGN_INS = 20  # of one person at a time: the oldest goes first
UNSEEN = ("C", "Zl", "Zp")  # categories of characters that nobody sees or types


class SealedDocument(Protocol):
    """A document as the store gives it back."""

    @property
    def id(self) -> str: ...
    @property
    def body(self) -> bytes: ...


class AccountStore(Protocol):
    """Where sealed accounts lie: the documents of the ledger."""

    def put(self, kind: str, id: str, owner: str, body: bytes, *, at: int) -> object: ...
    def get(self, kind: str, id: str) -> SealedDocument | None: ...
    def list(self, kind: str, owner: str, *, newest_first: bool, limit: int) -> Sequence[SealedDocument]: ...
    def delete(self, kind: str, ids: Sequence[str]) -> object: ...


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in, and where they are signed in."""

    name: str
    hash: str
    created: int  # microseconds
    disabled: bool = False
    sign_ins: tuple[tuple[str, int], ...] = ()  # id, good until (microseconds)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A proof that somebody gave the right password: what a session holds on to."""

    name: str
    id: str


def account_name(typed: str) -> str:
    """A name as accounts know it: however it was typed, one person has one name. Raises BadAccount.

    >>> account_name("  Ｚoë "), account_name("ZOË")
    ('zoë', 'zoë')
    """
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold()).strip()
    if not name or "*" in name or len(name) > LONGEST_NAME:
        raise BadAccount(f"A name has 1 to {LONGEST_NAME} characters and no asterisk. Choose another one.")
    if any(unicodedata.category(character).startswith(UNSEEN) for character in name):
        raise BadAccount("This name has characters that nobody can see. Type it again with letters only.")
    return name


def _password(typed: str) -> str:
    """A password as it is hashed: composed the same way on every keyboard. Raises BadAccount."""
    password = unicodedata.normalize("NFKC", typed)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadAccount(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    if not password.isprintable():  # also what cannot be encoded
        raise BadAccount("This password has characters that cannot be typed. Choose another one.")
    return password


class Accounts:
    """The people of one installation. All calls block (a check takes a tenth of a second, on purpose)."""

    def __init__(
        self,
        store: AccountStore,
        keyring: KeyRing,
        clock: Callable[[], datetime],
        *,
        hasher: PasswordHasher | None = None,
        new_id: Callable[[], str] = secrets.token_urlsafe,
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._clock = clock
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._new_id = new_id
        self._changing = threading.Lock()

    # -- for the administrator -----------------------------------------------------------------

    def add(self, name: str, password: str) -> Account:
        name = account_name(name)
        hashed = self._hasher.hash(_password(password))
        with self._changing:
            if self._find(name) is not None:
                raise BadAccount("There is an account of this name already. Choose another name.")
            return self._keep(Account(name, hashed, self._now()))

    def list(self) -> tuple[Account, ...]:
        found = self._store.list(KIND, self._keeper, newest_first=False, limit=100_000)
        return tuple(self._opened(document) for document in found)

    def remove(self, name: str) -> Account:
        """Nobody can sign in as `name` any more, and nobody is. Memories stay: they are not the account's."""
        with self._changing:
            account = self.known(name)
            self._store.delete(KIND, [self._id(account.name)])
            return account

    def change_password(self, name: str, password: str) -> Account:
        """A new password; everybody who is signed in with the old one is not any more."""
        hashed = self._hasher.hash(_password(password))
        with self._changing:
            return self._keep(replace(self.known(name), hash=hashed, sign_ins=()))

    def set_disabled(self, name: str, disabled: bool) -> Account:
        with self._changing:
            return self._keep(replace(self.known(name), disabled=disabled, sign_ins=()))

    def known(self, name: str) -> Account:
        """The account of this name. Raises BadAccount, so it is not for those who might only be trying names."""
        account = self._find(account_name(name))
        if account is None:
            raise BadAccount("There is no account of this name. `keepsake user list` shows them.")
        return account

    # -- for everybody ---------------------------------------------------------------------------

    def sign_in(self, name: str, password: str) -> SignIn | None:
        """None for an unknown name, a wrong password and a disabled account alike, after the same work."""
        nobody = self._nobody
        try:
            account = self._find(account_name(name))
        except BadAccount:
            account = None
        right = self._matches(nobody if account is None else account.hash, password)
        if account is None or not right:
            return None
        with self._changing:
            current = self._find(account.name)
            if current is None or current.disabled or current.hash != account.hash:
                return None  # changed while the password was checked
            sign_in = SignIn(account.name, self._new_id())
            until = self._now() + LASTING // timedelta(microseconds=1)
            kept = (*self._good(current), (sign_in.id, until))[-MOST_SIGN_INS:]
            self._keep(replace(current, sign_ins=kept, hash=self._renewed(current.hash, password)))
        return sign_in

    def holds(self, sign_in: SignIn) -> bool:
        """Whether a sign-in is still good: not signed out, not expired, the account as it was."""
        account = self._find(sign_in.name)
        return (
            account is not None
            and not account.disabled
            and any(id == sign_in.id for id, _ in self._good(account))
        )

    def sign_out(self, sign_in: SignIn) -> None:
        with self._changing:
            account = self._find(sign_in.name)
            if account is not None:
                left = tuple(kept for kept in account.sign_ins if kept[0] != sign_in.id)
                self._keep(replace(account, sign_ins=left))

    # -- inside ------------------------------------------------------------------------------------

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password fits: an unknown name takes as long to refuse as a known one."""
        return self._hasher.hash(secrets.token_urlsafe())

    @cached_property
    def _keeper(self) -> str:
        return self._keyring.pseudonym(KEEPER)

    def _matches(self, hashed: str, typed: str) -> bool:
        try:
            password = _password(typed)
        except BadAccount:
            password = ""  # nobody has it, and it is checked all the same
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    def _renewed(self, hashed: str, typed: str) -> str:
        """The hash again, made anew when it comes from weaker parameters than today's."""
        return self._hasher.hash(_password(typed)) if self._hasher.check_needs_rehash(hashed) else hashed

    def _good(self, account: Account) -> tuple[tuple[str, int], ...]:
        now = self._now()
        return tuple(kept for kept in account.sign_ins if kept[1] > now)

    def _find(self, name: str) -> Account | None:
        document = self._store.get(KIND, self._id(name))
        return None if document is None else self._opened(document)

    def _id(self, name: str) -> str:
        return self._keyring.pseudonym(name)

    def _keep(self, account: Account) -> Account:
        id = self._id(account.name)
        plain = json.dumps(asdict(account), ensure_ascii=False).encode()
        sealed = self._keyring.cipher(self._keeper, "accounts").seal(plain, f"{KIND}|{id}".encode())
        self._store.put(KIND, id, self._keeper, sealed, at=self._now())
        return account

    def _opened(self, document: SealedDocument) -> Account:
        cipher = self._keyring.cipher(self._keeper, "accounts")
        body = json.loads(cipher.open(document.body, f"{KIND}|{document.id}".encode()))
        return Account(**body | {"sign_ins": tuple((id, until) for id, until in body["sign_ins"])})

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1_000_000)
