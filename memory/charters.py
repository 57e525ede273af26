"""What each person decided about their memory: sealed, dated, in force at once."""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from privacy.access import require
from privacy.anonymization import SENDABLE
from privacy.categories import NAMES
from privacy.encryption import KeyRing
from privacy.governance import Charter, Consent, Handling, Masking, Objection, Purpose, Treatment
from privacy.identity import Principal, Scope
from privacy.sending import ANY, MEMORIES, Way, provider_named, ruled
from privacy.sending import MOST as MOST_PROVIDERS

from .activity import Activity
from .conversations import Conversations
from .errors import BadInput, UnknownMemory

LONGEST_TOPIC = 200  # characters
MOST_OBJECTIONS = 100
Change = Callable[[Charter, datetime], Charter]


class Charters:
    """One charter for each person. `usual`: what becomes of sensitive things that nothing was decided about."""

    def __init__(
        self,
        conversations: Conversations,
        keyring: KeyRing,
        activity: Activity,
        clock: Callable[[], datetime],
        usual: Handling = "ask",
    ) -> None:
        self._conversations = conversations
        self._keyring = keyring
        self._activity = activity
        self._clock = clock
        self._usual: Handling = usual
        self._changing: defaultdict[Scope, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.changed: list[Callable[[str, Charter], None]] = []  # told whose charter is another one now

    async def of(self, *, scope: Scope, by: Principal) -> Charter:
        require(by, "read", scope)
        return await self.holding(scope)

    async def holding(self, scope: Scope) -> Charter:
        """The charter in force, for code that asks before it does something."""
        return await asyncio.to_thread(self.of_owner, self._keyring.pseudonym(scope.owner))

    def of_owner(self, owner: str) -> Charter:
        """The same for who is in a worker thread already."""
        body = self._conversations.read("choice", _id(owner), owner)
        return replace(_charter(body) if body else Charter(), usual=self._usual)

    async def allows(self, scope: Scope, purpose: Purpose) -> bool:
        return (await self.holding(scope)).allows(purpose)

    # -- deciding ----------------------------------------------------------------------------------

    async def consent(self, purpose: Purpose, given: bool, *, scope: Scope, by: Principal) -> Charter:
        """Yes or no to one purpose, from now on."""
        return await self._change(
            f"{purpose} {'given' if given else 'withdrawn'}",
            lambda charter, at: charter.decided(purpose, given, at),
            scope,
            by,
        )

    async def handle(self, category: str, handling: Handling, *, scope: Scope, by: Principal) -> Charter:
        """What becomes of sentences of a sensitive category from now on. Raises BadInput."""
        if category not in NAMES:
            raise BadInput(f"There is no such category. There are: {', '.join(NAMES)}.")
        return await self._change(
            f"{category} {handling}",
            lambda charter, _: replace(charter, handling={**charter.handling, category: handling}),
            scope,
            by,
            about=category,
        )

    async def ask_first(self, wanted: bool, *, scope: Scope, by: Principal) -> Charter:
        """Whether everything that is said waits for a yes."""
        return await self._change(
            "ask first",
            lambda charter, _: replace(charter, ask_first=wanted),
            scope,
            by,
            about="ask first",
        )

    async def small_changes(self, wanted: bool, *, scope: Scope, by: Principal) -> Charter:
        """Whether a way of answering that is only worded otherwise holds without being asked about."""
        return await self._change(
            f"small changes {'approved by themselves' if wanted else 'asked about'}",
            lambda charter, _: replace(charter, small_changes=wanted),
            scope,
            by,
            about="small changes",
        )

    async def keep_for(self, kind: str, days: int | None, *, scope: Scope, by: Principal) -> Charter:
        """How long memories of a kind are kept; None: until they are forgotten. Raises BadInput."""
        if days is not None and not 1 <= days <= 36_500:
            raise BadInput("Give a number of days from 1 to 36500, or none to keep it until you forget it.")

        def change(charter: Charter, _: datetime) -> Charter:
            rest = {name: kept for name, kept in charter.keep_days.items() if name != kind}
            return replace(charter, keep_days=rest if days is None else {**rest, kind: days})

        return await self._change(f"retention of {kind}", change, scope, by, about=f"keep {kind}")

    async def restrict(self, restricted: bool, *, scope: Scope, by: Principal) -> Charter:
        """Store everything and use nothing, until it is lifted."""
        return await self._change(
            "restricted" if restricted else "restriction lifted",
            lambda charter, at: replace(charter, restricted_at=at if restricted else None),
            scope,
            by,
        )

    async def object_to(self, topic: str, *, memory: str = "", scope: Scope, by: Principal) -> Objection:
        """Do not use what is about this topic; or not this one memory when the talk is about it. Raises BadInput."""
        if not topic.strip() or len(topic) > LONGEST_TOPIC:
            raise BadInput(f"Say the topic in a few words, {LONGEST_TOPIC} characters at most.")
        objection = Objection(uuid.uuid4().hex, topic.strip(), self._clock(), memory)

        def change(charter: Charter, _: datetime) -> Charter:
            if len(charter.objections) >= MOST_OBJECTIONS:
                raise BadInput(f"There are {MOST_OBJECTIONS} objections already. Withdraw some first.")
            return replace(charter, objections=(*charter.objections, objection))

        await self._change("objection", change, scope, by)
        return objection

    async def withdraw_objection(self, objection: str, *, scope: Scope, by: Principal) -> Charter:
        def change(charter: Charter, _: datetime) -> Charter:
            left = tuple(one for one in charter.objections if one.id != objection)
            if len(left) == len(charter.objections):
                raise UnknownMemory("There is no such objection. `keepsake privacy` lists them.")
            return replace(charter, objections=left)

        return await self._change("objection withdrawn", change, scope, by)

    async def send(
        self, about: str, how: Way | None, *, to: str = ANY, scope: Scope, by: Principal
    ) -> Charter:
        """What goes to a model elsewhere, by its host: memories, a kind of detail or a sensitive category. None: as usual.

        Raises BadInput.
        """
        provider = ANY if to == ANY else provider_named(to)
        if not provider:
            raise BadInput("Give the host of a model, like api.example.org, or any. Nothing was changed.")
        known = {name.casefold(): name for name in (MEMORIES, *SENDABLE, *NAMES)}
        about = known.get(about.casefold(), "")
        if not about:
            raise BadInput(f"There is no such thing to send. There are: {', '.join(known.values())}.")
        if about == MEMORIES and how == "mask":
            raise BadInput(
                "Memories are sent or never sent; how their details are sent is said for each kind."
            )

        def change(charter: Charter, _: datetime) -> Charter:
            rules = ruled(charter.sending, provider, about, how)
            if len(rules) > MOST_PROVIDERS:
                raise BadInput(f"There are rules for {MOST_PROVIDERS} hosts already. Take some back first.")
            return replace(charter, sending=rules)

        said = f"sending {about} to {provider}: {how or 'as usual'}"
        return await self._change(said, change, scope, by, about=f"send {about} to {provider}")

    async def mask(
        self,
        *,
        treatment: dict[str, Treatment] | None = None,
        always: Collection[str] | None = None,
        never: Collection[str] | None = None,
        scope: Scope,
        by: Principal,
    ) -> Charter:
        """How details are treated, and words that are always or never masked. What is None stays as it is."""

        def change(charter: Charter, _: datetime) -> Charter:
            old = charter.masking
            return replace(
                charter,
                masking=Masking(
                    treatment=old.treatment if treatment is None else treatment,
                    always=old.always if always is None else tuple(dict.fromkeys(always)),
                    never=old.never if never is None else tuple(dict.fromkeys(never)),
                ),
            )

        return await self._change("masking", change, scope, by)

    async def mask_word(self, word: str, *, always: bool, scope: Scope, by: Principal) -> Charter:
        """Hide this word always, or never; what was said of it before is taken back."""

        def change(charter: Charter, _: datetime) -> Charter:
            def without(words: Sequence[str]) -> tuple[str, ...]:
                return tuple(other for other in words if other.casefold() != word.casefold())

            hidden, shown = without(charter.masking.always), without(charter.masking.never)
            masking = (
                replace(charter.masking, always=(*hidden, word), never=shown)
                if always
                else replace(charter.masking, always=hidden, never=(*shown, word))
            )
            return replace(charter, masking=masking)

        return await self._change("masking", change, scope, by)

    async def change(self, what: str, change: Change, *, scope: Scope, by: Principal) -> Charter:
        """Several decisions at once; `what` they are, in a word for the audit log."""
        return await self._change(what, change, scope, by)

    async def _change(
        self, what: str, change: Change, scope: Scope, by: Principal, *, about: str = ""
    ) -> Charter:
        """`about`: under which name the date of this decision is kept, where it has none of its own."""
        require(by, "consent", scope)
        async with self._changing[scope]:
            now = self._clock()
            charter = change(await self.holding(scope), now)
            if about:
                charter = replace(charter, dates={**charter.dates, about: now})
            owner = self._keyring.pseudonym(scope.owner)
            await self._activity.noted("decided", scope, by, what, may_fail=False)
            await self._conversations.put("choice", _id(owner), _body(charter), scope=scope)
        for tell in self.changed:
            await asyncio.to_thread(tell, owner, charter)
        return charter


def _id(owner: str) -> str:
    return f"choice-{owner}"


def _body(charter: Charter) -> dict[str, Any]:
    """As it lies sealed; topics and words under a name that gets masked."""
    masking = charter.masking
    return {
        "consents": [[one.purpose, one.given, one.at.isoformat()] for one in charter.consents],
        "handling": dict(charter.handling),
        "ask_first": charter.ask_first,
        "small_changes": charter.small_changes,
        "keep_days": dict(charter.keep_days),
        "restricted_at": charter.restricted_at.isoformat() if charter.restricted_at else "",
        "objections": [
            {"id": one.id, "name": one.topic, "at": one.at.isoformat(), "memory": one.memory}
            for one in charter.objections
        ],
        "sending": {provider: dict(rules) for provider, rules in charter.sending.items()},
        "dates": {about: at.isoformat() for about, at in charter.dates.items()},
        "treatment": dict(masking.treatment),
        "always": [{"name": word} for word in masking.always],
        "never": [{"name": word} for word in masking.never],
    }


def _charter(body: dict[str, Any]) -> Charter:
    if "consents" not in body:  # as it was written before there were purposes
        at = datetime.fromisoformat(body["chosen_at"])
        return Charter(consents=tuple(_of_one_choice(body["remember"], at)))
    return Charter(
        consents=tuple(Consent(p, given, datetime.fromisoformat(at)) for p, given, at in body["consents"]),
        handling=body["handling"],
        ask_first=body["ask_first"],
        small_changes=body.get("small_changes", False),
        keep_days=body["keep_days"],
        restricted_at=datetime.fromisoformat(body["restricted_at"]) if body["restricted_at"] else None,
        objections=tuple(
            Objection(one["id"], one["name"], datetime.fromisoformat(one["at"]), one["memory"])
            for one in body["objections"]
        ),
        sending=body.get("sending", {}),
        dates={about: datetime.fromisoformat(at) for about, at in body.get("dates", {}).items()},
        masking=Masking(
            treatment=body["treatment"],
            always=tuple(one["name"] for one in body["always"]),
            never=tuple(one["name"] for one in body["never"]),
        ),
    )


def _of_one_choice(given: bool, at: datetime) -> Iterator[Consent]:
    """Memory on or off, as three purposes."""
    for purpose in ONE_CHOICE:
        yield Consent(purpose, given, at)


ONE_CHOICE: tuple[Purpose, ...] = ("remember", "answer", "learn")  # what "memory on" says yes to
