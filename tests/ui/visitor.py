"""Somebody at a browser: REST and pages with their cookies, and the chat's socket without a page."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx
import socketio

CONNECT = 20
ANSWER = 90


def same(first: httpx.Response, second: httpx.Response) -> bool:
    """Whether two answers cannot be told apart."""
    return (first.status_code, first.content) == (second.status_code, second.content)


class Visitor:
    """One person, signed in."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    @classmethod
    @contextmanager
    def signed_in(cls, address: str, name: str, password: str, **options: Any) -> Iterator[Visitor]:
        with httpx.Client(base_url=address, timeout=60, **options) as http:
            answer = http.post("/login", data={"username": name, "password": password})
            assert answer.status_code == 200, answer.text
            yield cls(http)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    def remembers(self, text: str) -> str:
        answer = self.http.post("/api/v1/memories", json={"text": text})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["memories"][0]["id"])

    @asynccontextmanager
    async def chat(self, **wishes: Any) -> AsyncIterator[Chat]:
        """A socket of this person, as the page opens it. Raises when it is refused."""
        async with chatting(str(self.http.base_url), self.cookie, **wishes) as chat:
            yield chat


class Chat:
    """One open socket and what came through it."""

    def __init__(self, client: socketio.AsyncClient, session: str) -> None:
        self.client = client
        self.session = session
        self.events: list[tuple[str, Any]] = []
        self.gone = asyncio.Event()
        self._answered = False
        self._done = asyncio.Event()
        client.on("*", self._came)
        client.on("disconnect", self._left)

    async def _came(self, event: str, *data: Any) -> None:
        self.events.append((event, data[0] if data else None))
        if event == "update_message" and data[0].get("name") == "on_message":
            self._answered = True
        elif event == "task_end" and self._answered:  # others come on connecting
            self._done.set()

    async def _left(self, *_: Any) -> None:
        self.gone.set()

    async def says(self, text: str) -> None:
        """Send a message and wait until it is answered, or until the door falls shut."""
        message = {"id": str(uuid.uuid4()), "type": "user_message", "name": "User", "output": text}
        message["createdAt"] = "2026-01-01T00:00:00.000Z"
        self._answered = False
        self._done.clear()
        await self.client.emit("client_message", {"message": message, "fileReferences": []})
        waits = [asyncio.create_task(event.wait()) for event in (self._done, self.gone)]
        done, left = await asyncio.wait(waits, timeout=ANSWER, return_when=asyncio.FIRST_COMPLETED)
        assert done, f"no answer: {self.events[-5:]}"
        for wait in left:
            wait.cancel()

    async def gone_for_good(self) -> None:
        await asyncio.wait_for(self.gone.wait(), CONNECT)

    async def until(self, event: str) -> Any:
        """The data of an event that came, or is about to."""
        for _ in range(CONNECT * 20):
            for name, data in self.events:
                if name == event:
                    return data
            await asyncio.sleep(0.05)
        raise AssertionError(f"no {event}: {[name for name, _ in self.events]}")

    @property
    def answers(self) -> str:
        """All that was said back."""
        said = [data["token"] for name, data in self.events if name == "stream_token"]
        said += [data["output"] for name, data in self.events if name == "new_message" and data.get("output")]
        return "".join(said)

    async def thread(self) -> str:
        return str((await self.until("first_interaction"))["thread_id"])


@asynccontextmanager
async def chatting(
    address: str,
    cookie: str,
    *,
    session: str | None = None,
    thread: str = "",
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[Chat]:
    client = socketio.AsyncClient(reconnection=False)
    chat = Chat(client, session or str(uuid.uuid4()))
    auth = {"sessionId": chat.session, "clientType": "webapp", "userEnv": "{}", "chatProfile": ""}
    sent = {**(headers or {}), **({"Cookie": cookie} if cookie else {})}
    await client.connect(
        address,
        socketio_path="/ws/socket.io",
        headers=sent,
        auth=auth | {"threadId": thread},
        transports=["websocket"],
        wait_timeout=CONNECT,
    )
    try:
        await client.emit("connection_successful")
        yield chat
    finally:
        await client.disconnect()
