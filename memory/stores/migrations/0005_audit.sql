-- Who looked at, shared and sent what: a chain of its own beside the journal's, without any text.
-- The head of each chain, sealed with a key: whoever cuts off an end cannot seal a shorter one.

CREATE TABLE audit (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    owner VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    count INTEGER NOT NULL,
    hash BLOB NOT NULL
);

CREATE INDEX audit_of_owner ON audit (owner, at);

CREATE TABLE heads (
    chain VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    seal BLOB NOT NULL,
    PRIMARY KEY (chain)
);
