"""Which turns of a conversation were orders, known by our own answers to them: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from ..turns import Message
from .belief_sentences import BELIEF_SENTENCES
from .reading import Forget, ForgetEverything, Revision, Undo, command_of
from .share_sentences import SHARE_SENTENCES
from .skill_sentences import SKILL_SENTENCES


def without_orders(history: Sequence[Message]) -> list[Message]:
    """A conversation without its orders to forget and what was answered to them: they hold the very words that went."""
    left, order = list[Message](), False
    answers = [
        message.text if message.role == "assistant" else "" for message in [*history[1:], *history[:1]]
    ]
    for message, answer in zip(history, answers, strict=True):
        if message.role == "user":
            order = message.kept is None and _ordered(message.text, answer)
        if not order:
            left.append(message)
    return left


def _ordered(said: str, answer: str) -> bool:
    """Whether something was an order, and not talk that only reads like one: "it's Porto, not Lyon"."""
    command = command_of(said)
    if isinstance(command, Forget | ForgetEverything | Undo):
        return True
    return isinstance(command, Revision) and answers_an_order(answer, command.language)


def answers_an_order(answer: str, language: str) -> bool:
    """Whether an answer begins as one of the sentences does that are said when something was decided.

    >>> answers_an_order("Confirmed: “You live in Lyon.”", "en"), answers_an_order("Porto is lovely.", "en")
    (True, False)
    """
    said = (BELIEF_SENTENCES[language], SHARE_SENTENCES[language], SKILL_SENTENCES[language])
    begins = (text.partition("{")[0] for sentences in said for text in astuple(sentences))
    return answer.startswith(tuple(words for words in begins if len(words) > 2 and words[0].isupper()))
