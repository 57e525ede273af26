-- While another embedder takes over, its sealed vectors gather beside those that are searched.

ALTER TABLE payloads ADD COLUMN next_vector BLOB;
ALTER TABLE payloads ADD COLUMN next_embedder VARCHAR;
