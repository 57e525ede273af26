"""What a person should know about how they are answered: kept as ids until it was said once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Literal

from memory.conversations import Conversations
from memory.facade import Memory
from memory.procedural import Selection
from memory.records import Shown
from privacy.access import require
from privacy.identity import Principal, Scope

About = Literal["retired", "replaced", "asks", "idle"]
SENTENCES: dict[About, Callable[[Shown], str]] = {
    "retired": lambda m: (
        f"I have stopped doing this, because the answers with it were not what you wanted: “{m.text}”. "
        f"To have it again: go back to it under Skills on the memory page, or with `keepsake skills rollback {m.id}`"
    ),
    "replaced": lambda m: (
        f"From now on I do this, because it worked better than what I did before: “{m.text}”."
    ),
    "idle": lambda m: (
        f"I keep how you want this: “{m.text}”. The model that comes along cannot follow it; a capable model does."
    ),
    "asks": lambda m: (
        f"You asked for something that does more than answer: “{m.text}”. It waits until you approve it: in Review on the "
        f"memory page, or with `keepsake skills approve {m.id}`"
    ),
}


def carried_over(selection: Selection) -> list[str]:
    """What was done on trial because it worked in situations a little like this one."""
    return [
        f"On trial here, because it worked in similar situations: “{applied.memory.text}”."
        for applied in selection.applied
        if applied.carried_over
    ]


def waits(heard: Sequence[Shown]) -> list[str]:
    """What was not simply kept of what was just said, and what to do about it."""
    said = []
    for marker in dict.fromkeys(mark for memory in heard for mark in memory.aside):
        if marker.startswith("[waiting"):
            said.append(
                f"{marker} This is kept only if you say yes, on the memory page or with `keepsake consent waiting`; "
                "without a yes it goes after 30 days."
            )
        else:
            said.append(f"{marker} As you decided, this was not kept.")
    if any(memory.status == "quarantined" for memory in heard):
        said.append(
            "This waits for your yes before it is remembered: see the memory page or `keepsake consent waiting`."
        )
    return said


class Notices:
    """Each is said once, and not at all when its procedure was forgotten before."""

    def __init__(self, conversations: Conversations, memory: Memory) -> None:
        self._conversations = conversations
        self._memory = memory

    async def leave(self, about: About, procedure: str, *, scope: Scope, by: Principal) -> None:
        require(by, "write", scope)
        body = {"id": uuid.uuid4().hex, "about": about, "procedure": procedure}
        await self._conversations.put("notice", body["id"], body, scope=scope)

    async def take(self, *, scope: Scope, by: Principal) -> list[str]:
        """Those that wait, oldest first; now they are said."""
        require(by, "read", scope)
        waiting = await self._conversations.list("notice", scope=scope, newest_first=False)
        if not waiting:
            return []
        live = await self._memory.still_known([body["procedure"] for body in waiting], scope=scope, by=by)
        for body in waiting:
            await self._conversations.delete("notice", body["id"], scope=scope)
        return [SENTENCES[b["about"]](live[b["procedure"]]) for b in waiting if b["procedure"] in live]
