"""Plays one conversation against the real product and says how it went."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, assert_never

from agent.settings import Settings
from privacy.errors import KeepsakeError

from . import checks, looking
from .errors import StepFailed
from .outcome import Failure, Outcome
from .recording import RecordingModel
from .stage import Clock, Stage, own_settings, staged
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
    Script,
    Scripted,
    Sleeps,
    Step,
    Stores,
    Undoes,
)

LIVE = ("openai_api_key", "openai_base_url", "model", "model_place", "model_timeout", "extraction")
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
    model, more = None, dict[str, Any]()
    if script.model.kind == "scripted":
        model = stack.enter_context(RecordingModel(script.model.answers, script.model.extraction))
        more = {"openai_base_url": model.url, "model": "scripted", "model_place": script.model.place}
    elif script.model.kind == "live":
        more = {name: getattr(environment, name) for name in LIVE}
    if len(script.people) > 1:
        more["auth"] = "password"
    settings = own_settings(folder, environment, masking=script.masking, **more)
    return await stack.enter_async_context(staged(settings, Clock(script.starts), model, script.people))


async def _take(step: Step, stage: Stage) -> None:
    """One step; StepFailed when it goes another way than the file says."""
    match step:
        case Says():
            await _says(step, stage)
        case Answers():
            looking.answers(step, stage)
        case Recalls():
            await looking.recalls(step, stage)
        case Stores():
            await (looking.stores if step.wanted else looking.stores_not)(step, stage)
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
            looking.received(step, stage)
        case NotAsked():
            looking.not_asked(stage)
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
