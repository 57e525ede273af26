"""A small reading model: whether a passage answers a question, what a message states about somebody, what in it is special."""
