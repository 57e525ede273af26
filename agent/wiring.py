"""The one place that knows all classes: it opens an app from its settings and closes it again."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from memory.activity import SENT, Activity
from memory.archive import Archive, utc_now
from memory.backup import Backups, seal_heads
from memory.charters import Charters
from memory.choices import Choices
from memory.conversations import Conversations
from memory.errors import IndexFault
from memory.facade import Memory
from memory.gate import Gate
from memory.indexer import READING, made_by
from memory.outcomes import Outcomes
from memory.portability import Portability
from memory.ports import Distiller, Embedder, Reranker
from memory.ranking import RankingPolicy
from memory.sharing import Sharing
from memory.stores.documents import Documents
from memory.stores.ledger import Ledger
from memory.stores.milvus import MilvusIndex
from memory.stores.private_milvus import PrivateMilvus
from memory.stores.tmpfs import in_memory
from privacy.accounts import Accounts
from privacy.anonymization import Anonymizer, Outgoing
from privacy.categories import Judge, judge
from privacy.detectors import Detector, NoDetector
from privacy.encryption import CHECK, KeyRing, derived, opens_store
from privacy.identity import Principal, Scope
from privacy.master_key import load_master_key, lock_up, next_master_key, open_up, promote, settle
from privacy.vault import Vaults

from .adapting import Adapting
from .answers import Grounding
from .asking import Asking
from .assistant import Assistant
from .background import Worker
from .commands.obedience import Obedience
from .commands.revising import Revising
from .detection import detector
from .distillers.mem0.distiller import Mem0Distiller
from .distillers.rules import RulesDistiller
from .embedders.minilm import MiniLM
from .embedders.openai import OpenAIEmbedder
from .errors import BadSettings
from .languages import language_of
from .learning import Learning
from .masking import MaskedEmbedder, MaskedModel
from .models.embedded import EmbeddedModel
from .models.openai import OpenAIModel
from .models.port import ChatModel
from .notices import Notices
from .parsing import parse
from .practice import Practice
from .procedures import Procedures
from .reader.answering import Answering
from .reader.encoder import Encoder
from .reader.special import Special
from .reader.stating import Stating
from .receipts import Receipts
from .rerankers.by_model import ModelReranker
from .rerankers.cross_encoder import CrossEncoder
from .reservations import Reservations
from .review import Review
from .sending import Discreet, Means, Sending
from .settings import Settings, capable_model, quiet_libraries
from .tools import Tools

log = logging.getLogger(__name__)
LONGEST_RUNTIME_DIR = 80  # characters: the name of a Unix socket in it ends at 103


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, wired together. Close it with `aclose`."""

    settings: Settings
    memory: Memory
    conversations: Conversations
    charters: Charters
    choices: Choices
    sharing: Sharing
    activity: Activity
    assistant: Assistant
    asking: Asking
    receipts: Receipts
    reservations: Reservations
    review: Review
    procedures: Procedures
    outcomes: Outcomes
    learning: Learning
    practice: Practice
    accounts: Accounts
    backups: Backups
    portability: Portability
    worker: Worker
    model: ChatModel
    embedder: Embedder
    providers: tuple[str, ...]  # hosts of the models that run elsewhere
    judge: Judge
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
        await asyncio.to_thread(self.judge.sensitive, "Good morning.")
        await asyncio.to_thread(parse, ["Good morning."])
        await asyncio.to_thread(language_of, "Good morning.")
        await self.model.warm()

    async def aclose(self) -> None:
        await self._closing.aclose()


def runtime_dir(home: Path) -> Path:
    """A private folder with a short path for sockets: Unix socket names end at about 100 characters."""
    name = f"keepsake-{os.getuid()}-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"
    folder = Path(os.path.realpath(tempfile.gettempdir())) / name
    return folder if len(str(folder)) <= LONGEST_RUNTIME_DIR else Path("/tmp") / name  # noqa: S108  # made private


async def open_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    model: ChatModel | None = None,
    embedder: Embedder | None = None,
    ranking: RankingPolicy | None = None,
    reranker: Reranker | None = None,
    rng: Random | None = None,
) -> App:
    """Open all parts in order; a part that fails closes those before it. `rng` draws what is tried."""
    quiet_libraries(settings)
    async with AsyncExitStack() as stack:
        ledger = await asyncio.to_thread(Ledger.open, settings.home)
        stack.callback(ledger.close)
        master = _master_key(settings, ledger)
        keyring = KeyRing(master, ledger)
        await asyncio.to_thread(seal_heads, ledger, keyring)
        vaults = Vaults(keyring, ledger)
        anonymizer = Anonymizer(_detector(settings))
        encoder = Encoder(settings.cache_home)  # what is sensitive is judged here, wherever the models are
        sensitivity = judge(Special(encoder))
        embedder = embedder or MiniLM(settings.cache_home)
        reader, successor = _embedders(settings, embedder, made_by(ledger.bookmark(READING)), stack)
        index = await asyncio.to_thread(_index, settings, reader.dimensions, stack)
        archive = Archive(ledger, keyring, vaults, anonymizer)
        conversations = Conversations(ledger, keyring, anonymizer, vaults, clock)
        activity = Activity(ledger, keyring, clock)
        charters = Charters(conversations, keyring, activity, clock, settings.sensitive)
        anonymizer.wanted = lambda owner: charters.of_owner(owner).masking
        choices = Choices(charters)
        backups = Backups(ledger, keyring)
        sharing = Sharing(conversations, keyring, activity, ledger, backups, clock)
        await asyncio.to_thread(backups.refresh_stale)
        chosen = model or _model(settings)
        stack.push_async_callback(chosen.aclose)
        means = Means(charters, keyring, sensitivity, anonymizer, vaults)
        sending = _sending(means, chosen)
        if chosen.place == "elsewhere":
            outgoing = Outgoing(anonymizer, vaults, derived(master, "outgoing"))
            agreed, tell = partial(charters.allows, purpose="provider"), partial(_sent, activity)
            chosen = MaskedModel(chosen, outgoing, agreed, tell, sending)
        guarded = partial(_guarded, means=means, activity=activity)
        memory = Memory(
            archive,
            index,
            embedder,
            vaults,
            conversations,
            backups,
            keyring,
            charters,
            Gate(sharing, activity, clock),
            activity,
            sensitivity,
            clock=clock,
            ranking=ranking,
            reranker=reranker or _reranker(settings, chosen, sending),
            reads=guarded(reader),
            successor=guarded(successor) if successor else None,
            may_read=partial(_may_read, means),
            will_read=partial(_reading, activity),
        )
        stack.push_async_callback(memory.aclose)
        receipts, notices = Receipts(conversations, memory), Notices(conversations, memory)
        outcomes = Outcomes(conversations, keyring.pseudonym)
        procedures = Procedures(memory, outcomes, embedder, rng or Random())  # noqa: S311  # chance, not secrecy
        reads = _reads(settings, chosen, given=model is not None)
        learning = Learning(
            memory,
            procedures,
            outcomes,
            receipts,
            notices,
            choices,
            chosen if reads else None,
            sending=sending,
            steers=chosen.capable,
        )
        worker = Worker(memory, _distillers(chosen, learning, Stating(encoder), sending, reads=reads))
        stack.push_async_callback(worker.aclose)
        reservations = Reservations(conversations, memory, receipts, procedures)
        revising = Revising(memory, receipts, reservations, choices)
        obedience = Obedience(memory, receipts, revising, capable=chosen.capable)
        grounding = Grounding(parse, embedder, Answering(encoder))
        assistant = Assistant(
            memory,
            choices,
            chosen,
            worker,
            receipts,
            procedures,
            notices,
            obedience,
            reservations,
            Adapting(memory, embedder),
            Tools(memory, reservations, obedience, sending),
            sending,
            parse,
            grounding,
        )
        return App(
            settings=settings,
            memory=memory,
            conversations=conversations,
            charters=charters,
            choices=choices,
            sharing=sharing,
            activity=activity,
            assistant=assistant,
            asking=Asking(memory, obedience, grounding),
            receipts=receipts,
            reservations=reservations,
            review=Review(memory, conversations, clock),
            procedures=procedures,
            outcomes=outcomes,
            learning=learning,
            practice=Practice(memory, procedures, outcomes),
            accounts=Accounts(ledger.documents, keyring, clock),
            backups=backups,
            portability=Portability(archive, conversations, activity, clock),
            worker=worker,
            model=chosen,
            embedder=embedder,
            providers=_providers(chosen, reader, successor),
            judge=sensitivity,
            documents=ledger.documents,
            keyring=keyring,
            vaults=vaults,
            anonymizer=anonymizer,
            ledger=ledger,
            _closing=stack.pop_all(),
        )


def master_key(settings: Settings, *, data: bool) -> bytes:
    """`data`: there is sealed data, so that a new key would be of no use. Raises NoKey, WrongKey."""
    given = settings.master_key.get_secret_value() if settings.master_key else None
    return load_master_key(given=given, path=_key_file(settings), use_keyring=settings.use_keyring, data=data)


def _master_key(settings: Settings, ledger: Ledger) -> bytes:
    settle(_key_file(settings), lambda master: opens_store(master, ledger))
    return master_key(settings, data=ledger.get_key(CHECK) is not None)


def _key_file(settings: Settings) -> Path:
    return settings.config_home / "master.key"


@dataclass(frozen=True, slots=True)
class Rotated:
    """A new master key is in force."""

    keys: int
    kept: str  # where the old one lies
    backups: bool  # whether every backup could be reached


def rotate_master_key(app: App) -> Rotated:
    """A new master key on disk first, then every key wrapped with it at once, then it takes its place.

    Killed at any point: the next start finds out which of the two is in force. Raises BadSettings.
    """
    _require_key_file(app.settings, "changed")
    path = _key_file(app.settings)
    new = next_master_key(path)
    app.backups.stale()
    keys = app.keyring.rotate(new)
    kept = promote(path)
    return Rotated(keys, str(kept), app.backups.refresh())


def lock(app: App, passphrase: str) -> None:
    """Put the master key under a passphrase, and every key out of memory. Raises BadSettings, WrongKey."""
    _require_key_file(app.settings, "locked")
    lock_up(_key_file(app.settings), passphrase)
    app.keyring.lock()
    app.vaults.close()
    app.memory.put_away()


def open_key_file(settings: Settings, passphrase: str) -> None:
    """Make the master key's file readable again. Raises NoKey, WrongKey."""
    open_up(_key_file(settings), passphrase)


def unlock(app: App) -> bool:
    """Take up the keys again, once their file is readable; False when they were not put away."""
    if not app.keyring.locked:
        return False
    app.keyring.unlock(master_key(app.settings, data=True))
    return True


def _require_key_file(settings: Settings, done: str) -> None:
    if settings.master_key or settings.use_keyring:
        raise BadSettings(
            f"Only a master key in a file can be {done} by Keepsake; this one is in KEEPSAKE_MASTER_KEY or in the "
            "system's keyring. Nothing was changed."
        )


async def _sent(activity: Activity, scope: Scope, model: str) -> None:
    """Whatever leaves for a model elsewhere is written down, with the model's name."""
    await activity.noted(SENT[0], scope, Principal(scope.owner), model)


def _detector(settings: Settings) -> Detector | NoDetector:
    if not settings.masking:
        log.warning("masking is off: personal details are stored as they are typed (still sealed)")
        return NoDetector()
    return detector(settings.cache_home)


def _index(settings: Settings, dimensions: int, stack: AsyncExitStack) -> MilvusIndex:
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


def _embedders(
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


def _reading(activity: Activity, owner: str, reader: Embedder, count: int) -> None:
    if reader.place == "elsewhere":
        activity.read_elsewhere(owner, reader.name, count)


def _guarded(embedder: Embedder, *, means: Means, activity: Activity) -> Embedder:
    """What is elsewhere reads plain words only, and only of people who agree."""
    if embedder.place == "here":
        return embedder

    def tell(scope: Scope, model: str) -> None:
        activity.note(SENT[2], scope, Principal(scope.owner), model, may_fail=False)

    def agrees(person: str) -> bool:
        return _agrees(means.charters, means.keyring.pseudonym(person))

    return MaskedEmbedder(embedder, means.anonymizer, agrees, tell, _sending(means, embedder))


def _may_read(means: Means, owner: str, reader: Embedder, text: str, details: frozenset[str]) -> bool:
    """Whether an owner lets an embedder read this memory of theirs."""
    if reader.place == "here":
        return True
    return _agrees(means.charters, owner) and _sending(means, reader).reads(owner, text, details)


def _sending(means: Means, model: ChatModel | Embedder) -> Sending:
    return Sending(means, host_of_model(model), elsewhere=model.place == "elsewhere")


def _providers(*models: ChatModel | Embedder | None) -> tuple[str, ...]:
    hosts = [host_of_model(model) for model in models if model is not None and model.place == "elsewhere"]
    return tuple(dict.fromkeys(host for host in hosts if host))


def host_of_model(model: ChatModel | Embedder) -> str:
    """Where a model is, as far as it has an address."""
    if isinstance(model, OpenAIModel | OpenAIEmbedder | MaskedModel | MaskedEmbedder):
        return model.host
    return ""


def _agrees(charters: Charters, owner: str) -> bool:
    return charters.of_owner(owner).allows("provider")


def _reranker(settings: Settings, model: ChatModel, sending: Sending) -> Reranker | None:
    """Who takes a second look at the best memories; nobody where it is not asked for."""
    if not settings.reranker:
        return None
    if settings.reranker == "model":
        return ModelReranker(model, sending)
    return CrossEncoder(Path(settings.reranker))


def _model(settings: Settings) -> ChatModel:
    if capable_model(settings):
        return OpenAIModel(settings)
    return EmbeddedModel(settings.cache_home)


def _reads(settings: Settings, model: ChatModel, *, given: bool) -> bool:
    """Whether the model reads what was said: when it is capable and set up for it, or asked for."""
    wanted = settings.extraction == "mem0" or (settings.extraction == "auto" and model.capable and not given)
    if wanted and not model.capable:
        raise BadSettings(
            "KEEPSAKE_EXTRACTION=mem0 needs a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL."
        )
    return wanted


def _distillers(
    model: ChatModel, learning: Learning, states: Stating, sending: Sending, *, reads: bool
) -> list[Distiller]:
    """Who reads what was said: rules and learning always, and mem0 where a model reads."""
    rules: list[Distiller] = [RulesDistiller(states=None if reads else states), learning]
    return [*rules, Discreet(Mem0Distiller(model), sending)] if reads else rules


_running: list[App] = []


def set_running(app: App | None) -> None:
    """The app this process serves. It is kept here because Chainlit loads the chat's module by itself."""
    _running[:] = [] if app is None else [app]


def running() -> App:
    return _running[0]
