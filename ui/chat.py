"""Chainlit's handlers: a few lines each. Loaded by Chainlit itself, after `ui.server` has set the stage."""

from __future__ import annotations

import re
from typing import Any

import chainlit as cl
from chainlit.chat_context import chat_contexts

from agent.turns import Finished, Message, Recalled, Reference, Said, Trouble, Turn
from agent.wiring import running
from ui.accounts import present
from ui.history import History

_IMAGE = re.compile(r"!\[")  # an image in an answer would be fetched
_COLON = re.compile(r":(?=[A-Za-z])")  # Chainlit's markdown takes ":word" for a directive and drops it


def displayable(text: str) -> str:
    """An answer as markdown that shows what was said and fetches nothing."""
    return _COLON.sub(r"\\:", _IMAGE.sub(r"!\\[", text))


@cl.data_layer
def history() -> History:
    return History()


@cl.on_chat_start
async def started() -> None:
    cl.user_session.set("history", [])


@cl.on_chat_resume
async def resumed(thread: Any) -> None:
    # from memory, not from the transcript: what was forgotten must not come back into a prompt
    said = await running().assistant.said_before(thread["id"], scope=present().scope, by=present().principal)
    cl.user_session.set("history", list(said))


@cl.on_message
async def heard(message: cl.Message) -> None:
    app, me = running(), present()
    past: list[Message] = cl.user_session.get("history") or []
    turn = Turn(
        principal=me.principal,
        scope=me.scope,
        thread=cl.context.session.thread_id,
        text=message.content,
        history=tuple(past),
    )
    if not turn.text.strip():
        await cl.Message("Write something first: there is nothing in this message.").send()
        return
    answer = cl.Message("", author=app.model.name)
    considered = 0
    async for event in app.assistant.reply(turn):
        match event:
            case Recalled(recollection):
                considered = recollection.considered
            case Said(piece):
                await answer.stream_token(displayable(piece))
            case Trouble(sentence):
                await answer.stream_token(sentence)
            case Finished(text, kept, used, receipt):
                if used:
                    props = {"ids": list(used), "considered": considered, "receipt": receipt}
                    answer.elements = [cl.CustomElement(name="MemoryUsed", props=props, display="inline")]
                past += _exchange(turn.text, text, kept)
    await answer.send()
    cl.user_session.set("history", past[-20:])


def _exchange(said: str, answered: str, kept: tuple[str, ...]) -> list[Message]:
    """Both sides of a turn with the memories that keep them: `kept` names the person's first, then the answer's."""
    references = [Reference(memory, 1) for memory in kept] + [None, None]
    return [Message("user", said, references[0]), Message("assistant", answered, references[1])]


@cl.on_chat_end
async def ended() -> None:
    # Chainlit never frees a finished chat's transcript
    chat_contexts.pop(cl.context.session.id, None)
