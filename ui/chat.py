"""Chainlit's handlers: a few lines each. Loaded by Chainlit itself, after `ui.server` has set the stage."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import chainlit as cl
from chainlit.chat_context import chat_contexts
from chainlit.utils import utc_now

from agent.turns import Finished, Message, Noticed, Recalled, Reference, Said, Trouble, Turn
from agent.wiring import running
from ui.accounts import present
from ui.display import Display, displayable
from ui.history import History

# an element without an address of its own is written to a file by Chainlit, which a full disk refuses
NO_FILE = "/memory"


@cl.data_layer
def history() -> History:
    return History()


@cl.on_chat_start
async def started() -> None:
    cl.user_session.set("history", [])
    if await _is_new_here():
        card = cl.CustomElement(name="FirstRun", props={}, url=NO_FILE, display="inline")
        await cl.Message("Hello, I am Keepsake.", elements=[card]).send()


async def _is_new_here() -> bool:
    """Whether somebody neither chose anything nor ever had a conversation."""
    app, me = running(), present()
    choice = await app.choices.of(scope=me.scope, by=me.principal)
    return choice.chosen_at is None and not await app.conversations.list("thread", scope=me.scope, limit=1)


@cl.on_chat_resume
async def resumed(thread: Any) -> None:
    # from memory, not from the transcript: what was forgotten must not come back into a prompt
    said = await running().assistant.said_before(thread["id"], scope=present().scope, by=present().principal)
    cl.user_session.set("history", list(said))


@cl.on_message
async def heard(message: cl.Message) -> None:
    if not message.content.strip():
        await cl.Message("Write something first: there is nothing in this message.").send()
        return
    me = present()
    past: list[Message] = cl.user_session.get("history") or []
    turn = Turn(
        principal=me.principal,
        scope=me.scope,
        thread=cl.context.session.thread_id,
        text=message.content,
        history=tuple(past),
        run=run.id if (run := cl.context.current_run) else "",
    )
    # dated before it is sent: a stopped answer stands above the notice that it was stopped
    answer = cl.Message("", author=running().model.name, created_at=utc_now())
    try:
        exchange = await _answered(turn, answer)
    except asyncio.CancelledError:
        said = await running().assistant.said_before(turn.thread, scope=me.scope, by=me.principal)
        unkept = [*past, Message("user", turn.text), Message("assistant", answer.content)]
        cl.user_session.set("history", list(said) or unkept)
        raise
    cl.user_session.set("history", [*past, *exchange][-20:])


async def _answered(turn: Turn, answer: cl.Message) -> list[Message]:
    """Stream the reply into `answer`. Stopped in the middle, what was said so far stays."""
    display, considered, exchange, noticed = Display(), 0, [], list[str]()
    try:
        async with aclosing(running().assistant.reply(turn)) as events:
            async for event in events:
                match event:
                    case Recalled(recollection):
                        considered = recollection.considered
                    case Said(piece):
                        await answer.stream_token(display.feed(piece))
                    case Trouble(sentence):
                        before = answer.content + display.close()
                        await answer.stream_token(f"{before}\n\n{sentence}".strip(), is_sequence=True)
                    case Noticed(sentence):
                        noticed.append(sentence)
                    case Finished(text, kept, used, receipt):
                        heard = kept[0] if kept else ""
                        answer.elements = [_receipt_of(used, considered, receipt, heard)]
                        exchange = _exchange(turn.text, text, kept)
    finally:
        await answer.stream_token(display.close())
        if answer.content or exchange:
            await answer.send()
        for sentence in noticed:
            await cl.Message(displayable(sentence)).send()
    return exchange


def _receipt_of(used: tuple[str, ...], considered: int, receipt: str, heard: str) -> cl.CustomElement:
    """Under an answer: what it rests on, what was sent for it, and what was `heard`. Ids only, never words."""
    props = {"ids": list(used), "considered": considered, "receipt": receipt, "heard": heard}
    return cl.CustomElement(name="MemoryUsed", props=props, url=NO_FILE, display="inline")


def _exchange(said: str, answered: str, kept: tuple[str, ...]) -> list[Message]:
    """Both sides of a turn with the memories that keep them: `kept` names the person's first, then the answer's."""
    references = [Reference(memory, 1) for memory in kept] + [None, None]
    return [Message("user", said, references[0]), Message("assistant", answered, references[1])]


@cl.on_chat_end
async def ended() -> None:
    # Chainlit never frees a finished chat's transcript
    chat_contexts.pop(cl.context.session.id, None)
