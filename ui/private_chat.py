"""A private chat that its person wants to keep after all."""

from __future__ import annotations

from collections.abc import Sequence

import chainlit as cl
from chainlit.action import Action
from chainlit.chat_context import chat_context

from agent.wiring import running
from memory.errors import MemoryOff
from memory.records import Utterance

from .accounts import present
from .history import incognito
from .languages import preferred

LONGEST = 10_000  # messages of one chat
NOTHING_YET = "There is nothing to keep yet."
KEPT = "What was said so far is kept now: [open the chat]({address}). This window goes on being private: what is said here from now on is not kept."
KEPT_UNREMEMBERED = "What was said so far is in your chats now: [open the chat]({address}). Memory is off, so nothing of it is remembered. This window goes on being private."


def offer() -> Action:
    """The button under the first words of a private chat."""
    label = preferred(cl.context.session.language or "").say("Keep this chat")
    return Action(name="keep_chat", label=label, icon="bookmark", payload={})


async def keep_chat(_: Action) -> None:
    """Write what was said so far to disk: the transcript, and both sides as memories, as in any other chat."""
    say = preferred(cl.context.session.language or "").say
    said = [message for message in chat_context.get() if message.content.strip()]
    if not incognito():  # a client may call what it likes; any other chat is kept already
        return
    if not any(message.type == "user_message" for message in said):
        await cl.context.emitter.send_toast(say(NOTHING_YET), "info")
        return
    thread = cl.context.session.thread_id
    await _transcript(thread, said)
    remembered = await _remembered(thread, said)
    sentence = say(KEPT if remembered else KEPT_UNREMEMBERED)
    await cl.Message(sentence.format(address=f"/thread/{thread}")).send()


async def _transcript(thread: str, said: Sequence[cl.Message]) -> None:
    kept, scope = running().conversations, present().scope
    title = next(message.content for message in said if message.type == "user_message")
    await kept.put("thread", thread, {"id": thread, "name": title[:200]}, scope=scope)
    for message in said:
        step = dict(message.to_dict()) | {"threadId": thread}
        await kept.put("step", message.id, step, scope=scope, parent=thread)


async def _remembered(thread: str, said: Sequence[cl.Message]) -> bool:
    """Whether it is remembered: not while memory is off. The greeting, before somebody said something, is nobody's talk."""
    app, me = running(), present()
    first = next(place for place, message in enumerate(said) if message.type == "user_message")
    known = await app.memory.conversation(thread, limit=LONGEST, scope=me.scope, by=me.principal)
    for message in said[first + len(known) :]:  # kept a second time: what came since
        speaker = "user" if message.type == "user_message" else "assistant"
        try:
            await app.memory.remember(
                Utterance(text=message.content, speaker=speaker, session=thread),
                scope=me.scope,
                by=me.principal,
            )
        except MemoryOff:
            return False
    app.worker.nudge(me.scope, me.principal)
    return True
