"""Chainlit's routes that name a session, a conversation or a feedback: asked first whose it is.

What is somebody else's and what never was get the same answer. Comes before Chainlit's own routes.
"""

from __future__ import annotations

from typing import Annotated, Any

import chainlit as cl
import chainlit.server as chainlit_server
from chainlit.data import get_data_layer
from chainlit.session import WebsocketSession
from chainlit.types import CallActionRequest, DeleteFeedbackRequest, ElementRequest, UpdateFeedbackRequest
from fastapi import APIRouter, Depends, HTTPException

from agent.wiring import running
from memory.conversations import DocumentKind

from .history import History
from .person import Person, asking

router = APIRouter(include_in_schema=False)
Me = Annotated[Person, Depends(asking)]


@router.get("/avatars/{name:path}")
async def picture(name: str) -> Any:
    """Beside every answer our own, whatever the model is called: Chainlit refuses names with brackets or slashes."""
    return await chainlit_server.get_favicon()


@router.put("/project/element")
async def change_element(payload: ElementRequest, me: Me) -> Any:
    await _own_element(payload, me)
    return await chainlit_server.update_thread_element(payload, _user(me))


@router.delete("/project/element")
async def remove_element(payload: ElementRequest, me: Me) -> Any:
    await _own_element(payload, me)
    return await chainlit_server.delete_thread_element(payload, _user(me))


@router.post("/project/action")
async def act(payload: CallActionRequest, me: Me) -> Any:
    _own_session(payload.sessionId, me)
    return await chainlit_server.call_action(payload, _user(me))


@router.put("/feedback")
async def give_feedback(payload: UpdateFeedbackRequest, me: Me) -> Any:
    session = _own_session(payload.sessionId, me)
    history = get_data_layer()
    if isinstance(history, History):  # quick thumbs come before the answer they are about is written
        await history.written(session.thread_id)
    await _own("thread", payload.feedback.threadId or "", me)
    await _own("step", payload.feedback.forId, me)
    return await chainlit_server.update_feedback(None, payload, _user(me))


@router.delete("/feedback")
async def take_feedback_back(payload: DeleteFeedbackRequest, me: Me) -> dict[str, bool]:
    await _own("feedback", payload.feedbackId, me)
    app = running()
    kept = await app.conversations.get("feedback", payload.feedbackId, scope=me.scope)
    if kept is not None:
        await app.learning.withdraw(kept["forId"], scope=me.scope, by=me.principal)
    return {"success": await app.conversations.delete("feedback", payload.feedbackId, scope=me.scope)}


@router.post("/set-session-cookie")
async def no_session_cookie(me: Me) -> dict[str, str]:
    """Meant for several servers behind one address. There is one here, and anybody could set this cookie."""
    return {"message": "No cookie is needed."}


async def _own_element(payload: ElementRequest, me: Person) -> None:
    session = _own_session(payload.sessionId, me)
    thread = payload.element.get("threadId") or ""
    if thread != session.thread_id:  # a conversation is not stored before its first message
        await _own("thread", thread, me)


def _own_session(session_id: str, me: Person) -> WebsocketSession:
    session = WebsocketSession.get_by_id(session_id)
    if session is None or session.user is None or session.user.identifier != me.name:
        raise HTTPException(404, "There is no such session.")
    return session


async def _own(kind: DocumentKind, id: str, me: Person) -> None:
    if await running().conversations.get(kind, id, scope=me.scope) is None:
        raise HTTPException(404, f"There is no such {kind}.")


def _user(me: Person) -> cl.User:
    return cl.User(identifier=me.name)
