-- Whether a moment has been seen: a grant that was over stays over when the clock is set back.

CREATE INDEX audit_by_time ON audit (at);
