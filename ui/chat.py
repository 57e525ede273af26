"""Chainlit's handlers: a few lines each. Loaded by Chainlit itself, after `ui.server` has set the stage."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import asdict
from typing import Any

import chainlit as cl
from chainlit.chat_context import chat_contexts
from chainlit.mode import Mode as Picker
from chainlit.mode import ModeOption
from chainlit.utils import utc_now

from agent.turns import (
    Deed,
    Finished,
    Message,
    Mode,
    Noticed,
    Recalled,
    Reference,
    Rests,
    Said,
    Trouble,
    Turn,
)
from agent.wiring import running
from memory.records import Recollection
from ui.accounts import present
from ui.display import Display, displayable
from ui.history import INCOGNITO, History, incognito
from ui.languages import preferred
from ui.private_chat import keep_chat, offer
from ui.wording import glimpse

# an element without an address of its own is written to a file by Chainlit, which a full disk refuses
NO_FILE = "/memory"
NOTHING_STAYS = "Incognito: I read no memories and keep nothing. This chat is gone when you close it."
COMMANDS = {
    "memory": ("Open your memory", "book-open"),
    "remember": ("Remember this", "bookmark"),
    "forget": ("Forget what is about this", "eraser"),
    "export": ("Download everything", "download"),
}
# commands that lead somewhere, and those that are said in words
PLACES = {
    "memory": "Everything I remember is on the [Memory page](/memory).",
    "export": "[Download everything](/api/v1/export): all memories and chats in plain files.",
}
SAID_BY = {"remember": "Remember that {text}", "forget": "Forget {text}"}


@cl.data_layer
def history() -> History:
    return History()


@cl.set_chat_profiles
async def profiles(user: cl.User | None, language: str | None = None) -> list[cl.ChatProfile]:
    say = preferred(language or "").say
    return [
        cl.ChatProfile(
            name="Standard",
            display_name=say("Standard"),
            markdown_description=say("I use what I remember, and remember what you tell me."),
            default=True,
        ),
        cl.ChatProfile(
            name=INCOGNITO,
            display_name=say("Incognito"),
            markdown_description=say("I read no memories and keep nothing."),
        ),
    ]


async def _equip() -> None:
    """What the composer offers; Chainlit forgets it with every connection, and the page does not."""
    say = _speaking()
    if incognito():
        await cl.context.emitter.set_commands([])
        await cl.context.emitter.set_modes([])
        return
    await cl.context.emitter.set_commands(
        [
            {"id": name, "description": say(what), "icon": icon, "button": False, "persistent": False}
            for name, (what, icon) in COMMANDS.items()
        ]
    )
    options = [
        ModeOption(
            id="remember",
            name=say("Remember"),
            description=say("Use memories and keep what is said."),
            default=True,
        ),
        ModeOption(
            id="dont_learn", name=say("Don't learn"), description=say("Use memories and keep nothing.")
        ),
    ]
    await cl.context.emitter.set_modes([Picker(id="memory", name=say("Memory"), options=options)])


def _speaking() -> Callable[[str], str]:
    return preferred(cl.context.session.language or "").say


@cl.on_chat_start
async def started() -> None:
    cl.user_session.set("history", [])
    await _equip()
    if incognito():
        await cl.Message(_speaking()(NOTHING_STAYS), actions=[offer()]).send()
        return
    await running().memory.expect(scope=present().scope, by=present().principal)
    if await _is_new_here():
        card = cl.CustomElement(name="FirstRun", props={}, url=NO_FILE, display="inline")
        await cl.Message("Hello, I am Keepsake.", elements=[card]).send()


async def _is_new_here() -> bool:
    """Whether somebody neither chose anything nor ever had a conversation."""
    app, me = running(), present()
    choice = await app.choices.of(scope=me.scope, by=me.principal)
    return choice.chosen_at is None and not await app.conversations.list("thread", scope=me.scope, limit=1)


cl.action_callback("keep_chat")(keep_chat)


@cl.on_chat_resume
async def resumed(thread: Any) -> None:
    # from memory, not from the transcript: what was forgotten must not come back into a prompt
    said = await running().assistant.said_before(thread["id"], scope=present().scope, by=present().principal)
    cl.user_session.set("history", list(said))
    await _equip()
    if not incognito():
        await running().memory.expect(scope=present().scope, by=present().principal)


def _commanded(message: cl.Message) -> tuple[str, str]:
    """The command and its words, whether it was chosen from the menu or typed out: `/forget my old job`."""
    if not message.command and message.content.startswith("/"):
        name, _, words = message.content[1:].partition(" ")
        if name.strip() in COMMANDS:
            return name.strip(), words
    return message.command or "", message.content


@cl.on_message
async def heard(message: cl.Message) -> None:
    command, text = _commanded(message)
    if command in PLACES:
        await cl.Message(_speaking()(PLACES[command])).send()
        return
    if not text.strip():
        await cl.Message("Write something first: there is nothing in this message.").send()
        return
    me = present()
    past: list[Message] = cl.user_session.get("history") or []
    turn = Turn(
        principal=me.principal,
        scope=me.scope,
        thread=cl.context.session.thread_id,
        text=SAID_BY.get(command, "{text}").format(text=text),
        mode=_mode(message),
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


def _mode(message: cl.Message) -> Mode:
    """What the profile of this chat and the picker beside the message say."""
    if incognito():
        return "incognito"
    return "dont_learn" if (message.modes or {}).get("memory") == "dont_learn" else "remember"


async def _answered(turn: Turn, answer: cl.Message) -> list[Message]:
    """Stream the reply into `answer`. Stopped in the middle, what was said so far stays."""
    display, recalled, exchange, noticed = Display(), Recollection(question=turn.text), [], list[str]()
    under = Under(name="MemoryUsed", props={"ids": []}, url=NO_FILE, display="inline", for_id=answer.id)
    answer.elements = [under]
    try:
        async with aclosing(running().assistant.reply(turn)) as events:
            async for event in events:
                match event:
                    case Recalled(recollection):
                        recalled = recollection
                    case Rests(used, deed):
                        # shown before the first word, so that both appear together
                        under.deed = deed
                        await under.rest_on(used, recalled)
                        await cl.context.emitter.send_element(under.to_dict())
                    case Said(piece):
                        await answer.stream_token(display.feed(piece))
                    case Trouble(sentence):
                        before = answer.content + display.close()
                        await answer.stream_token(f"{before}\n\n{sentence}".strip(), is_sequence=True)
                    case Noticed(sentence):
                        noticed.append(sentence)
                    case Finished(text, kept, used, receipt):
                        await under.rest_on(used, recalled, receipt, heard=kept[0] if kept else "")
                        exchange = _exchange(turn.text, text, kept)
    finally:
        await answer.stream_token(display.close())
        if answer.content or exchange:
            await answer.send()
        for sentence in noticed:
            await cl.Message(displayable(sentence)).send()
    return exchange


class Under(cl.CustomElement):
    """What stands under an answer. The words of the memories go to the browser with it, and nowhere else.

    What is kept, and drawn again when the chat is opened another day, are `props`: ids only (see `History`).
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self.told: dict[str, Any] = {}
        self.deed: Deed | None = None  # what was done at a word of the person's

    async def rest_on(
        self, used: tuple[str, ...], recalled: Recollection, receipt: str = "", heard: str = ""
    ) -> None:
        """What the answer rests on, what was sent for it, and what was `heard`.

        A model reads memories as they happened, and cites their numbers; a person sees first what fitted best.
        """
        score = {hit.memory.id: hit.score for hit in recalled.hits}
        best = sorted(range(len(used)), key=lambda place: -score.get(used[place], 0.0))
        self.props = {
            "ids": list(used),
            "best": best,
            "considered": recalled.considered,
            "receipt": receipt,
            "heard": heard,
            **({"deed": asdict(self.deed)} if self.deed else {}),
        }
        if self.told.keys() != {*used}:
            known = await running().memory.still_known(used, scope=present().scope, by=present().principal)
            self.told = {memory: glimpse(one) for memory, one in known.items()}

    def to_dict(self) -> Any:
        return super().to_dict() | {"props": {**self.props, "told": self.told}}


def _exchange(said: str, answered: str, kept: tuple[str, ...]) -> list[Message]:
    """Both sides of a turn with the memories that keep them: `kept` names the person's first, then the answer's."""
    references = [Reference(memory, 1) for memory in kept] + [None, None]
    return [Message("user", said, references[0]), Message("assistant", answered, references[1])]


@cl.on_chat_end
async def ended() -> None:
    # Chainlit never frees a finished chat's transcript
    chat_contexts.pop(cl.context.session.id, None)
