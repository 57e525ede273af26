"""Which of the person's sentences answer a question, and how well."""
