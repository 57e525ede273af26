"""The phrases a step may begin with, and what stands behind each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from difflib import get_close_matches

from .steps import (
    Answers,
    BeginsAnew,
    Forgets,
    GivesFeedback,
    NotAsked,
    Recalls,
    Received,
    Restarts,
    Says,
    Scripted,
    Sleeps,
    Step,
    Stores,
    Trouble,
    Undoes,
    Wording,
)
from .written import Written, unknown

_UNITS = ("second", "minute", "hour", "day", "week")
_LENGTH = re.compile(r"(\d+) (\w+?)s?")
NO_NAMES = ("assistant", "model")
SHORTEST_TRACE = 5  # bytes: anything shorter stands in sealed files by chance


class StepReader:
    """Reads one step after the other, and knows who spoke last."""

    def __init__(self, people: tuple[str, ...] = ()) -> None:
        self._people = list(people)
        self._declared = bool(people)
        self._speaker = people[0] if len(people) == 1 else ""
        # without a name, these are about the person who spoke last
        self._personal: dict[str, Callable[[str, Written], Step]] = {
            "does not recall": lambda who, value: _recalls(who, value, wanted=False),
            "recalls": lambda who, value: _recalls(who, value, wanted=True),
            "forgets": lambda who, value: Forgets(value.line, who, value.text()),
            "forget": lambda who, value: Forgets(value.line, who, value.text()),
            "new conversation": lambda who, value: BeginsAnew(_bare(value), who),
            "undo": lambda who, value: Undoes(_bare(value), who),
            "feedback": _feedback,
        }
        self._plain: dict[str, Callable[[Written], Step]] = {
            "assistant says": lambda value: Answers(value.line, wording(value)),
            "stores": lambda value: Stores(value.line, value.texts(), True),
            "does not store": _stores_not,
            "restart": lambda value: Restarts(_bare(value)),
            "sleep": _sleeps,
            "model received": lambda value: Received(value.line, _received(value)),
            "model never received": lambda value: Received(value.line, Wording(lacks=value.texts()), True),
            "model was not asked": lambda value: NotAsked(_bare(value)),
        }

    def read(self, item: Written, before: list[Step]) -> list[Step]:
        """The steps with this one: a new one at the end, or what belongs to the last one."""
        key, value = _only(item)
        if key in ("model says", "trouble"):
            return [*before[:-1], _attached(key, value, before)]
        return [*before, replace(self._step(key, value, item), line=item.line)]

    def _step(self, key: str, value: Written, item: Written) -> Step:
        if key in self._plain:
            return self._plain[key](value)
        who, phrase = self._divided(key, item)
        if phrase == "says":
            self._speaker = who
            return _says(who, value)
        return self._personal[phrase](who, value)

    def _divided(self, key: str, item: Written) -> tuple[str, str]:
        """“Ada says” into who and what; without a name, the person who spoke last."""
        if key in self._personal:
            if not self._speaker:
                raise item.fault(f"Who? Nobody has said anything yet. Write a name before “{key}”.")
            return self._speaker, key
        for phrase in ("says", *self._personal):
            if key.endswith(f" {phrase}"):
                name = key.removesuffix(phrase).strip()
                if get_close_matches(name.casefold(), NO_NAMES, cutoff=0.8):
                    raise item.fault(unknown(key, [*self._plain, "model says"]))
                return self._known(name, item), phrase
        raise item.fault(unknown(key, self._suggestions(key)))

    def _known(self, name: str, item: Written) -> str:
        if name not in self._people:
            if self._declared:
                raise item.fault(f"{unknown(name, self._people)} The people of this file stand at its top.")
            if self._people:
                first = self._people[0]
                raise item.fault(
                    f"“{name}” is new here: so far only “{first}” spoke. If two people talk in this file, "
                    f"write “people: [{first}, {name}]” at its top."
                )
            self._people.append(name)
        return name

    def _suggestions(self, key: str) -> list[str]:
        phrases = [*self._plain, "model says", "trouble", *self._personal]
        name = key.split(" ")[0]
        if name in self._people or not self._people:
            phrases += [f"{name} {phrase}" for phrase in ("says", *self._personal)]
        return phrases


def _only(item: Written) -> tuple[str, Written]:
    """The one key of a step and its value; behind a bare word like `restart` stands nothing."""
    if item.is_text:
        return item.text(), item.nothing()
    pairs = item.entries()
    if len(pairs) != 1:
        raise item.fault("One step, one dash. Write a dash before each key.")
    return pairs[0][0].text(), pairs[0][1]


def _bare(value: Written) -> int:
    """For steps that are complete without a value."""
    if not value.is_empty:
        raise value.fault("This step is complete by itself. Take away what stands behind it.")
    return value.line


def _says(who: str, value: Written) -> Says:
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


def _attached(key: str, value: Written, before: list[Step]) -> Says:
    """What belongs to the last thing said: the model's answer, or the trouble instead of one."""
    last = before[-1] if before else None
    if not isinstance(last, Says):
        raise value.fault(f"“{key}” belongs right below what somebody says.")
    if key == "trouble":
        return replace(last, trouble=Trouble(value.line, wording(value, bare="contains")))
    return replace(last, scripted=(*last.scripted, scripted(value)))


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


def wording(value: Written, bare: str = "exactly") -> Wording:
    """Plain words, or `{contains: ..., does not contain: ...}`."""
    if value.is_text or value.is_list:
        texts = value.texts()
        return Wording(exactly=texts[0]) if bare == "exactly" and value.is_text else Wording(contains=texts)
    fields = value.fields(("exactly", "contains", "does not contain"))
    return Wording(
        exactly=fields["exactly"].text() if "exactly" in fields else None,
        contains=fields["contains"].texts() if "contains" in fields else (),
        lacks=fields["does not contain"].texts() if "does not contain" in fields else (),
    )


def _received(value: Written) -> Wording:
    found = wording(value, bare="contains")
    if found.exactly is not None:
        raise value.fault("A request is long: say what it contains, or does not contain.")
    return found


def _recalls(who: str, value: Written, *, wanted: bool) -> Recalls:
    """A text or several; or `{asked: a question, text: ...}`."""
    if value.is_text or value.is_list:
        return Recalls(value.line, who, value.texts(), wanted)
    fields = value.fields(("asked", "text"))
    if "text" not in fields:
        raise value.fault("Write the memory that is meant as “text”.")
    asked = fields["asked"].text() if "asked" in fields else None
    return Recalls(value.line, who, fields["text"].texts(), wanted, asked)


def _stores_not(value: Written) -> Stores:
    for text in value.texts():
        if len(text.encode()) < SHORTEST_TRACE:
            raise value.fault(
                f"“{text}” is too short to be looked for in the bytes of sealed files: it may stand there by "
                f"chance. Write at least {SHORTEST_TRACE} letters."
            )
    return Stores(value.line, value.texts(), False)


def _feedback(who: str, value: Written) -> GivesFeedback:
    if value.is_text:
        return GivesFeedback(value.line, who, value.choice(("good", "bad")) == "good")
    fields = value.fields(("rating", "comment"))
    if "rating" not in fields:
        raise value.fault("Write “rating: good” or “rating: bad” here.")
    comment = fields["comment"].text() if "comment" in fields else ""
    return GivesFeedback(value.line, who, fields["rating"].choice(("good", "bad")) == "good", comment)


def _sleeps(value: Written) -> Sleeps:
    match = _LENGTH.fullmatch(value.text().strip())
    if match is None:
        raise value.fault("Write how long, like “3 days” or “20 seconds”.")
    if match.group(2) not in _UNITS:
        raise value.fault(unknown(match.group(2), _UNITS))
    return Sleeps(value.line, timedelta(**{f"{match.group(2)}s": int(match.group(1))}))
