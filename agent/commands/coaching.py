"""Carries out what somebody says of the ways of answering that were learned from them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memory.editions import editions
from memory.records import Shown

from ..practice import Account, Practice
from ..receipts import Receipts
from ..turns import Turn
from .belief_sentences import BELIEF_SENTENCES
from .matching import speaking_of
from .outcome import Obeyed
from .skill_order import SkillOrder, SkillVerb
from .skill_sentences import SKILL_SENTENCES, SkillSentences

LISTED = 12  # in one answer
# what an order can be about, by what it counts as: what comes first is meant where there is any
STATIONS: dict[SkillVerb, tuple[str, ...]] = {
    "approve": ("trial",),
    "reject": ("trial", "active"),
    "give up": ("active", "trial"),
    "reword": ("active", "trial"),
    "go back": ("active", "retired"),
}
_NUMBER = re.compile(r"\D*(\d{1,2})\]?")


class Coaching:
    """A rule is named by what it says, by its number in the last answer, or as "that": the one that was just spoken of.

    Where none of that name is known, or several are meant, nothing is changed and the answer says what to say instead.
    """

    def __init__(self, practice: Practice, receipts: Receipts) -> None:
        self._practice = practice
        self._receipts = receipts

    async def obey(self, order: SkillOrder, turn: Turn) -> Obeyed | None:
        """Raises BadInput, MemoryOff."""
        say = SKILL_SENTENCES[order.language]
        accounts = await self._practice.accounts(scope=turn.scope, by=turn.principal)
        known = [account.procedure for account in accounts]
        if order.verb == "list":
            return _list(order, known, say)
        meant = await self._meant(order, known, turn)
        if not meant:
            return Obeyed(say.unknown.format(words=order.words)) if order.words else None
        found = of_station(meant, STATIONS[order.verb])
        if not found:
            sentence = say.in_use if meant[0].status == "active" else say.not_in_use
            return Obeyed(sentence.format(words=meant[0].text), (meant[0].id,))
        if len(found) > 1:
            lines = [f"- “{one.text}”" for one in found[:LISTED]]
            return Obeyed("\n".join([say.which, *lines]), tuple(one.id for one in found[:LISTED]))
        text, id = await self._do(order, found[0], turn, say)
        return Obeyed(f"{text} {BELIEF_SENTENCES[order.language].undo}" if id else text, (id or found[0].id,))

    async def _do(self, order: SkillOrder, one: Shown, turn: Turn, say: SkillSentences) -> tuple[str, str]:
        """What is said, and the procedure that it is about now; empty, where nothing was changed."""
        scope, by, thread = turn.scope, turn.principal, turn.thread
        match order.verb:
            case "approve":
                await self._practice.approve(one.id, scope=scope, by=by, thread=thread)
                return say.approved.format(words=one.text), one.id
            case "reject" | "give up":
                await self._practice.retire(one.id, scope=scope, by=by, thread=thread)
                sentence = say.given_up if one.status == "active" else say.rejected
                return sentence.format(words=one.text), one.id
            case "reword":
                now = await self._practice.reword(
                    one.id, order.value, None, scope=scope, by=by, thread=thread
                )
                return _reworded(now, one, say), now.procedure.id
            case _:
                if one.status == "active" and one.edition == 1:
                    return say.first.format(words=one.text), ""
                back = await self._practice.roll_back(one.id, scope=scope, by=by, thread=thread)
                sentence = say.again if back.procedure.id == one.id else say.gone_back
                return sentence.format(words=back.procedure.text, before=one.text), back.procedure.id

    async def _meant(self, order: SkillOrder, known: Sequence[Shown], turn: Turn) -> list[Shown]:
        """Those that the words may mean, whatever they count as."""
        number = _NUMBER.fullmatch(order.words)
        if order.words and not number:
            return [*speaking_of(known, order.words, order.language).memories]
        last = await self._receipts.latest(turn.thread, scope=turn.scope, by=turn.principal)
        used = last.used if last else ()
        if number:
            place = int(number[1]) - 1
            return [one for one in known if used[place : place + 1] == (one.id,)]
        return _spoken_of(used, known, STATIONS[order.verb][0]) or [m for m in known if m.needs_approval]


def of_station(found: Sequence[Shown], stations: Sequence[str]) -> list[Shown]:
    """Those of the first station that any of them has, without editions that another of them took the place of."""
    for station in stations:
        there = [one for one in found if one.status == station]
        if there:
            replaced = {one.replaces for one in there}
            return [one for one in there if one.id not in replaced]
    return []


def _spoken_of(used: Sequence[str], known: Sequence[Shown], station: str) -> list[Shown]:
    """Those that an answer rested on, in the wording that they have now: what is pointed at is in its first station, or
    it is not meant. "Reject it" ends nothing that is in use."""
    by_id = {one.id: one for one in known}
    return [
        one
        for one in known
        if one.status == station and any(edition.id in used for edition in editions(one, by_id))
    ]


def _reworded(now: Account, before: Shown, say: SkillSentences) -> str:
    sentence = say.waiting if now.procedure.needs_approval else say.reworded
    return sentence.format(words=now.procedure.text, before=before.text)


def _list(order: SkillOrder, known: Sequence[Shown], say: SkillSentences) -> Obeyed | None:
    """What is done or waits, numbered: a number names it afterwards. About nothing that is known it is talk."""
    found = [one for one in known if one.status in ("active", "trial")]
    if order.words:
        found = [*speaking_of(found, order.words, order.language).memories]
        if not found:
            return None
    if not found:
        return Obeyed(say.nothing, kept=True)
    states = {"active": say.active, "trial": say.trial}
    lines = [
        f"- {say.line.format(words=one.text, state=say.waits if one.needs_approval else states[one.status])} [{place}]"
        for place, one in enumerate(found[:LISTED], start=1)
    ]
    return Obeyed("\n".join([say.listed, *lines]), tuple(one.id for one in found[:LISTED]), kept=True)
