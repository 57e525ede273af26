"""When: what words say about time, in a person's time zone."""
