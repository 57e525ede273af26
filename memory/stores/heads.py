"""The end of each chain of hashes, sealed with a key in the transaction that makes it longer.

A chain alone shows edits; only a sealed end shows that there was more.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

import sqlalchemy as sa

from privacy.errors import ChainBroken

from . import tables as t
from .database import Database

REPLACE = "INSERT OR REPLACE INTO heads (chain, seq, hash, seal) VALUES (?, ?, ?, ?)"


class Heads(Database):
    """Without a key, as while a ledger is opened or put together, ends are not sealed and not asked for."""

    _head_key: bytes | None = None

    def seal_heads(self, key: bytes, *, anew: bool) -> None:
        """Seal every end from now on. `anew`: none was sealed before, so that those there are hold."""
        self._head_key = key
        if anew:
            with self._write() as db:
                for chain, table in (("journal", t.journal), ("audit", t.audit)):
                    last = sa.select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)
                    if (row := db.execute(last).first()) is not None:
                        self._seal_head(db, chain, row.seq, row.hash)

    def _seal_head(self, db: sa.Connection, chain: str, seq: int, hash: bytes) -> None:
        if self._head_key is None:
            return
        db.exec_driver_sql(REPLACE, (chain, seq, hash, self._seal(chain, seq, hash)))

    def _seal(self, chain: str, seq: int, hash: bytes) -> bytes:
        return hmac.digest(self._head_key or b"", f"{chain}|{seq}|".encode() + hash, sha256)

    def _ends(self, chain: str, seq: int, hash: bytes) -> bool:
        """Whether the chain ends here, as its sealed end says; False when it was gone on with since. Raises ChainBroken."""
        try:
            self._check_head(chain, seq, hash)
        except ChainBroken:
            with self._read() as db:
                if not db.exec_driver_sql(f"SELECT 1 FROM {chain} WHERE seq > ? LIMIT 1", (seq,)).first():  # noqa: S608  # our own names
                    raise
            return False
        return True

    def _check_head(self, chain: str, seq: int, hash: bytes) -> None:
        """Raise ChainBroken when the chain does not end where its sealed end says. (0, b"") for an empty one."""
        if self._head_key is None:
            return
        with self._read() as db:
            head = db.execute(sa.select(t.heads).where(t.heads.c.chain == chain)).first()
        if head is None:
            if seq:
                raise ChainBroken(f"The sealed end of the {chain} is missing. {RESTORE}")
            return
        whole = isinstance(head.seal, bytes) and isinstance(head.hash, bytes)  # damaged, it may be anything
        if not whole or not hmac.compare_digest(head.seal, self._seal(chain, head.seq, head.hash)):
            raise ChainBroken(f"The sealed end of the {chain} was changed. {RESTORE}")
        if (head.seq, head.hash) != (seq, hash):
            raise ChainBroken(
                f"The {chain} was cut off after entry {seq}: it had {head.seq} entries. {RESTORE}"
            )


RESTORE = "Restore the data directory from a backup."
