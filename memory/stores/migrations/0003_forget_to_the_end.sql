-- Each document and each personal detail gets a key of its own, so that a backup loses what is forgotten later.
-- A forgetting says when it was done, what it waits for, and what becomes of transcripts.
-- Tombstones: keyed marks of what must not be learned again.

ALTER TABLE documents ADD COLUMN "key" VARCHAR NOT NULL DEFAULT '';

ALTER TABLE vault ADD COLUMN "key" VARCHAR NOT NULL DEFAULT '';

ALTER TABLE vault DROP COLUMN lookup;

ALTER TABLE forgettings ADD COLUMN transcripts VARCHAR NOT NULL DEFAULT 'keep';

ALTER TABLE forgettings ADD COLUMN destroyed_at BIGINT;

ALTER TABLE forgettings ADD COLUMN pending VARCHAR NOT NULL DEFAULT '[]';

CREATE TABLE tombstones (
    owner VARCHAR NOT NULL,
    mark BLOB NOT NULL,
    forgetting VARCHAR NOT NULL,
    PRIMARY KEY (owner, mark)
);

CREATE INDEX tombstones_of_forgetting ON tombstones (forgetting);
