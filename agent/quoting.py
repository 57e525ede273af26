"""Replies without a capable model: a small one talks, and whatever is said about the person are their own words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from memory.records import Recollection

from .answers import Grounded, tells
from .context import Composed, compose_small_talk
from .languages import language_of
from .models.port import ChatModel, words_of
from .other_languages import SNOWBALL
from .parsing import Parse
from .personalization import Style
from .reply import Reply
from .testimony import Testimony
from .turns import Message, Turn
from .wording import Wording, wording

SHOWN = 8  # memories of which a person is told that they came to mind


@dataclass(frozen=True, slots=True)
class Quoting:
    """What such replies are made of."""

    model: ChatModel
    parse: Parse
    testimony: Testimony

    def reply(self, turn: Turn, found: Recollection, style: Style, history: Sequence[Message]) -> Reply:
        """The last of the history is what the person just said."""
        return _Quoted(self, turn, found, style, history)


class _Quoted(Reply):
    def __init__(
        self, means: Quoting, turn: Turn, found: Recollection, style: Style, history: Sequence[Message]
    ) -> None:
        super().__init__(turn, found)
        self._means = means
        self._style = style
        self._history = history
        self._used: tuple[str, ...] = ()
        self._sent: Composed | None = None

    @property
    def used(self) -> tuple[str, ...]:
        return self._used

    @property
    def sent(self) -> Composed | None:
        return self._sent

    async def recalled(self) -> Recollection:
        return replace(self.found, hits=self.found.hits[:SHOWN])

    async def begin(self) -> AsyncIterator[str]:
        turn, means = self.turn, self._means
        written, words = language_of(turn.text), wording(self._style.language(turn.text))
        grounded = await self._grounded(words)
        if grounded is not None:
            grounded = grounded if turn.uses else Grounded(words.off)
            self._used = grounded.used
            return _one(words.to(self._style.address, grounded.text))
        if written in SNOWBALL or tells(turn.text, means.parse):
            thanks = words.acknowledgement(kept=turn.keeps)
            return _one(words.to(self._style.address, thanks))
        self._sent = compose_small_talk(self._history)
        return words_of(means.model.stream(self._sent.request(turn, max_tokens=120)))

    async def _grounded(self, words: Wording) -> Grounded | None:
        """What memory says to this; None when nothing is asked of it."""
        turn = self.turn
        return await self._means.testimony.on(
            self.found,
            words,
            scope=turn.scope,
            by=turn.principal,
            use="answer" if turn.uses else "nothing",
        )


async def _one(text: str) -> AsyncIterator[str]:
    yield text
