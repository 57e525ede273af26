"""The steps that look: each says what was expected, what came and why, when they differ."""

from __future__ import annotations

from . import checks
from .errors import StepFailed
from .stage import Stage
from .steps import Answers, Recalls, Received, Stores


def answers(step: Answers, stage: Stage) -> None:
    if stage.heard is None:
        raise StepFailed(expected="an answer", came="nothing: nobody has said anything yet")
    if expected := checks.unmet(step.wording, stage.heard.answer):
        raise StepFailed(
            expected=f"an answer of {expected}",
            came=f"“{checks.short(stage.heard.answer)}”",
            why=checks.reasons(stage.heard.recollection) if stage.heard.recollection else (),
        )


async def recalls(step: Recalls, stage: Stage) -> None:
    recollection = await stage.recall(step.who, step.asked)
    in_mind = [hit.memory.text for hit in checks.mind(recollection)]
    for text in step.texts:
        found = [memory for memory in in_mind if checks.holds(memory, text)]
        if bool(found) != step.wanted:
            raise StepFailed(
                expected=f"that “{text}” {'comes' if step.wanted else 'does not come'} to {step.who}'s mind",
                came=checks.quoted(found or in_mind) or "nothing",
                why=checks.reasons(recollection),
            )


async def stores(step: Stores, stage: Stage) -> None:
    records = await stage.at_rest()
    for text in step.texts:
        if not any(checks.holds(record.words, text) for record in records):
            raise StepFailed(
                expected=f"an opened record that holds “{text}”",
                came="none of them does",
                why=(
                    f"The {len(records)} opened records:",
                    *(f"  {checks.short(r.shown)}" for r in records[-12:]),
                ),
            )


async def stores_not(step: Stores, stage: Stage) -> None:
    records = await stage.at_rest()
    for text in step.texts:
        found = [
            f"the opened record “{checks.short(r.shown)}”" for r in records if checks.holds(r.words, text)
        ]
        found += [f"the file {name}, in the clear" for name in await stage.files_with(text)]
        if found:
            raise StepFailed(expected=f"“{text}” nowhere in the data directory", came="; ".join(found))


def received(step: Received, stage: Stage) -> None:
    requests = stage.received(ever=step.ever)
    text = "\n".join(request.text for request in requests)
    if expected := checks.unmet(step.wording, text):
        unwanted = [checks.around(text, part) for part in step.wording.lacks if checks.holds(text, part)]
        raise StepFailed(
            expected=f"that the model was sent {expected}",
            came=checks.quoted(unwanted)
            or ("one request" if len(requests) == 1 else f"{len(requests)} requests"),
            why=tuple(f"{request.kind}: {checks.short(request.text)}" for request in requests),
        )


def not_asked(stage: Stage) -> None:
    if received := [request for request in stage.received() if request.kind == "chat"]:
        raise StepFailed(
            expected="no request to the model since the last thing said",
            came=f"{len(received)}, the first: “{checks.short(received[0].text)}”",
        )
