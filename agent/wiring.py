"""The one place that knows all classes: it opens an app from its settings and closes it again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from random import Random

from memory.activity import Activity
from memory.archive import Archive
from memory.backup import Backups, seal_heads
from memory.blinding import Blinding
from memory.charters import Charters
from memory.choices import Choices
from memory.conversations import Conversations
from memory.embedding import made_by
from memory.facade import Memory
from memory.gate import Gate
from memory.indexer import READING
from memory.injections import Injections
from memory.moments import utc_now
from memory.outcomes import Outcomes
from memory.portability import Portability
from memory.ports import Embedder, Reranker
from memory.ranking import RankingPolicy
from memory.sharing import Sharing
from memory.stores.documents import Documents
from memory.stores.ledger import Ledger
from privacy.accounts import Accounts
from privacy.anonymization import Anonymizer
from privacy.categories import Judge, judge
from privacy.encryption import KeyRing, derived
from privacy.identity import Scope
from privacy.outgoing import Outgoing
from privacy.vault import Vaults

from .adapting import Adapting
from .answers import Grounding
from .asking import Asking
from .assistant import Assistant
from .background import Worker
from .choosing import (
    chosen_detector,
    chosen_distillers,
    chosen_embedders,
    chosen_model,
    chosen_reranker,
    model_reads,
    opened_index,
)
from .commands.coaching import Coaching
from .commands.granting import Granting
from .commands.obedience import Obedience
from .commands.revising import Revising
from .commands.taking_back import TakingBack
from .elsewhere import guarded, may_read, note_reading, note_sent, providers_of, sending_to
from .embedders.minilm import MiniLM
from .giving import Giving
from .keeping import Keeping
from .keys import opening_key
from .languages import language_of
from .learning import Learning
from .masking import MaskedModel
from .models.port import ChatModel
from .notices import Notices
from .noting import Noting
from .parsing import parse
from .practice import Practice
from .procedures import Procedures
from .quoting import Quoting
from .reader.answering import Answering
from .reader.ordering import Ordering
from .reader.special import Special
from .reader.stating import Stating
from .receipts import Receipts
from .reservations import Reservations
from .review import Review
from .sending import Means
from .settings import Settings, quiet_libraries
from .testimony import Testimony
from .tools import Tools
from .unasked import Unasked

log = logging.getLogger(__name__)
# loaded once in a process, however often an app is opened
_minilm, _answering, _ordering = cache(MiniLM), cache(Answering), cache(Ordering)
_special, _stating = cache(Special), cache(Stating)


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
    giving: Giving
    taking_back: TakingBack
    accounts: Accounts
    backups: Backups
    portability: Portability
    worker: Worker
    model: ChatModel
    embedder: Embedder
    providers: tuple[str, ...]  # hosts of the models that run elsewhere
    judge: Judge
    injections: Injections
    readers: tuple[Special, Answering, Stating]
    documents: Documents
    keyring: KeyRing
    vaults: Vaults
    anonymizer: Anonymizer
    ledger: Ledger
    _closing: AsyncExitStack

    async def warm(self) -> None:
        """Load all models now, so that nothing is waited for later."""
        await self.warm_to_answer()
        await self.warm_to_keep()
        await self.warm_to_read()

    async def warm_to_answer(self) -> None:
        """Load the models that the first answer would wait for."""
        embedding = asyncio.to_thread(
            self.embedder.embed_questions, ["Good morning."], scope=Scope("(warm-up)")
        )
        await asyncio.gather(embedding, asyncio.to_thread(parse, ["Good morning."]))
        await asyncio.to_thread(language_of, "Good morning.")
        await self.model.warm()

    async def warm_to_keep(self) -> None:
        """Load the models that keeping the first message would wait for."""
        judging = asyncio.to_thread(self.judge.sensitive, "Good morning.")
        suspecting = asyncio.to_thread(self.injections, "Good morning.")
        await asyncio.gather(judging, suspecting, asyncio.to_thread(self.anonymizer.warm))

    async def warm_to_read(self) -> None:
        """Load the models that read: the first answer about the person, and what learns from talk, would wait for them."""
        for reader in self.readers:
            await asyncio.to_thread(reader.warm)

    async def aclose(self) -> None:
        await self._closing.aclose()


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
        master = opening_key(settings, ledger)
        keyring = KeyRing(master, ledger)
        await asyncio.to_thread(seal_heads, ledger, keyring)
        vaults = Vaults(keyring, ledger)
        anonymizer = Anonymizer(chosen_detector(settings))
        cache_home = settings.cache_home
        readers = _special(cache_home), _answering(cache_home), _stating(cache_home)
        special, answering, stating = readers  # here, wherever the language model is
        sensitivity, injections = judge(special), Injections(_ordering(cache_home))
        embedder = embedder or _minilm(cache_home)
        reader, successor = chosen_embedders(settings, embedder, made_by(ledger.bookmark(READING)), stack)
        index = await asyncio.to_thread(opened_index, settings, reader.dimensions, stack)
        archive = Archive(ledger, keyring, vaults, anonymizer)
        blinding = Blinding(archive, keyring, anonymizer)
        conversations = Conversations(ledger, keyring, anonymizer, vaults, clock)
        activity = Activity(ledger, keyring, clock)
        charters = Charters(conversations, keyring, activity, clock, settings.sensitive)
        anonymizer.wanted = lambda owner: charters.of_owner(owner).masking
        choices = Choices(charters)
        backups = Backups(ledger, keyring)
        sharing = Sharing(conversations, keyring, activity, ledger, backups, clock)
        await asyncio.to_thread(backups.refresh_stale)
        chosen = model or chosen_model(settings)
        stack.push_async_callback(chosen.aclose)
        means = Means(charters, keyring, sensitivity, anonymizer, vaults)
        sending = sending_to(means, chosen)
        if chosen.place == "elsewhere":
            outgoing = Outgoing(anonymizer, vaults, derived(master, "outgoing"))
            agreed, tell = partial(charters.allows, purpose="provider"), partial(note_sent, activity)
            chosen = MaskedModel(chosen, outgoing, agreed, tell, sending)
        masked = partial(guarded, means=means, activity=activity)
        memory = Memory(
            archive,
            blinding,
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
            injections,
            clock=clock,
            ranking=ranking,
            reranker=reranker or chosen_reranker(settings, chosen, sending),
            reads=masked(reader),
            successor=masked(successor) if successor else None,
            may_read=partial(may_read, means),
            will_read=partial(note_reading, activity),
        )
        stack.push_async_callback(memory.aclose)
        receipts, notices = Receipts(conversations, memory), Notices(conversations, memory)
        outcomes = Outcomes(conversations, keyring.pseudonym)
        procedures = Procedures(memory, outcomes, embedder, rng or Random())  # noqa: S311  # chance, not secrecy
        reads = model_reads(settings, chosen, given=model is not None)
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
        worker = Worker(
            memory, chosen_distillers(chosen, learning, stating, sending, memory.hush, reads=reads)
        )
        stack.push_async_callback(worker.aclose)
        reservations = Reservations(conversations, memory, receipts, procedures)
        practice = Practice(memory, procedures, outcomes, charters)
        accounts = Accounts(ledger.documents, keyring, clock)
        giving = Giving(sharing, memory, accounts, together=settings.auth == "password")
        granting, coaching = Granting(giving, sharing, memory, clock), Coaching(practice, receipts)
        revising = Revising(memory, receipts, reservations, choices, granting, coaching)
        taking_back = TakingBack(memory, reservations, choices, practice, giving)
        obedience = Obedience(memory, receipts, revising, taking_back, capable=chosen.capable)
        testimony = Testimony(memory, reservations, Grounding(parse, embedder, answering))
        assistant = Assistant(
            memory,
            choices,
            chosen,
            obedience,
            reservations,
            Adapting(memory, embedder),
            Noting(chosen, procedures, sending, Tools(memory, reservations, obedience, sending)),
            Quoting(chosen, parse, testimony),
            Keeping(memory, chosen, receipts, sending, worker),
            Unasked(memory, notices),
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
            asking=Asking(memory, obedience, testimony),
            receipts=receipts,
            reservations=reservations,
            review=Review(memory, conversations, clock),
            procedures=procedures,
            outcomes=outcomes,
            learning=learning,
            practice=practice,
            giving=giving,
            taking_back=taking_back,
            accounts=accounts,
            backups=backups,
            portability=Portability(archive, conversations, activity, clock),
            worker=worker,
            model=chosen,
            embedder=embedder,
            providers=providers_of(chosen, reader, successor),
            judge=sensitivity,
            injections=injections,
            readers=readers,
            documents=ledger.documents,
            keyring=keyring,
            vaults=vaults,
            anonymizer=anonymizer,
            ledger=ledger,
            _closing=stack.pop_all(),
        )


_running: list[App] = []


def set_running(app: App | None) -> None:
    """The app this process serves. It is kept here because Chainlit loads the chat's module by itself."""
    _running[:] = [] if app is None else [app]


def running() -> App:
    return _running[0]
