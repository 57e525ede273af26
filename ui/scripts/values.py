"""What stands behind a phrase: texts, wordings, lengths of time."""

from __future__ import annotations

import re
from datetime import timedelta

from .steps import GivesFeedback, Recalls, Says, Scripted, Sleeps, Stores, Wording
from .written import Written, unknown

_UNITS = ("second", "minute", "hour", "day", "week")
_LENGTH = re.compile(r"(\d+) (\w+?)s?")
SHORTEST_TRACE = 5  # bytes: anything shorter stands in sealed files by chance


def bare(value: Written) -> int:
    """For steps that are complete without a value."""
    if not value.is_empty:
        raise value.fault("This step is complete by itself. Take away what stands behind it.")
    return value.line


def says(who: str, value: Written) -> Says:
    """Words, or `{text: ..., times: ...}` for a long message."""
    if value.is_text:
        return Says(value.line, who, value.text())
    fields = value.fields(("text", "times"))
    if "text" not in fields:
        raise value.fault("Write what is said as “text”.")
    times = fields["times"].text() if "times" in fields else "1"
    if not times.isdigit():
        raise fields["times"].fault("“times” is a whole number, like 1000.")
    return Says(value.line, who, fields["text"].text() * int(times))


def scripted(written: Written) -> Scripted:
    """What the model says: words, or `{fails: 500}`."""
    if written.is_text:
        return Scripted(written.line, written.text())
    fields = written.fields(("fails",))
    if "fails" not in fields:
        raise written.fault("Write the words of the model here, or “fails: 500” for a model that fails.")
    status = fields["fails"].text()
    if not status.isdigit() or not 400 <= int(status) <= 599:
        raise fields["fails"].fault("A failure is an HTTP status from 400 to 599, like “fails: 500”.")
    return Scripted(written.line, status=int(status))


def wording(value: Written, plain: str = "exactly") -> Wording:
    """Plain words, or `{contains: ..., does not contain: ...}`."""
    if value.is_text or value.is_list:
        texts = value.texts()
        return Wording(exactly=texts[0]) if plain == "exactly" and value.is_text else Wording(contains=texts)
    fields = value.fields(("exactly", "contains", "does not contain"))
    return Wording(
        exactly=fields["exactly"].text() if "exactly" in fields else None,
        contains=fields["contains"].texts() if "contains" in fields else (),
        lacks=fields["does not contain"].texts() if "does not contain" in fields else (),
    )


def received(value: Written) -> Wording:
    found = wording(value, plain="contains")
    if found.exactly is not None:
        raise value.fault("A request is long: say what it contains, or does not contain.")
    return found


def recalls(who: str, value: Written, *, wanted: bool) -> Recalls:
    """A text or several; or `{asked: a question, text: ...}`."""
    if value.is_text or value.is_list:
        return Recalls(value.line, who, value.texts(), wanted)
    fields = value.fields(("asked", "text"))
    if "text" not in fields:
        raise value.fault("Write the memory that is meant as “text”.")
    asked = fields["asked"].text() if "asked" in fields else None
    return Recalls(value.line, who, fields["text"].texts(), wanted, asked)


def stores_not(value: Written) -> Stores:
    for text in value.texts():
        if len(text.encode()) < SHORTEST_TRACE:
            raise value.fault(
                f"“{text}” is too short to be looked for in the bytes of sealed files: it may stand there by "
                f"chance. Write at least {SHORTEST_TRACE} letters."
            )
    return Stores(value.line, value.texts(), False)


def feedback(who: str, value: Written) -> GivesFeedback:
    if value.is_text:
        return GivesFeedback(value.line, who, value.choice(("good", "bad")) == "good")
    fields = value.fields(("rating", "comment"))
    if "rating" not in fields:
        raise value.fault("Write “rating: good” or “rating: bad” here.")
    comment = fields["comment"].text() if "comment" in fields else ""
    return GivesFeedback(value.line, who, fields["rating"].choice(("good", "bad")) == "good", comment)


def sleeps(value: Written) -> Sleeps:
    match = _LENGTH.fullmatch(value.text().strip())
    if match is None:
        raise value.fault("Write how long, like “3 days” or “20 seconds”.")
    if match.group(2) not in _UNITS:
        raise value.fault(unknown(match.group(2), _UNITS))
    return Sleeps(value.line, timedelta(**{f"{match.group(2)}s": int(match.group(1))}))
