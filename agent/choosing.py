"""Which detector, index, embedder, reranker, model and readers of what was said the settings ask for."""

from __future__ import annotations

import logging
import shutil
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from memory.errors import IndexFault
from memory.hush import Hush
from memory.ports import Distiller, Embedder, Reranker
from memory.stores.milvus import MilvusIndex
from memory.stores.private_milvus import PrivateMilvus
from memory.stores.tmpfs import in_memory
from privacy.detectors import Detector, NoDetector

from .detection import detector
from .distillers.mem0.distiller import Mem0Distiller
from .distillers.rules import RulesDistiller
from .embedders.openai import OpenAIEmbedder
from .errors import BadSettings
from .learning import Learning
from .models.embedded import EmbeddedModel
from .models.openai import OpenAIModel
from .models.port import ChatModel
from .parsing import parse
from .reader.stating import Stating
from .rerankers.by_model import ModelReranker
from .rerankers.cross_encoder import CrossEncoder
from .sending import Discreet, Sending
from .settings import Settings, capable_model, runtime_dir

log = logging.getLogger(__name__)


def chosen_detector(settings: Settings) -> Detector | NoDetector:
    if not settings.masking:
        log.warning("masking is off: personal details are stored as they are typed (still sealed)")
        return NoDetector()
    return detector(settings.cache_home)


def opened_index(settings: Settings, dimensions: int, stack: AsyncExitStack) -> MilvusIndex:
    """Milvus at the address given, or a Milvus Lite host of our own. Without it memory goes on, only slower."""
    index: MilvusIndex
    if settings.milvus_uri:
        token = settings.milvus_token.get_secret_value() if settings.milvus_token else ""
        index = MilvusIndex(settings.milvus_uri, dimensions, token)
    else:
        index = PrivateMilvus(_index_folder(settings, stack), runtime_dir(settings.home), dimensions)
    stack.callback(index.close)
    try:
        index.recover()
    except IndexFault as fault:
        log.warning("%s", fault)
    return index


def _index_folder(settings: Settings, stack: AsyncExitStack) -> Path:
    """Beside the ledger; or in memory, written anew at each start. Raises BadSettings."""
    on_disk = settings.home / "milvus"
    if not settings.index_in_memory:
        return on_disk
    folder = in_memory(runtime_dir(settings.home).name)
    if folder is None:
        raise BadSettings(
            "KEEPSAKE_INDEX_IN_MEMORY needs a place in memory (tmpfs at /dev/shm), and this system has none. Unset it, or "
            "give a Milvus server of your own with KEEPSAKE_MILVUS_URI."
        )
    shutil.rmtree(on_disk, ignore_errors=True)  # from before it was set
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def chosen_embedders(
    settings: Settings, own: Embedder, before: str, stack: AsyncExitStack
) -> tuple[Embedder, Embedder | None]:
    """Who reads for the index, and who takes over from them: the one that is set, where another one has read so far.

    `own`: the one that comes along. `before`: the name of the one that has read so far; empty: nobody.
    """
    if not settings.embedder:
        wanted: Embedder = own
    else:
        wanted = _served(settings, settings.embedder, stack)
    if before in ("", wanted.name):
        return wanted, None
    if before == own.name:
        return own, wanted
    model, _, rest = before.partition("@")
    dimensions = rest.rpartition(" ")[2]
    if rest and dimensions.isdecimal():
        earlier = settings.model_copy(update={"embedder_dimensions": int(dimensions)})
        earlier_one = _served(earlier, model, stack)
        if earlier_one.name == before:
            return earlier_one, wanted
    return (
        wanted,
        None,
    )  # whoever it was is not there any more: until everything is read anew the words decide


def _served(settings: Settings, model: str, stack: AsyncExitStack) -> OpenAIEmbedder:
    embedder = OpenAIEmbedder(settings, model)
    stack.callback(embedder.close)
    return embedder


def chosen_reranker(settings: Settings, model: ChatModel, sending: Sending) -> Reranker | None:
    """Who takes a second look at the best memories; nobody where it is not asked for."""
    if not settings.reranker:
        return None
    if settings.reranker == "model":
        return ModelReranker(model, sending)
    return CrossEncoder(Path(settings.reranker))


def chosen_model(settings: Settings) -> ChatModel:
    if capable_model(settings):
        return OpenAIModel(settings)
    return EmbeddedModel(settings.cache_home)


def model_reads(settings: Settings, model: ChatModel, *, given: bool) -> bool:
    """Whether the model reads what was said: when it is capable and set up for it, or asked for."""
    wanted = settings.extraction == "mem0" or (settings.extraction == "auto" and model.capable and not given)
    if wanted and not model.capable:
        raise BadSettings(
            "KEEPSAKE_EXTRACTION=mem0 needs a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL."
        )
    return wanted


def chosen_distillers(
    model: ChatModel, learning: Learning, states: Stating, sending: Sending, hush: Hush, *, reads: bool
) -> list[Distiller]:
    """Who reads what was said: rules and learning always, and mem0 where a model reads."""
    stated = None if reads else partial(states, give_way=hush.give_way)
    rules: list[Distiller] = [RulesDistiller(hush.unhurried(parse), stated), learning]
    return [*rules, Discreet(Mem0Distiller(model), sending)] if reads else rules
