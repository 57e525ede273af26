"""What was coming is asked about once, and what goes when space is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from agent.wiring import App
from memory.records import Utterance

from .talk import Owner, Reciting, Talk

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)  # a Monday
PLANS = (
    "I have a job interview on Thursday.", "We are flying to Porto on Friday.", "My driving test is on Wednesday.",
    "I am seeing the dentist tomorrow.", "We are moving house on Saturday.", "I'm giving a talk at the library on Friday.",
    "My sister is visiting at the weekend.", "I've got an exam in statistics on Wednesday.", "I am running a half marathon on Sunday.",
    "We're having a party on Saturday.", "I will meet my new boss on Thursday.", "I'm going to a pottery class tomorrow.",
    "My son starts school on Wednesday.", "I have to hand in my thesis on Friday.", "We are going to see Hamlet on Thursday.",
    "I'm having my knee scanned on Wednesday.", "Our choir sings at the town hall on Sunday.", "I'm going to view a flat in Hove tomorrow.",
    "We adopt the cat on Saturday.", "I'm baking the wedding cake on Friday.",
)  # fmt: skip
NEXT = "Good morning!"
WEIGHTY = (
    "Please remember that my blood type is 0 negative.", "I have decided to leave the firm in June.", "I promised Vera to pay for the roof.",
    "We got engaged last night and I am so happy!", "My grandfather died on Sunday.", "I am allergic to penicillin, do not forget it.",
    "I was offered the job in Ghent and I will take it.", "We are expecting a baby in October.", "I have signed the contract for the flat.",
    "My daughter was diagnosed with coeliac disease.",
)  # fmt: skip
LIGHT = (
    "Ok.", "Thanks, that helps.", "What is the capital of Peru?", "Hm, interesting.", "Can you make that shorter?",
    "How many ounces are a pound?", "Lovely weather.", "And in Spanish?", "Good night.", "What does 'ubiquitous' mean?",
)  # fmt: skip


class Clock:
    """The time that the app believes."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def loops(app: App, model: Reciting, clock: Clock) -> AsyncIterator[tuple[str, bool]]:
    """Of each plan: not asked about before its day, once afterwards, never twice, and not when its outcome was told."""
    for plan in PLANS:
        clock.now = NOW
        silent, spoken = Talk(app, model), Talk(app, model)
        for talk in (silent, spoken):
            await talk.say(plan)
        early = await _offered(silent, plan)
        clock.now = NOW + timedelta(days=8)
        await spoken.say(f"It went well: {plan[0].lower()}{plan[1:-1]}, you remember.")
        once, twice = await _offered(silent, plan), await _offered(silent, plan)
        yield "not asked about before its day", not early
        yield "asked about when it is over", once
        yield "never twice", not twice
        yield "not when it was told", not await _offered(spoken, plan)
    clock.now = NOW


async def _offered(talk: Talk, plan: str) -> bool:
    talk.anew()
    await talk.say(NEXT)
    return any(plan in notice for notice in talk.notices)


async def tidying(app: App, me: Owner) -> dict[str, float]:
    """Of 110 messages, ten of them weighty, thirty are kept: how many of the ten stay, and whether undo brings all back."""
    texts = [
        light if n % 10 else WEIGHTY[n // 10 % 10] for n in range(100) for light in (LIGHT[n % 10],)
    ] + list(LIGHT)
    texts = [f"{text} ({n})" if text in LIGHT else text for n, text in enumerate(texts)]
    await app.memory.remember([Utterance(text=text) for text in texts], **me)
    before = await _texts(app, me)
    dry = await app.memory.tidy(30, **me)
    unchanged = await _texts(app, me) == before
    done = await app.memory.tidy(30, dry_run=False, **me)
    stay = await _texts(app, me)
    await app.memory.undo(done.forgetting, **me)
    return {
        "weighty that stay": sum(text in stay for text in WEIGHTY) / len(WEIGHTY),
        "kept as asked": float(len(stay) == 30),
        "a dry run changes nothing": float(unchanged and len(dry.going) == len(before) - 30),
        "undo brings all back": float(await _texts(app, me) == before),
    }


async def _texts(app: App, me: Owner) -> list[str]:
    page = await app.memory.browse(kind="episode", limit=500, **me)
    return sorted(memory.text for memory in page.memories)
