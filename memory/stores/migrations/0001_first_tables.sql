-- The ledger as it was first made.

CREATE TABLE bookmarks (
    name VARCHAR NOT NULL,
    seq VARCHAR NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE documents (
    kind VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    parent VARCHAR NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE INDEX documents_of_owner ON documents (owner, kind, parent, updated_at);

CREATE TABLE forgettings (
    id VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    hidden_at BIGINT NOT NULL,
    undo_until BIGINT NOT NULL,
    ids VARCHAR NOT NULL,
    probes VARCHAR NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE journal (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    owner VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    payload_hash VARCHAR NOT NULL,
    hash BLOB NOT NULL
);

CREATE TABLE keys (
    id VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_keys_owner ON keys (owner);

CREATE TABLE memories (
    id VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    session BIGINT NOT NULL,
    position INTEGER NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    importance FLOAT NOT NULL,
    forgetting VARCHAR,
    PRIMARY KEY (id)
);

CREATE INDEX memories_of_owner ON memories (owner, recorded_at);

CREATE INDEX memories_of_session ON memories (owner, session, position);

CREATE TABLE meta (
    name VARCHAR NOT NULL,
    value VARCHAR,
    PRIMARY KEY (name)
);

CREATE TABLE payloads (
    memory VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    vector BLOB,
    embedder VARCHAR,
    PRIMARY KEY (memory, version)
);

CREATE TABLE sources (
    memory VARCHAR NOT NULL,
    episode VARCHAR NOT NULL,
    PRIMARY KEY (memory, episode)
);

CREATE INDEX ix_sources_episode ON sources (episode);

CREATE TABLE vault (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    owner VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    lookup BLOB NOT NULL,
    sealed BLOB NOT NULL
);

CREATE INDEX ix_vault_owner ON vault (owner);

CREATE TABLE vault_uses (
    value INTEGER NOT NULL,
    holder VARCHAR NOT NULL,
    PRIMARY KEY (value, holder)
);

CREATE INDEX ix_vault_uses_holder ON vault_uses (holder);
