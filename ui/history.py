"""Chainlit's data layer over `Conversations`: every text masked and sealed, nothing of the session kept."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from chainlit.context import context, context_var
from chainlit.data.base import BaseDataLayer
from chainlit.data.utils import queue_until_user_message
from chainlit.types import Feedback, PageInfo, PaginatedResponse, Pagination, ThreadFilter
from chainlit.user import PersistedUser, User

from agent.wiring import running
from memory.conversations import Conversations, DocumentKind
from memory.errors import StorageFault
from memory.moments import moment
from privacy.identity import Scope

from .accounts import present
from .wording import glimpse

log = logging.getLogger(__name__)
INCOGNITO = "Incognito"  # the profile of chats of which nothing is kept
_told: WeakKeyDictionary[Any, str] = WeakKeyDictionary()  # what each open chat has been told already


def _kept() -> Conversations:
    return running().conversations


def _scope() -> Scope:
    return present().scope


def _iso(microseconds: int) -> str:
    return moment(microseconds).isoformat()


def incognito() -> bool:
    """Whether the chat that is being written is one of which nothing is kept."""
    chat = context_var.get(None)
    return chat is not None and chat.session.chat_profile == INCOGNITO


async def _keep(kind: DocumentKind, identifier: str, body: dict[str, Any], parent: str = "") -> None:
    """Write a part of the transcript. When the disk refuses it, the chat goes on and its person is told once.

    Chainlit writes in tasks that nobody waits for: an error raised here would reach nobody.
    """
    if incognito():
        return
    try:
        await _kept().put(kind, identifier, body, scope=_scope(), parent=parent)
    except StorageFault as fault:
        log.warning("history: %s", fault)
        if _told.get(context.session) != str(fault):
            _told[context.session] = str(fault)
            await context.emitter.send_toast(f"This is not in your history. {fault}", "warning")


async def _worded(elements: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What stands under answers, with the words of the memories as they are now. Kept are ids only (see `chat.Under`)."""
    under = [one for one in elements if one.get("name") == "MemoryUsed"]
    ids = {memory for one in under for memory in (one.get("props") or {}).get("ids", ())}
    me = present()
    known = await running().memory.still_known(sorted(ids), scope=me.scope, by=me.principal) if ids else {}
    words = {memory: glimpse(known[memory]) if memory in known else None for memory in ids}

    def told(one: dict[str, Any]) -> dict[str, Any]:
        props = one.get("props") or {}
        return {**one, "props": {**props, "told": {memory: words[memory] for memory in props.get("ids", ())}}}

    return [told(one) if one.get("name") == "MemoryUsed" else one for one in elements]


class History(BaseDataLayer):
    """The conversations of whoever is asking. Steps of one thread are written in order."""

    def __init__(self) -> None:
        self._order: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def written(self, thread_id: str) -> None:
        """Wait until what was said so far in a conversation is written."""
        async with self._order[thread_id]:
            pass

    async def get_user(self, identifier: str) -> PersistedUser | None:
        # Chainlit asks only for whom the door let in, and for whom just gave the right password
        return PersistedUser(id=identifier, identifier=identifier, createdAt=_iso(0), metadata={})

    async def create_user(self, user: User) -> PersistedUser | None:
        return await self.get_user(user.identifier)

    async def upsert_feedback(self, feedback: Feedback) -> str:
        feedback_id = feedback.id or f"feedback-{feedback.forId}"
        body = {"forId": feedback.forId, "value": feedback.value, "comment": feedback.comment}
        await _kept().put("feedback", feedback_id, body, scope=_scope(), parent=feedback.threadId or "")
        if await _kept().get("feedback", feedback_id, scope=_scope()) is None:
            return feedback_id  # the id is somebody else's: nothing was kept, nothing is learned
        await running().learning.thumb(
            feedback.forId,
            bool(feedback.value),
            feedback.comment or "",
            scope=_scope(),
            by=present().principal,
            thread=feedback.threadId or None,
        )
        return feedback_id

    async def delete_feedback(self, feedback_id: str) -> bool:
        return await _kept().delete("feedback", feedback_id, scope=_scope())

    @queue_until_user_message()
    async def create_element(self, element: Any) -> None:
        props = getattr(element, "props", {})
        kept = {name: value for name, value in props.items() if name != "told"}  # words are never kept
        body = element.to_dict() | {"props": kept}
        await _keep("element", element.id, body, parent=element.thread_id or "")

    async def get_element(self, thread_id: str, element_id: str) -> Any:
        return await _kept().get("element", element_id, scope=_scope())

    @queue_until_user_message()
    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        await _kept().delete("element", element_id, scope=_scope())

    @queue_until_user_message()
    async def create_step(self, step_dict: Any) -> None:
        thread = step_dict.get("threadId") or ""
        async with self._order[thread]:
            # the run's input repeats the message; nothing reads it
            body = {**step_dict, "input": ""} if step_dict.get("type") == "run" else dict(step_dict)
            await _keep("step", step_dict["id"], body, parent=thread)

    @queue_until_user_message()
    async def update_step(self, step_dict: Any) -> None:
        await self.create_step(step_dict)

    @queue_until_user_message()
    async def delete_step(self, step_id: str) -> None:
        await _kept().delete("step", step_id, scope=_scope())

    async def get_thread_author(self, thread_id: str) -> str:
        """Empty for what is unknown and for what is somebody else's: Chainlit answers 404 to both."""
        return present().name if await _kept().get("thread", thread_id, scope=_scope()) else ""

    async def delete_thread(self, thread_id: str) -> None:
        me = present()
        await running().memory.delete_chat(thread_id, scope=me.scope, by=me.principal)

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[Any]:
        found = [self._thread(body) for body in await _kept().list("thread", scope=_scope())]
        if filters.search:
            found = [t for t in found if filters.search.casefold() in (t["name"] or "").casefold()]
        start = next((i + 1 for i, t in enumerate(found) if t["id"] == pagination.cursor), 0)
        page = found[start : start + pagination.first]
        more = start + pagination.first < len(found)
        ends = (page[0]["id"], page[-1]["id"]) if page else (None, None)
        return PaginatedResponse(pageInfo=PageInfo(more, *ends), data=page)

    async def get_thread(self, thread_id: str) -> Any:
        body = await _kept().get("thread", thread_id, scope=_scope())
        if body is None:
            return None
        kept = _kept()
        steps = await kept.list("step", scope=_scope(), parent=thread_id, newest_first=False)
        elements = await kept.list("element", scope=_scope(), parent=thread_id, newest_first=False)
        # they are written side by side, so the order on disk is not the order in which they were said
        in_order = sorted(steps, key=lambda step: step.get("createdAt") or "")
        return self._thread(body) | {"steps": in_order, "elements": await _worded(elements)}

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Keeps the title only: `metadata` is the whole session and stays in memory."""
        async with self._order[thread_id]:
            kept = await _kept().get("thread", thread_id, scope=_scope())
            if name is None and kept is not None:
                return
            title = name if name is not None else "New conversation"
            await _keep("thread", thread_id, {"id": thread_id, "name": title[:200]})

    @staticmethod
    def _thread(body: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": body["id"],
            "name": body["name"],
            "createdAt": _iso(body["_updated_at"]),
            "userId": present().name,
            "userIdentifier": present().name,
            "tags": [],
            "metadata": {},
            "steps": [],
            "elements": [],
        }

    async def build_debug_url(self) -> str:
        return ""

    async def close(self) -> None:
        """The ledger is closed by its app."""

    async def get_favorite_steps(self, user_id: str) -> list[Any]:
        return []
