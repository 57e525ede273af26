"""Parts that mem0 is given in place of its own: model, store, embedder, history. It calls them from threads."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mem0.embeddings.base import EmbeddingBase
from mem0.llms.base import LLMBase
from mem0.vector_stores.base import VectorStoreBase

from memory.records import Shown
from privacy.identity import Scope

from ...models.port import ChatModel, Request
from ...prompting import prompt
from ...turns import Message
from .bridge import Bridge
from .entries import entries


class Reader(LLMBase):
    """The model: ours, behind its guard, with our instructions in place of mem0's 33,000 characters."""

    def __init__(self, model: ChatModel, scope: Scope, bridge: Bridge) -> None:
        super().__init__()
        self._model = model
        self._scope = scope
        self._bridge = bridge

    def generate_response(
        self, messages: list[dict[str, str]], tools: object = None, tool_choice: str = "auto", **_: object
    ) -> str:
        # nobody can write this line and end the data early
        mark = "".join(secrets.choice("-=") for _ in range(32))
        told = messages[-1]["content"]
        # the dates below are always today's, and no date is worked out
        told = told.rpartition("\n\n## Observation Date")[0] or told
        turns = prompt("extraction_turns", mark=mark, turns=told)
        asked = (Message("system", prompt("extraction")), Message("user", turns))
        request = Request(asked, self._scope, max_tokens=1500, temperature=0.0)
        return json.dumps({"memory": entries(self._bridge.wait(self._model.complete(request)))})


@dataclass(frozen=True, slots=True)
class Page:
    """A row as mem0 takes it."""

    id: str
    payload: dict[str, Any]
    score: float = 1.0


class Pages(VectorStoreBase):
    """The store: looking asks memory what it knows, and what is written down is handed to the distiller."""

    def __init__(self, ask: Callable[[str], Sequence[Shown]] = lambda _: ()) -> None:
        self._ask = ask
        self.written: list[str] = []
        self.shown: list[str] = []

    def search(self, query: str, vectors: object, top_k: int = 5, filters: object = None) -> list[Page]:
        known = self._ask(query)[:top_k]
        self.shown += [memory.text for memory in known]
        return [Page(memory.id, {"data": memory.text}) for memory in known]

    def insert(self, vectors: object, payloads: Any = None, ids: object = None) -> None:
        self.written += [payload["data"] for payload in payloads or ()]

    def list(self, filters: object = None, top_k: int | None = None) -> list[Page]:
        return []

    def keyword_search(self, query: str, top_k: int = 5, filters: object = None) -> None:
        """None: looking asks memory, which goes by words too."""

    # what an extraction never does

    def create_col(self, name: str, vector_size: int, distance: str) -> None: ...
    def delete(self, vector_id: str) -> None: ...
    def update(self, vector_id: str, vector: object = None, payload: object = None) -> None: ...
    def get(self, vector_id: str) -> None: ...
    def list_cols(self) -> None: ...
    def delete_col(self) -> None: ...
    def col_info(self) -> None: ...
    def reset(self) -> None: ...


class Unmeasured(EmbeddingBase):
    """The embedder: none, because memory embeds its own question."""

    def embed(self, text: str, memory_action: str | None = None) -> list[float]:
        return []


class Nowhere:
    """The history: none. mem0's own would keep every message in the clear, also after forgetting."""

    def get_last_messages(self, scope: str, limit: int = 10) -> list[dict[str, str]]:
        return []

    def save_messages(self, messages: object, scope: str) -> None: ...
    def batch_add_history(self, records: object) -> None: ...
    def add_history(self, *_: object, **__: object) -> None: ...
    def close(self) -> None: ...
