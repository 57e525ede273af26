-- A person may set a memory aside for a while, and say until when it is kept.

ALTER TABLE memories ADD COLUMN was VARCHAR;
ALTER TABLE memories ADD COLUMN keep_until BIGINT;
CREATE INDEX memories_of_term ON memories (keep_until);
