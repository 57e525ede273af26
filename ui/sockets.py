"""Chainlit's sockets, asked again and again whose they are: a sign-in can end while a socket is open."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from chainlit.auth import get_token_from_cookies
from chainlit.chat_context import chat_contexts
from chainlit.config import ChainlitConfig, config
from chainlit.emitter import ChainlitEmitter
from chainlit.server import sio
from chainlit.session import WebsocketSession, ws_sessions_sid
from chainlit.user_session import user_sessions
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.requests import cookie_parser

from agent.wiring import running

from .accounts import signed_in
from .languages import preferred
from .person import Person
from .wording import GONE

Handler = Callable[..., Awaitable[Any]]


def guard() -> None:
    """Put our questions before each of Chainlit's handlers. Call once, after Chainlit is loaded."""
    # no long polling: there, knowing a socket's id is enough to speak through it
    sio.eio.transports = ["websocket"]
    WebsocketSession.get_config = _one_configuration
    ChainlitEmitter.send_resume_thread_error = _gone
    handlers: dict[str, Handler] = sio.handlers["/"]
    for event, handler in list(handlers.items()):
        if event == "connect":
            handlers[event] = _connecting(handler)
        elif event != "disconnect":
            handlers[event] = _still_signed_in(handler)


async def _gone(emitter: ChainlitEmitter, _: str) -> None:
    """In the person's words; of a private chat, of one that never was and of somebody else's it says the same."""
    await emitter.emit("resume_thread_error", preferred(emitter.session.language or "").say(GONE))


async def close_ended() -> None:
    """Close every socket whose sign-in has ended, at once."""
    for sid, session in list(ws_sessions_sid.items()):
        if not await _good(session):
            await sio.disconnect(sid)


def let_go(memories: Collection[str]) -> None:
    """Forget what open chats hold of destroyed memories: their history, and Chainlit's own transcripts, which nobody reads."""
    chat_contexts.clear()
    for kept in list(user_sessions.values()):
        history = kept.get("history")
        if history:
            kept["history"] = [m for m in history if m.kept is None or m.kept.id not in memories]


def _one_configuration(session: WebsocketSession) -> ChainlitConfig:
    """Ours is the same in every profile; Chainlit asks the profiles in a way that fails inside a running loop."""
    return config


def _connecting(handler: Handler) -> Handler:
    async def connect(sid: str, environ: dict[str, Any], auth: Any = None) -> Any:
        wanted = auth if isinstance(auth, dict) else {}
        # Chainlit makes a folder of this name, and deletes it with all that is in it
        if not _is_uuid(wanted.get("sessionId")):
            raise Refused("authentication failed")
        answer = await handler(sid, environ, wanted)
        session = WebsocketSession.get(sid)
        if session is not None:
            session.token = get_token_from_cookies(cookie_parser(environ.get("HTTP_COOKIE", "")))
            await _own_conversation(session)
        return answer

    return connect


async def _own_conversation(session: WebsocketSession) -> None:
    """A conversation of somebody else is as unknown as one that never was: what is said starts a new one."""
    wanted = session.thread_id_to_resume
    if not wanted or session.has_first_interaction or session.user is None:
        return
    scope = Person.named(session.user.identifier).scope
    if await running().conversations.get("thread", wanted, scope=scope) is None:
        session.thread_id = str(uuid.uuid4())


def _still_signed_in(handler: Handler) -> Handler:
    async def handle(sid: str, *data: Any) -> Any:
        session = WebsocketSession.get(sid)
        if session is None or not await _good(session):
            await sio.disconnect(sid)
            return None
        return await handler(sid, *data)

    return handle


async def _good(session: WebsocketSession) -> bool:
    if running().settings.auth == "none":
        return True
    person = await signed_in(session.token)
    return person is not None and session.user is not None and person.name == session.user.identifier


def _is_uuid(text: object) -> bool:
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text
    except ValueError:
        return False
