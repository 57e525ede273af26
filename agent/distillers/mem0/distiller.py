"""Episodes to mem0, what it found to drafts: each with the words of the person that bear it out."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from memory.ports import Known
from memory.records import Draft, Polarity, Shown
from privacy.identity import Scope

from ...errors import ModelRefuses
from ...models.port import ChatModel
from .grounding import Passage, passages, says_nothing_new, support

log = logging.getLogger(__name__)

# the relations that a model's sentences are read for
READ = {
    "lives_in": "lives in",
    "works_at": "works at",
    "job": "works as",
    "name": "is called",
    "allergy": "is allergic to",
}
TASTES: dict[str, Polarity] = {
    "likes": "likes",
    "loves": "likes",
    "enjoys": "likes",
    "prefers": "likes",
    "dislikes": "dislikes",
    "hates": "dislikes",
    "does not like": "dislikes",
    "doesn't like": "dislikes",
}
LONGEST = 8_000  # characters of one message that are read: nobody tells so much about themselves at once
BATCH = 16_000  # characters in one request: a model of 8,000 tokens can take it


class Mem0Distiller:
    """One mem0 call for a batch of turns. What it answers is checked here, word by word."""

    name = "mem0"

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    async def distil(self, episodes: Sequence[Shown], *, scope: Scope, known: Known) -> list[Draft]:
        found: list[Draft] = []
        for batch in batches(episodes):
            try:
                found += await self._distil(batch, scope, known)
            except (
                ModelRefuses
            ) as refusal:  # it would refuse these turns every time: what rules find in them is all
                log.warning("turns were passed over: %s", refusal)
        return found

    async def _distil(self, batch: Sequence[Shown], scope: Scope, known: Known) -> list[Draft]:
        extraction: Any = await asyncio.to_thread(importlib.import_module, f"{__package__}.extraction")
        found = await extraction.extract([message(episode) for episode in batch], self._model, scope, known)
        return await asyncio.to_thread(grounded, found.texts, found.known, batch)


def grounded(texts: Iterable[str], known: Sequence[str], batch: Sequence[Shown]) -> list[Draft]:
    """Drafts of the sentences that are news and that somebody in the batch said."""
    said = passages(batch, LONGEST)
    news = (text for text in texts if not says_nothing_new(text, known))
    return [draft(text, passage) for text in news if (passage := support(text, said)) is not None]


def batches(episodes: Iterable[Shown]) -> Iterator[list[Shown]]:
    """Episodes in groups that one request can hold."""
    batch, size = list[Shown](), 0
    for episode in episodes:
        if not episode.text.strip():
            continue
        length = min(len(episode.text), LONGEST)
        if batch and size + length > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(episode)
        size += length
    if batch:
        yield batch


def message(episode: Shown) -> dict[str, str]:
    """A message as mem0 takes it."""
    name = "" if episode.speaker in ("", "user") else f"{episode.speaker}: "
    return {"role": "user", "content": name + episode.text[:LONGEST]}


def draft(text: str, words: Passage) -> Draft:
    """A draft in the vocabulary of the rules where the sentence is one of theirs, a plain fact otherwise."""
    learned = partial(Draft, text=text, episode=words.episode, quote=words.quote, subject=words.speaker)
    about = f"The {words.speaker} " if words.speaker == "user" else f"{words.speaker} "
    for verb, polarity in TASTES.items():
        if thing := _after(f"{about}{verb} ", text):
            return learned(kind="preference", object=thing, polarity=polarity, aspect="taste")
    relation, value = "", ""
    for name, verb in READ.items():
        thing = _after(f"{about}{verb} ", text)
        # only a name fills a slot: "lives in a small house" must not close "lives in Lyon"
        if thing and all(word[0].isupper() for word in thing.split()):
            relation, value = name, thing
    return learned(kind="fact", relation=relation, object=value)


def _after(beginning: str, text: str) -> str:
    return text.removeprefix(beginning).rstrip(".! ") if text.startswith(beginning) else ""
