"""The phrases a step may begin with, and who is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches

from . import values
from .steps import (
    Answers,
    BeginsAnew,
    Forgets,
    NotAsked,
    Received,
    Restarts,
    Says,
    Step,
    Stores,
    Trouble,
    Undoes,
    Wording,
)
from .written import Written, unknown

NO_NAMES = ("assistant", "model")


class StepReader:
    """Reads one step after the other, and knows who spoke last."""

    def __init__(self, people: tuple[str, ...] = ()) -> None:
        self._people = list(people)
        self._declared = bool(people)
        self._speaker = people[0] if len(people) == 1 else ""
        # without a name, these are about the person who spoke last
        self._personal: dict[str, Callable[[str, Written], Step]] = {
            "does not recall": lambda who, value: values.recalls(who, value, wanted=False),
            "recalls": lambda who, value: values.recalls(who, value, wanted=True),
            "forgets": lambda who, value: Forgets(value.line, who, value.text()),
            "forget": lambda who, value: Forgets(value.line, who, value.text()),
            "new conversation": lambda who, value: BeginsAnew(values.bare(value), who),
            "undo": lambda who, value: Undoes(values.bare(value), who),
            "feedback": values.feedback,
        }
        self._plain: dict[str, Callable[[Written], Step]] = {
            "assistant says": lambda value: Answers(value.line, values.wording(value)),
            "stores": lambda value: Stores(value.line, value.texts(), True),
            "does not store": values.stores_not,
            "restart": lambda value: Restarts(values.bare(value)),
            "sleep": values.sleeps,
            "model received": lambda value: Received(value.line, values.received(value)),
            "model never received": lambda value: Received(value.line, Wording(lacks=value.texts()), True),
            "model was not asked": lambda value: NotAsked(values.bare(value)),
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
            return values.says(who, value)
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


def _attached(key: str, value: Written, before: list[Step]) -> Says:
    """What belongs to the last thing said: the model's answer, or the trouble instead of one."""
    last = before[-1] if before else None
    if not isinstance(last, Says):
        raise value.fault(f"“{key}” belongs right below what somebody says.")
    if key == "trouble":
        return replace(last, trouble=Trouble(value.line, values.wording(value, plain="contains")))
    return replace(last, scripted=(*last.scripted, values.scripted(value)))
