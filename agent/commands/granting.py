"""Carries out what somebody says of sharing: another person may read, or no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from memory.errors import BadInput
from memory.facade import Memory
from memory.sharing import Sharing
from memory.times.spans import end_of
from privacy.access import Grant
from privacy.errors import BadAccount

from ..giving import Giving, Terms
from ..turns import Deed, Turn
from ..wording import wording
from .belief_sentences import BELIEF_SENTENCES
from .outcome import Obeyed
from .share_order import Share, Unshare
from .share_sentences import SHARE_SENTENCES, ShareSentences


class Granting:
    """The same rules hold as on the page, over REST and on the terminal. Whatever is unclear, nothing is shared."""

    def __init__(
        self, giving: Giving, sharing: Sharing, memory: Memory, clock: Callable[[], datetime]
    ) -> None:
        self._giving = giving
        self._sharing = sharing
        self._memory = memory
        self._clock = clock

    async def share(self, order: Share, turn: Turn) -> Obeyed:
        """Raises BadInput."""
        say = SHARE_SENTENCES[order.language]
        if not self._giving.together:
            return Obeyed(say.alone)
        try:
            reader = await self._giving.reader(order.reader)
        except BadAccount:
            return Obeyed(say.unknown.format(words=order.reader))
        if reader == turn.scope.owner:
            return Obeyed(say.oneself)
        try:
            over = await self._over(order, turn)
        except BadInput:
            return Obeyed(say.no_time.format(until=order.span or order.until))
        terms = Terms(topic=order.topic, expires_at=over)
        given = await self._giving.give(
            reader, terms, scope=turn.scope, by=turn.principal, thread=turn.thread
        )
        text = await self._told(given.grants[0], order, turn, say)
        return Obeyed(text, deed=Deed("share", (given.grants[0].id,)))

    async def unshare(self, order: Unshare, turn: Turn) -> Obeyed | None:
        """At once. An unknown name is talk."""
        say = SHARE_SENTENCES[order.language]
        given = await self._sharing.given(scope=turn.scope, by=turn.principal)
        theirs = [grant for grant in given if grant.reader.casefold() == order.reader.casefold()]
        held = [grant.id for grant in theirs if grant.holds(self._clock())]
        if not theirs:
            return None
        text = say.unshared.format(words=theirs[0].reader)
        if not held:
            return Obeyed(text)
        await self._giving.end(held, scope=turn.scope, by=turn.principal, thread=turn.thread)
        return Obeyed(f"{text} {BELIEF_SENTENCES[order.language].undo}")

    async def _over(self, order: Share, turn: Turn) -> datetime | None:
        """When it ends by itself. Raises BadInput for words that are no time."""
        if order.until:
            return await self._memory.term_named(order.until, scope=turn.scope, by=turn.principal)
        if not order.span:
            return None
        over = end_of(order.span, order.language, self._clock())
        if over is None:
            raise BadInput("This is no time that can be read.")
        return over

    async def _told(self, grant: Grant, order: Share, turn: Turn, say: ShareSentences) -> str:
        """What they can read, how much that is now, how long, and how to end it."""
        day = wording(order.language).day(grant.expires_at) if grant.expires_at else ""
        until = say.until.format(until=day) if day else say.no_end
        sentence = say.given_about if grant.topic else say.given
        seen = await self._memory.seen_through(grant, scope=turn.scope, by=turn.principal, limit=1)
        told = (
            sentence.format(words=grant.reader, topic=order.topic, until=until),
            say.now.format(count=seen.total),
            say.to_end.format(words=grant.reader),
        )
        return " ".join(told)
