"""A failed conversation, told like a colleague would: the line, what was expected, what came, why."""

from __future__ import annotations

from .outcome import Outcome


def report(outcome: Outcome) -> str:
    """The whole story of a failure, as plain text."""
    script, failure = outcome.script, outcome.failure
    if failure is None:
        return outcome.note
    written = script.source[failure.line - 1].strip() if failure.line <= len(script.source) else ""
    lines = [
        f"{script.file}:{failure.line}: in “{script.title}”",
        f"    {written}",
        f"Expected  {failure.expected}",
        f"Came      {failure.came}",
    ]
    for number, reason in enumerate(failure.why):
        lines.append(f"{'Why       ' if number == 0 else '          '}{reason}")
    return "\n".join(lines)


def summary(outcomes: list[Outcome]) -> str:
    """One line at the end.

    >>> summary([])
    'Nothing was played.'
    """
    counts = {state: sum(o.state == state for o in outcomes) for state in ("passed", "failed", "skipped")}
    said = [f"{count} {state}" for state, count in counts.items() if count]
    return f"{', '.join(said)}." if said else "Nothing was played."
