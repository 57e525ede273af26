"""What a person does not want to be used: everything about a topic, or one memory where the talk is about something."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from privacy.categories import NAMES, sensitive
from privacy.governance import Charter
from privacy.identity import Scope

from .archive import Archive
from .lexical import terms
from .ports import Embedder
from .records import Draft, Shown
from .retrieval import Retrieval

MOST = 500  # memories of a topic that are looked at
# a memory is about a topic when it holds all of its words, or means nearly the same: rather too much than too little
NEAR = 0.45


def mentions(topic: str, text: str) -> bool:
    """Whether a text holds all words of a topic, or is of the sensitive category that the topic names.

    >>> mentions("my sister", "I met my sister's cat."), mentions("health", "I have asthma.")
    (True, True)
    """
    if topic.strip().casefold() in NAMES and any(
        topic.strip().casefold() in f.categories for f in sensitive(text)
    ):
        return True
    wanted = set(terms(topic))
    return bool(wanted) and wanted <= set(terms(text))


class Objections:
    """Blocks; its caller runs it in a worker thread."""

    def __init__(self, archive: Archive, retrieval: Retrieval, embedder: Embedder) -> None:
        self._archive = archive
        self._retrieval = retrieval
        self._embedder = embedder
        self._known: dict[
            tuple[str, str], tuple[int, frozenset[str]]
        ] = {}  # by owner and topic, as of an entry

    def excluded(
        self, question: str, charter: Charter, scope: Scope, besides: Collection[str]
    ) -> frozenset[str]:
        """The memories that must not be used to answer this."""
        found: set[str] = set()
        for objection in charter.objections:
            if not objection.memory:
                found |= self.about(objection.topic, scope)
            elif objection.memory not in besides and self._alike(objection.topic, question, scope):
                found.add(objection.memory)
        return frozenset(found)

    def of(self, charter: Charter) -> Callable[[Draft | Shown], bool]:
        """Whether something is about a topic that is not to be used: then it is not learned either."""
        topics = [objection.topic for objection in charter.objections if not objection.memory]
        return lambda said: any(mentions(topic, f"{said.text} {said.quote}") for topic in topics)

    def about(self, topic: str, scope: Scope) -> frozenset[str]:
        """The memories about a topic, by words and by meaning; looked for again when the journal has grown."""
        owner, seq = self._archive.owner(scope), self._archive.ledger.last_seq()
        as_of, known = self._known.get((owner, topic), (-1, frozenset()))
        if as_of != seq:
            found = self._retrieval.recall(topic, scope, limit=MOST, exclude=())
            known = frozenset(
                hit.memory.id
                for hit in found.hits
                if hit.meaning >= NEAR or mentions(topic, f"{hit.memory.text} {hit.memory.quote}")
            )
            self._known[owner, topic] = seq, known
        return known

    def _alike(self, topic: str, question: str, scope: Scope) -> bool:
        if mentions(topic, question):
            return True
        vectors = self._embedder.embed_questions([topic, question], scope=scope)
        return float(np.dot(*vectors)) >= NEAR
