"""From what a person says about answers to procedures: what is laid down, corrected, changed, praised and minded.

It reads new turns in the background, and thumbs as they are given. It proposes and keeps count; whether a procedure
applies, is kept or goes is decided in `memory/procedural.py`.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from memory.choices import Choices
from memory.credit import Outcome, Tally, station, takes_over
from memory.facade import Memory
from memory.outcomes import Outcomes
from memory.ports import Known
from memory.procedural import NEAR, fit
from memory.records import Draft, Lesson, Proposal, Shown, Utterance
from privacy.identity import Principal, Scope

from . import rules, shapes
from .distillers import deltas
from .distillers.lessons import Taught, acts, edited, instructions, remark
from .models.port import ChatModel
from .notices import Notices
from .procedures import Procedures
from .receipts import Receipts, Run
from .recurring import Recurring, answer_to
from .sending import Sending

LOOKED_BACK = 50  # turns of a conversation that are read with a new one
BY_HAND = "procedures by hand"  # the conversation in which a person's own wordings are kept
REMARKS = "remarks"  # the conversation in which comments on thumbs are kept


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and how that answer was made."""

    asked: Shown
    answer: Shown
    run: Run | None
    thumb: bool = False  # judged by a thumb, which can be turned over and taken back


@dataclass(frozen=True, slots=True)
class Me:
    """Whose learning this is."""

    scope: Scope
    by: Principal


class Learning:
    """One lesson after the other for each person. `model`: a capable one that reads what the rules cannot."""

    name = "procedures"

    def __init__(
        self,
        memory: Memory,
        procedures: Procedures,
        outcomes: Outcomes,
        receipts: Receipts,
        notices: Notices,
        choices: Choices,
        model: ChatModel | None = None,
        *,
        sending: Sending,
        steers: bool = True,  # whether whoever answers can follow procedures
    ) -> None:
        self._memory = memory
        self._procedures = procedures
        self._outcomes = outcomes
        self._receipts = receipts
        self._notices = notices
        self._choices = choices
        self._model = model
        self._sending = sending
        self._steers = steers
        self._recurring = Recurring(memory, procedures, outcomes)
        self._learning: defaultdict[Scope, asyncio.Lock] = defaultdict(asyncio.Lock)

    # -- turns, in the background ------------------------------------------------------------------

    async def distil(self, episodes: Sequence[Shown], *, scope: Scope, known: Known) -> list[Draft]:
        """A reader among the distillers. What it learns it keeps itself: it has no facts to propose."""
        if not await self._choices.learns(scope):
            return []
        me = Me(scope, Principal(scope.owner))
        for episode in episodes:
            if episode.speaker == "user" and episode.origin == "said" and episode.session != BY_HAND:
                async with self._learning[scope]:
                    await self._read(episode, me)
        return []

    async def _read(self, episode: Shown, me: Me) -> None:
        about = await self._exchange(episode, me)
        laid_down = instructions(episode.text)
        for taught in laid_down:
            await self._lay_down(taught, episode, about, me)
        if about is None or laid_down:
            return
        if change := edited(episode.text):
            for rule in shapes.changed(about.answer.text, change.text):
                await self._correct(Taught("edit", rule, quote=change.quote), episode, about, me)
            return
        reaction = remark(episode.text)
        if reaction is None or reaction.sort == "displeasure":
            if await self._reminded(episode.text, about, me):
                return
            if self._model is not None and deltas.worth_asking(episode.text):
                shown = (about.asked, about.answer, episode)
                if not await self._sending.kept_here(shown, me.scope):
                    await self._ask(self._model, episode, about, me)
                    return
        await self._react(reaction, episode, about, me, "correction")

    async def _exchange(self, episode: Shown, me: Me) -> Exchange | None:
        """What an episode answers to, if it follows an answer."""
        said = await self._memory.conversation(episode.session, scope=me.scope, by=me.by, limit=LOOKED_BACK)
        before = [memory for memory in said if memory.position < episode.position][-2:]
        if [memory.speaker for memory in before] != ["user", "assistant"]:
            return None
        asked, answer = before
        run = await self._receipts.run(scope=me.scope, by=me.by, thread=episode.session, asked=asked.id)
        return Exchange(asked, answer, run)

    async def _ask(self, model: ChatModel, episode: Shown, about: Exchange, me: Me) -> None:
        read = await deltas.lessons(about.asked.text, about.answer.text, episode.text, model, me.scope)
        for taught in read:
            if taught.sort == "instruction":
                await self._lay_down(taught, episode, about, me, "model")
            else:
                await self._correct(taught, episode, about, me, "model")

    # -- thumbs, as they are given -----------------------------------------------------------------

    async def thumb(
        self, run: str, good: bool, comment: str, *, scope: Scope, by: Principal, thread: str | None = None
    ) -> bool:
        """Credit or blame for what was in the prompt, and what the comment asks for.

        False for a run that is unknown or somebody else's, and while memory is off.
        """
        if not await self._choices.learns(scope):
            return False
        judged = await self._receipts.run(scope=scope, by=by, thread=thread, run=run)
        if judged is None or not judged.asked:
            return False
        me = Me(scope, by)
        async with self._learning[scope]:
            await self._withdraw(judged, me)
            live = await self._memory.still_known([judged.asked], scope=scope, by=by)
            if judged.asked not in live:
                return True
            asked = live[judged.asked]
            about = Exchange(
                asked, await answer_to(asked, self._memory, scope=scope, by=by) or asked, judged, thumb=True
            )
            reaction = remark(comment, comment=True) if comment.strip() else None
            if reaction is not None and reaction.sort == "correction":
                said = Utterance(text=comment, session=f"{REMARKS} {judged.receipt}")
                (kept,) = await self._memory.remember(said, scope=scope, by=by)
                await self._correct(reaction, kept, about, me, "thumb")
            elif not (comment.strip() and not good and await self._reminded(comment, about, me)):
                await self._credit(about, good, me)
        return True

    async def withdraw(self, run: str, *, scope: Scope, by: Principal, thread: str | None = None) -> None:
        """A thumb that was taken back says nothing any more."""
        judged = await self._receipts.run(scope=scope, by=by, thread=thread, run=run)
        if judged is not None:
            async with self._learning[scope]:
                await self._withdraw(judged, Me(scope, by))

    async def _withdraw(self, judged: Run, me: Me) -> None:
        known = await self._outcomes.tallies(scope=me.scope, by=me.by)
        await self._outcomes.withdraw(known, f"thumb:{judged.receipt}", scope=me.scope, by=me.by)

    # -- what is learned ---------------------------------------------------------------------------

    async def _lay_down(
        self, taught: Taught, episode: Shown, about: Exchange | None, me: Me, how: Lesson = "instruction"
    ) -> None:
        """Said outright: it holds from now on, unless it would act on the world; then it waits for approval."""
        known = await self._procedures.known(scope=me.scope, by=me.by)
        if any(episode.id in m.sources and m.rule == taught.rule for m in known.values()):
            return  # read before
        before = [
            m
            for m in known.values()
            if m.status != "retired"
            and m.scope == ("situation" if taught.trigger else "always")
            and (not taught.trigger or rules.same(m.trigger, taught.trigger))
            and (rules.same(m.rule, taught.rule) or rules.opposite(m.rule, taught.rule))
        ]
        if any(rules.same(m.rule, taught.rule) and m.learned == "instruction" for m in before):
            return
        approval = acts(taught.rule)
        kept = await self._memory.adopt(
            Proposal(
                rule=taught.rule,
                trigger=taught.trigger,
                scope="situation" if taught.trigger else "always",
                episode=episode.id,
                quote=taught.quote,
                learned=how,
                status="trial" if approval or how == "model" else "active",
                approval=approval,
                edition=before[-1].edition + 1 if before else 1,
                replaces=before[-1].id if before else "",
            ),
            scope=me.scope,
            by=me.by,
        )
        if kept is None:
            return
        if approval or not self._steers:
            await self._notices.leave("asks" if approval else "idle", kept.id, scope=me.scope, by=me.by)
        if not approval and how == "instruction" and before:
            await self._memory.restate([m.id for m in before], "retired", scope=me.scope, by=me.by)
        if about is not None and taught.trigger:
            likeness = await self._procedures.likenesses(about.asked.text, [taught.trigger], me.scope)
            if likeness[0] >= NEAR / 2:  # said because of the answer before, not out of the blue
                await self._note(kept.id, about, applied=False, good=False, me=me)

    async def _correct(
        self, taught: Taught, episode: Shown, about: Exchange, me: Me, how: Lesson = "correction"
    ) -> None:
        """Something was wanted here: a procedure that says so was missed; if there is none, one is tried from now on."""
        known = await self._procedures.known(scope=me.scope, by=me.by)
        if any(episode.id in m.sources and m.rule == taught.rule for m in known.values()):
            return
        applied = about.run.applied if about.run else ()
        in_use = [m for m in known.values() if m.status != "retired"]
        contrary = [m for m in in_use if m.id in applied and rules.opposite(m.rule, taught.rule)]
        for memory in contrary:
            await self._note(memory.id, about, applied=True, good=False, me=me)
        wanted = await self._wanted([m for m in in_use if rules.same(m.rule, taught.rule)], about, me)
        if wanted is None:
            rivals = contrary or [
                m for m in in_use if m.id in applied and _inferred(m) and rules.related(m.rule, taught.rule)
            ]
            approval = acts(taught.rule)
            wanted = await self._memory.adopt(
                Proposal(
                    rule=taught.rule,
                    episode=episode.id,
                    quote=taught.quote,
                    learned="edit" if taught.sort == "edit" else how,
                    approval=approval,
                    edition=rivals[0].edition + 1 if rivals else 1,
                    replaces=rivals[0].id if rivals else "",
                ),
                scope=me.scope,
                by=me.by,
            )
            if wanted is not None and approval:
                await self._notices.leave("asks", wanted.id, scope=me.scope, by=me.by)
        if wanted is not None and wanted.id not in applied:
            await self._note(wanted.id, about, applied=False, good=False, me=me)
        await self._settle(me)

    async def _wanted(self, same: Sequence[Shown], about: Exchange, me: Me) -> Shown | None:
        """Of several procedures that say the same, the one for situations like this."""
        if len(same) < 2:
            return same[0] if same else None
        known = {memory.id: memory for memory in same}
        candidates = await self._procedures.candidates(about.asked.text, known, scope=me.scope, by=me.by)
        return max(candidates, key=lambda c: fit(c.likeness)).memory if candidates else same[0]

    async def _reminded(self, text: str, about: Exchange, me: Me) -> bool:
        """A short remark that names what a procedure is about: it was missed here."""
        if len(text.split()) > 10 or text.rstrip().endswith("?"):
            return False
        known = await self._procedures.known(scope=me.scope, by=me.by)
        applied = about.run.applied if about.run else ()
        for memory in known.values():
            if memory.status == "retired" or memory.id in applied or not rules.reminds(text, memory.rule):
                continue
            if rules.remarks_on_an_answer(text):
                await self._note(memory.id, about, applied=False, good=False, me=me)
                await self._settle(me)
                return True
        return False

    async def _react(
        self, reaction: Taught | None, episode: Shown, about: Exchange, me: Me, how: Lesson
    ) -> None:
        if reaction is None:
            return
        if reaction.sort == "correction":
            await self._correct(reaction, episode, about, me, how)
        else:
            await self._credit(about, reaction.sort == "praise", me)

    async def _credit(self, about: Exchange, good: bool, me: Me) -> None:
        """The answer was good or not: so was what was in its prompt, and so was leaving out what was withheld."""
        if about.run is None:
            return
        for procedure in about.run.applied:
            await self._note(procedure, about, applied=True, good=good, me=me)
        for procedure in about.run.withheld:
            await self._note(procedure, about, applied=False, good=good, me=me)
        await self._note(Outcomes.TURNS, about, applied=True, good=good, me=me)
        await self._settle(me)
        if good and not about.run.applied:
            await self._recurring.find(about.asked, scope=me.scope, by=me.by)

    async def _note(self, procedure: str, about: Exchange, *, applied: bool, good: bool, me: Me) -> None:
        run = f"{'thumb:' if about.thumb else ''}{about.run.receipt if about.run else about.asked.id}"
        outcome = Outcome(about.asked.id, applied, good)
        await self._outcomes.note(procedure, run, outcome, scope=me.scope, by=me.by)

    # -- what becomes of it ------------------------------------------------------------------------

    async def _settle(self, me: Me) -> None:
        """Give every procedure the station that it has earned. What is retired is said once."""
        known = await self._procedures.known(scope=me.scope, by=me.by)
        tallies = await self._outcomes.tallies(scope=me.scope, by=me.by)
        for memory in known.values():
            before = known.get(memory.replaces)
            if _challenges(memory, before) and before is not None:
                if takes_over(tallies.get(memory.id, Tally()), tallies.get(before.id, Tally())):
                    await self._replace(before, memory, me)
                continue
            earned = station(memory, tallies.get(memory.id, Tally()))
            if earned != memory.status:
                await self._memory.restate([memory.id], earned, scope=me.scope, by=me.by)
                if earned == "retired":
                    await self._notices.leave("retired", memory.id, scope=me.scope, by=me.by)

    async def _replace(self, before: Shown, after: Shown, me: Me) -> None:
        await self._memory.restate([before.id], "retired", scope=me.scope, by=me.by)
        await self._memory.restate([after.id], "active", scope=me.scope, by=me.by)
        await self._notices.leave("replaced", after.id, scope=me.scope, by=me.by)


def _inferred(memory: Shown) -> bool:
    return memory.learned not in ("instruction", "by hand")


def _challenges(memory: Shown, before: Shown | None) -> bool:
    """Whether this is an edition on trial beside the one that it would replace."""
    on_trial = memory.status == "trial" and _inferred(memory) and not memory.needs_approval
    return on_trial and before is not None and before.status != "retired"
