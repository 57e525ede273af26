-- What is hidden is looked for every second: without these, a scan of all that was ever remembered or forgotten.

CREATE INDEX forgettings_of_state ON forgettings (state);

CREATE INDEX memories_of_forgetting ON memories (forgetting);
