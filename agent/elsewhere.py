"""What leaves for a model elsewhere: masked, only of people who agree, and written down before it goes."""

from __future__ import annotations

from memory.activity import SENT, Activity
from memory.charters import Charters
from memory.ports import Embedder
from privacy.identity import Principal, Scope

from .embedders.openai import OpenAIEmbedder
from .masking import MaskedEmbedder, MaskedModel
from .models.openai import OpenAIModel
from .models.port import ChatModel
from .sending import Means, Sending


def note_reading(activity: Activity, owner: str, reader: Embedder, count: int) -> None:
    if reader.place == "elsewhere":
        activity.read_elsewhere(owner, reader.name, count)


def guarded(embedder: Embedder, *, means: Means, activity: Activity) -> Embedder:
    """What is elsewhere reads plain words only, and only of people who agree."""
    if embedder.place == "here":
        return embedder

    def tell(scope: Scope, model: str) -> None:
        activity.note(SENT[2], scope, Principal(scope.owner), model, may_fail=False)

    def agrees(person: str) -> bool:
        return agrees_to_send(means.charters, means.keyring.pseudonym(person))

    return MaskedEmbedder(embedder, means.anonymizer, agrees, tell, sending_to(means, embedder))


def may_read(means: Means, owner: str, reader: Embedder, text: str, details: frozenset[str]) -> bool:
    """Whether an owner lets an embedder read this memory of theirs."""
    if reader.place == "here":
        return True
    return agrees_to_send(means.charters, owner) and sending_to(means, reader).reads(owner, text, details)


def sending_to(means: Means, model: ChatModel | Embedder) -> Sending:
    return Sending(means, host_of_model(model), elsewhere=model.place == "elsewhere")


def providers_of(*models: ChatModel | Embedder | None) -> tuple[str, ...]:
    hosts = [host_of_model(model) for model in models if model is not None and model.place == "elsewhere"]
    return tuple(dict.fromkeys(host for host in hosts if host))


def host_of_model(model: ChatModel | Embedder) -> str:
    """Where a model is, as far as it has an address."""
    if isinstance(model, OpenAIModel | OpenAIEmbedder | MaskedModel | MaskedEmbedder):
        return model.host
    return ""


def agrees_to_send(charters: Charters, owner: str) -> bool:
    return charters.of_owner(owner).allows("provider")


async def note_sent(activity: Activity, scope: Scope, model: str) -> None:
    """Whatever leaves for a model elsewhere is written down, with the model's name."""
    await activity.noted(SENT[0], scope, Principal(scope.owner), model)
