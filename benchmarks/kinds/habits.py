"""Recurring success, replay and transfer, each over the twenty histories of histories.yaml."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from agent.wiring import App

from .talk import Reciting, Talk

FORMS = {
    "points": "- one thing\n- another thing\n- a third thing",
    "numbers": "1. first this\n2. then that\n3. then the rest",
    "table": "| one | other |\n| --- | --- |\n| this | that |",
    "code": "```\nthis = that\n```",
    "headings": "# First\nThis.\n# Second\nThat.",
}
RULES = {
    "points": "use bullet points",
    "numbers": "use a numbered list",
    "table": "use a table",
    "code": "show it as a block of code",
    "headings": "use headings",
}
PLAIN = ("It depends on what you like.", "That is a long story, told many times.", "Some say yes.")
SMALL_TALK = ("How are you today?", "Tell me something nice.", "I slept badly.")


@dataclass(frozen=True, slots=True)
class History:
    """Questions of one sort, the form of answers that were praised, and new questions near and far."""

    form: str
    asked: tuple[str, ...]
    like: str
    near: str
    unlike: str
    when: str


def histories() -> list[History]:
    written = yaml.safe_load((Path(__file__).parent / "histories.yaml").read_text())
    return [History(**{**one, "asked": tuple(one["asked"])}) for one in written]


async def _plain_talk(talk: Talk) -> None:
    for text, answer in zip(SMALL_TALK, PLAIN, strict=True):
        await talk.say(text, answer)


async def patterns(app: App, model: Reciting) -> AsyncIterator[tuple[str, bool]]:
    """Of each history: whether the planted form was found, and whether nothing is found where praise has no pattern."""
    for history in histories():
        planted, unplanted = Talk(app, model), Talk(app, model)
        for talk, forms in ((planted, [history.form] * 3), (unplanted, [history.form, "", ""])):
            await _plain_talk(talk)
            for question, form in zip(history.asked, forms, strict=True):
                talk.anew()
                await talk.say(
                    question, FORMS.get(form, "In short: it depends, and that is all there is to say.")
                )
                await talk.say("Great, thank you!")
        found = [p.rule for p in await planted.procedures() if p.learned == "pattern"]
        yield "recurring success found", found == [RULES[history.form]]
        yield (
            "nothing found where nothing recurs",
            not [p for p in await unplanted.procedures() if p.learned == "pattern"],
        )


async def replayed(app: App, model: Reciting) -> AsyncIterator[tuple[str, bool]]:
    """Whether a changed procedure, tried on past turns, differs in just those in which the real prompts then differ."""
    for history in histories():
        talk = Talk(app, model)
        await talk.say(f"From now on, when {history.when}, keep it to three lines.")
        before: dict[str, str] = {}
        for question in (*history.asked, history.unlike):
            talk.anew()
            await talk.say(question)
            before[question] = talk.ways
        first = next(p for p in await talk.procedures() if p.status == "active")
        changed = await app.practice.reword(first.id, "keep it to a single line", None, **talk.me)
        tried = await app.practice.replay(changed.procedure.id, **talk.me)
        predicted = {case.asked for case in tried.cases} & set(before)
        await app.practice.approve(changed.procedure.id, **talk.me)
        really = set[str]()
        for question, ways in before.items():
            talk.anew()
            await talk.say(question)
            if talk.ways != ways:
                really.add(question)
        yield "replay foretells which prompts change", predicted == really
        yield "and some do", bool(really)


async def transferred(app: App, model: Reciting) -> AsyncIterator[tuple[str, bool]]:
    """Whether what was wanted once and has proven itself is applied to the like, tried on what is a little like it and said
    so, and left away from the rest."""
    for history in histories():
        talk = Talk(app, model)
        await talk.say(history.asked[0], PLAIN[0])
        await talk.say("No, keep it to three lines, please.")
        for _ in range(3):
            for question in history.asked:
                talk.anew()
                finished = await talk.say(question)
                await app.learning.thumb(finished.receipt, True, "", **talk.me)
        for name, question, wanted in (
            ("applied to the like", history.like, True),
            ("applied to or tried on the near", history.near, True),
            ("left away from the unlike", history.unlike, False),
        ):
            talk.anew()
            await talk.say(question)
            applied = "three lines" in talk.ways
            yield name, applied == wanted
            chosen = await app.procedures.select(question, **talk.me)
            if applied and any(one.carried_over for one in chosen.applied):
                yield "what is carried over says so", any("On trial here" in n for n in talk.notices)
