"""Plays one conversation against the real product and says how it went."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import assert_never

from agent.settings import Settings
from privacy.errors import KeepsakeError

from . import checks
from .errors import StepFailed
from .recording import RecordingModel
from .stage import Clock, Stage, own_settings, staged
from .steps import (
    Answers,
    BeginsAnew,
    Failure,
    Forgets,
    GivesFeedback,
    NotAsked,
    Outcome,
    Recalls,
    Received,
    Restarts,
    Says,
    Script,
    Scripted,
    Sleeps,
    Step,
    Stores,
    Undoes,
)

NO_LIVE_MODEL = "no model is configured: set OPENAI_API_KEY or OPENAI_BASE_URL to play it live"


async def play(
    script: Script, environment: Settings, passed: Callable[[int], None] = lambda _: None
) -> Outcome:
    """All steps in order, up to the first that fails. `passed` is told how many went as written so far."""
    live = environment.openai_api_key or environment.openai_base_url
    if script.model.kind == "live" and not live:
        return Outcome(script, "skipped", note=NO_LIVE_MODEL)
    begun = time.perf_counter()
    try:
        async with AsyncExitStack() as stack:
            failure = await _all(script, await _open(script, environment, stack), passed)
    except KeepsakeError as fault:
        failure = Failure(script.line, "a place to play: the product opens and closes", str(fault))
    return Outcome(script, "failed" if failure else "passed", time.perf_counter() - begun, failure)


async def _all(script: Script, stage: Stage, passed: Callable[[int], None]) -> Failure | None:
    for number, step in enumerate(script.steps, start=1):
        if failure := await attempt(step, stage):
            return failure
        passed(number)
    return _left_over(stage)


async def attempt(step: Step, stage: Stage) -> Failure | None:
    """Take one step; the story when it goes another way than the file says."""
    try:
        await _take(step, stage)
    except StepFailed as failed:
        return Failure(failed.line or step.line, failed.expected, failed.came, failed.why)
    except KeepsakeError as fault:
        return Failure(step.line, "that this step works", str(fault))
    return None


async def _open(script: Script, environment: Settings, stack: AsyncExitStack) -> Stage:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="keepsake-script-")))
    model, more = None, {}
    if script.model.kind == "scripted":
        model = stack.enter_context(RecordingModel(script.model.answers, script.model.extraction))
        more = {"openai_base_url": model.url, "model": "scripted", "model_place": script.model.place}
    elif script.model.kind == "live":
        names = ("openai_api_key", "openai_base_url", "model", "model_place")
        more = {name: getattr(environment, name) for name in names}
    settings = own_settings(folder, environment, masking=script.masking, **more)
    return await stack.enter_async_context(staged(settings, Clock(script.starts), model))


async def _take(step: Step, stage: Stage) -> None:
    """One step; StepFailed when it goes another way than the file says."""
    match step:
        case Says():
            await _says(step, stage)
        case Answers():
            _answers(step, stage)
        case Recalls():
            await _recalls(step, stage)
        case Stores():
            await (_stores if step.wanted else _stores_not)(step, stage)
        case Forgets():
            await _forgets(step, stage)
        case Undoes():
            await _undoes(step, stage)
        case GivesFeedback():
            await stage.give_feedback(step.who, step.good, step.comment)
        case BeginsAnew():
            stage.begin_anew(step.who)
        case Restarts():
            await stage.restart()
        case Sleeps():
            stage.clock.move(step.length)
            await stage.rest()
        case Received():
            _received(step, stage)
        case NotAsked():
            _not_asked(stage)
        case _:
            assert_never(step)


async def _says(step: Says, stage: Stage) -> None:
    heard = await stage.say(step.who, step.text, step.scripted)
    if stage.model and stage.model.unexpected:
        raise StepFailed(
            expected="no further request to the model: the file has no answer left",
            came=f"a request ending in “{checks.short(stage.model.unexpected[0].text[-200:])}”",
        )
    if step.trouble is None and heard.trouble is not None:
        raise StepFailed(expected="an answer", came=f"trouble: {heard.trouble}")
    if step.trouble is not None:
        expected = checks.unmet(step.trouble.wording, heard.trouble or "")
        if expected or heard.trouble is None:
            raise StepFailed(
                expected=f"trouble, in {expected or 'words'}",
                came=heard.trouble or f"no trouble, but the answer “{checks.short(heard.answer)}”",
                line=step.trouble.line,
            )
    if step.scripted and stage.model and stage.model.answers:
        left = stage.model.answers[0]
        raise StepFailed(
            expected=_use_of(left), came="the model was not asked for these words", line=left.line
        )
    await stage.rest()


def _answers(step: Answers, stage: Stage) -> None:
    if stage.heard is None:
        raise StepFailed(expected="an answer", came="nothing: nobody has said anything yet")
    if expected := checks.unmet(step.wording, stage.heard.answer):
        raise StepFailed(
            expected=f"an answer of {expected}",
            came=f"“{checks.short(stage.heard.answer)}”",
            why=checks.reasons(stage.heard.recollection) if stage.heard.recollection else (),
        )


async def _recalls(step: Recalls, stage: Stage) -> None:
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


async def _stores(step: Stores, stage: Stage) -> None:
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


async def _stores_not(step: Stores, stage: Stage) -> None:
    records = await stage.at_rest()
    for text in step.texts:
        found = [
            f"the opened record “{checks.short(r.shown)}”" for r in records if checks.holds(r.words, text)
        ]
        found += [f"the file {name}, in the clear" for name in await stage.files_with(text)]
        if found:
            raise StepFailed(expected=f"“{text}” nowhere in the data directory", came="; ".join(found))


async def _forgets(step: Forgets, stage: Stage) -> None:
    if not await stage.forget(step.who, step.words):
        recollection = await stage.recall(step.who, step.words)
        raise StepFailed(
            expected=f"a memory of {step.who} about “{step.words}”, to forget it",
            came="there is none",
            why=checks.reasons(recollection),
        )
    await stage.rest()


async def _undoes(step: Undoes, stage: Stage) -> None:
    if not await stage.undo(step.who):
        raise StepFailed(expected="a forgetting to take back", came="nothing was forgotten before")
    await stage.rest()


def _received(step: Received, stage: Stage) -> None:
    received = stage.received(ever=step.ever)
    text = "\n".join(request.text for request in received)
    if expected := checks.unmet(step.wording, text):
        raise StepFailed(
            expected=f"that the model was sent {expected}",
            came=f"{len(received)} requests" if len(received) != 1 else "one request",
            why=tuple(f"{request.kind}: {checks.short(request.text)}" for request in received),
        )


def _not_asked(stage: Stage) -> None:
    if received := [request for request in stage.received() if request.kind == "chat"]:
        raise StepFailed(
            expected="no request to the model since the last thing said",
            came=f"{len(received)}, the first: “{checks.short(received[0].text)}”",
        )


def _left_over(stage: Stage) -> Failure | None:
    """What the file has the model say, and nobody asked for."""
    if stage.model is None:
        return None
    for left, came in (
        (stage.model.answers, "the conversation ended, and the model was not asked for these words"),
        (stage.model.extraction, "the conversation ended, and nothing was extracted any more"),
    ):
        if left:
            return Failure(left[0].line, _use_of(left[0]), came)
    return None


def _use_of(answer: Scripted) -> str:
    return f"that this is used: “{checks.short(answer.text or f'fails: {answer.status}')}”"
