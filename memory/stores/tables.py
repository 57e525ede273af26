"""The ledger's tables as they are now; the steps in `migrations` make a file so."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

metadata = MetaData()

meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", String))

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("owner", String, nullable=False),
    # remembered | a status | confirmed | ended | withdrawn | hidden | undone | destroyed
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),  # memory id
    Column("version", Integer, nullable=False),
    Column("payload_hash", String, nullable=False),  # of the sealed payload, which may go later
    Column("hash", LargeBinary, nullable=False),  # chained over the entry before
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("owner", String, nullable=False),
    Column("actor", String, nullable=False),  # a pseudonym too
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("count", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),  # chained over the entry before
    Index("audit_of_owner", "owner", "at"),
    Index("audit_by_time", "at"),
    sqlite_autoincrement=True,
)

heads = Table(
    "heads",
    metadata,
    Column("chain", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),  # keyed
)

payloads = Table(
    "payloads",
    metadata,
    Column("memory", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("vector", LargeBinary),  # sealed; empty until the text was embedded
    Column("embedder", String),
    Column("next_vector", LargeBinary),  # of the embedder that is taking over
    Column("next_embedder", String),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("wrapped", LargeBinary, nullable=False),
)

memories = Table(
    "memories",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("session", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
    Column("occurred_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("importance", Float, nullable=False),
    Column("forgetting", String),  # hidden by this forgetting; null: live
    Column("was", String),  # what it counted as before it was paused
    Column("keep_until", BigInteger),  # then its person wants it forgotten
    Index("memories_of_owner", "owner", "recorded_at"),
    Index("memories_of_session", "owner", "session", "position"),
    Index("memories_of_forgetting", "forgetting"),
    Index("memories_of_term", "keep_until"),
)

sources = Table(
    "sources",
    metadata,
    Column("memory", String, primary_key=True),
    Column("episode", String, primary_key=True, index=True),
)

vault = Table(
    "vault",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("owner", String, nullable=False, index=True),
    Column("label", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("key", String, nullable=False, default=""),  # its own; empty: the owner's, as it was once
    sqlite_autoincrement=True,
)

vault_uses = Table(
    "vault_uses",
    metadata,
    Column("value", Integer, primary_key=True),
    Column("holder", String, primary_key=True, index=True),
)

forgettings = Table(
    "forgettings",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("state", String, nullable=False),
    Column("hidden_at", BigInteger, nullable=False),
    Column("undo_until", BigInteger, nullable=False),
    Column("ids", String, nullable=False),  # JSON list of memory ids
    Column("probes", String, nullable=False, default="[]"),
    Column("transcripts", String, nullable=False, default="keep"),  # keep | blank | delete
    Column("destroyed_at", BigInteger),
    Column("pending", String, nullable=False, default="[]"),  # JSON list of what is still to be done
    Index("forgettings_of_state", "state"),
)

documents = Table(
    "documents",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("parent", String, nullable=False, default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("key", String, nullable=False, default=""),  # its own; empty: the owner's
    Index("documents_of_owner", "owner", "kind", "parent", "updated_at"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("owner", String, primary_key=True),
    Column("mark", LargeBinary, primary_key=True),  # keyed: says nothing to whom has no key
    Column("forgetting", String, nullable=False),
    Index("tombstones_of_forgetting", "forgetting"),
)

bookmarks = Table(
    "bookmarks", metadata, Column("name", String, primary_key=True), Column("seq", String, nullable=False)
)
