"""mem0 with parts of ours: it neither opens nor writes anything. Importing this takes two seconds, so it waits."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import mem0.utils.spacy_models as mem0_spacy
from mem0 import AsyncMemory
from mem0.configs.base import MemoryConfig
from mem0.exceptions import LLMError
from mem0.memory import telemetry

from memory.ports import Known
from privacy.errors import KeepsakeError
from privacy.identity import Scope

from ...errors import ExtractionFailed
from ...models.port import ChatModel
from .bridge import Bridge
from .parts import Nowhere, Pages, Reader, Unmeasured

if telemetry.MEM0_TELEMETRY:
    raise ImportError("mem0 was imported before agent.settings.quiet_libraries() was called")
# it would download a spaCy model for entities; its entities are not used
mem0_spacy._load_failed_full = mem0_spacy._load_failed_lemma = True
logging.getLogger("mem0").setLevel(logging.CRITICAL)  # below that it logs what it reads


@dataclass(frozen=True, slots=True)
class Extracted:
    """What mem0 took from a batch of messages, and what it was told is known."""

    texts: list[str]
    known: list[str]


class Extraction(AsyncMemory):
    """mem0's pipeline over parts of ours, for one batch. Its own constructor would open files and connections."""

    def __init__(self, reader: Reader, pages: Pages) -> None:
        self.config = MemoryConfig.model_construct(llm=_NO_PROVIDER)
        self.llm = reader
        self.vector_store = pages
        self.embedding_model = Unmeasured()
        self.db = Nowhere()
        self.reranker = None
        self.collection_name = "pages"
        self.api_version = "v1.1"
        self.custom_instructions = None
        self._entity_store = Pages()  # written to and thrown away


@dataclass(frozen=True, slots=True)
class _Provider:
    config: dict[str, object]


_NO_PROVIDER = _Provider({})


async def extract(
    messages: Sequence[dict[str, str]], model: ChatModel, scope: Scope, known: Known
) -> Extracted:
    """One call of mem0, and through it one of the model."""
    with Bridge() as bridge:
        pages = Pages(lambda words: bridge.wait(known.about(words)))
        memory = Extraction(Reader(model, scope, bridge), pages)
        try:
            await memory.add(list(messages), user_id="person", infer=True)
        except LLMError as error:
            if isinstance(error.__cause__, KeepsakeError):
                raise error.__cause__ from None
            raise _failed(error) from None
        except KeepsakeError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever mem0 trips over must not end the worker
            raise _failed(error) from None
    return Extracted(pages.written, pages.shown)


def _failed(error: Exception) -> ExtractionFailed:
    kind = type(error.__cause__ or error).__name__
    return ExtractionFailed(
        f"mem0 could not read the last turns ({kind}). They are kept and read again later."
    )
