"""Somebody at the chat, without a browser: Chainlit's own Socket.IO, spoken by an ordinary class."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import socketio

Event = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one message, in the order it came."""

    text: str  # the last message of the assistant, whole
    pieces: tuple[str, ...]  # as it was streamed
    elements: tuple[dict[str, Any], ...]  # what stands under it
    messages: tuple[dict[str, Any], ...]  # all messages of this turn
    run: str  # what feedback refers to

    def element(self, name: str) -> dict[str, Any]:
        """The properties of the element of this name."""
        return [element["props"] for element in self.elements if element["name"] == name][-1]


class Chatting:
    """One open chat. Use `chatting(address)`."""

    def __init__(self, address: str, http: httpx.AsyncClient, thread: str, profile: str = "") -> None:
        self.address = address
        self.http = http  # signed in
        self.thread = thread
        self.profile = profile
        self.session = str(uuid.uuid4())
        self.events: list[Event] = []
        self._news = asyncio.Condition()
        self._socket = socketio.AsyncClient(reconnection=False)
        self._socket.on("*", self._came)

    async def _came(self, event: str, *data: Any) -> None:
        async with self._news:
            self.events.append((event, data[0] if data else None))
            self._news.notify_all()

    async def connect(self) -> None:
        await self._socket.connect(
            self.address,
            socketio_path="/ws/socket.io",
            headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())},
            auth={
                "sessionId": self.session,
                "clientType": "webapp",
                "userEnv": "{}",
                "chatProfile": self.profile,
                "threadId": self.thread,
            },
            transports=["websocket"],
        )
        await self._socket.emit("connection_successful")
        await self.until(lambda event: event[0] == "clear_call_fn")
        # what belongs to opening the chat is over: from here on a turn's end is the end of a turn
        await self.until(lambda event: event[0] in ("resume_thread", "task_end"), after=3)

    async def disconnect(self) -> None:
        await self._socket.disconnect()

    async def until(self, wanted: Callable[[Event], bool], *, after: int = 0, timeout: float = 60) -> Event:
        """The first event from `after` on that is wanted; waits for it."""
        async with self._news, asyncio.timeout(timeout):
            while True:
                for event in self.events[after:]:
                    if wanted(event):
                        return event
                await self._news.wait()

    async def begin(self, text: str, **more: Any) -> int:
        """Send a message and do not wait. Returns where its events begin. `more`: modes, command."""
        begins = len(self.events)
        message = {
            "id": str(uuid.uuid4()),
            "threadId": self.thread,
            "name": "user",
            "type": "user_message",
            "output": text,
            "createdAt": datetime.now(UTC).isoformat(),
            **more,
        }
        await self._socket.emit("client_message", {"message": message, "fileReferences": []})
        return begins

    async def finish(self, begins: int, timeout: float = 60) -> Answer:
        """Wait for the end of a turn."""
        await self.until(lambda event: event[0] == "task_end", after=begins, timeout=timeout)
        if not self.thread:  # told beside the answer: before it or after it
            _, opened = await self.until(lambda event: event[0] == "first_interaction")
            self.thread = opened["thread_id"]
        came = self.events[begins:]
        messages = [
            data for event, data in came if event == "new_message" and data["type"] == "assistant_message"
        ]
        runs = [data["id"] for event, data in came if event == "new_message" and data["type"] == "run"]
        return Answer(
            text=messages[-1]["output"] if messages else "",
            pieces=tuple(
                data["output"] if event == "stream_start" else data["token"]
                for event, data in came
                if event in ("stream_start", "stream_token")
            ),
            elements=tuple(data for event, data in came if event == "element"),
            messages=tuple(messages),
            run=runs[-1] if runs else "",
        )

    async def say(self, text: str, timeout: float = 60, **more: Any) -> Answer:
        return await self.finish(await self.begin(text, **more), timeout)

    async def stop(self) -> None:
        """Press the Stop button."""
        await self._socket.emit("stop")

    async def feedback(self, answer: Answer, value: int, comment: str = "") -> str:
        """Thumbs up (1) or down (0), with words. Returns its id."""
        given = {"forId": answer.run, "value": value, "comment": comment, "threadId": self.thread}
        done = await self.http.put("/feedback", json={"feedback": given, "sessionId": self.session})
        done.raise_for_status()
        return str(done.json()["feedbackId"])


@asynccontextmanager
async def chatting(
    address: str, *, thread: str = "", person: str = "", password: str = "", profile: str = ""
) -> AsyncIterator[Chatting]:
    """A chat of the local person, or of one who signs in; in a new thread, or one to take up again."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        signing_in = (
            http.post("/login", data={"username": person, "password": password})
            if person
            else http.post("/auth/header")
        )
        (await signing_in).raise_for_status()
        chat = Chatting(address, http, thread, profile)
        await chat.connect()
        try:
            yield chat
        finally:
            await chat.disconnect()
