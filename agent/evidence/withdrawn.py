"""What somebody said that is not so any more, or never was about them: by what became of what it taught. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from memory.records import Recollection, Shown
from memory.verbs.explaining import about_the_same

Said = tuple[str, str]  # an episode, and words of it as they are compared


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Words that answer no question (`not_theirs`), or only one about the past (`over`)."""

    over: frozenset[Said] = frozenset()
    not_theirs: frozenset[Said] = frozenset()

    def silences(self, memory: str, text: str, *, past: bool) -> bool:
        """Whether this sentence of this memory is not to be quoted."""
        words = _words(text)
        meant = self.not_theirs if past else self.over | self.not_theirs
        return any(episode == memory and (quote in words or words in quote) for episode, quote in meant)


NOTHING_WITHDRAWN = Withdrawn()


def withdrawn(taught: Mapping[str, Sequence[Shown]]) -> Withdrawn:
    """Of what messages taught, that which does not hold. What has something newer in its place is left to the newer.

    Words that also taught something that holds go on saying it.
    """
    every = {memory.id: memory for some in taught.values() for memory in some}
    beliefs = [memory for memory in every.values() if memory.kind in ("fact", "preference") and memory.quote]
    holding = [memory for memory in beliefs if memory.status in ("active", "disputed", "trial")]
    said = {(episode, _words(memory.quote)) for memory in holding for episode in memory.sources}

    def of(status: str) -> frozenset[Said]:
        gone = [memory for memory in beliefs if memory.status == status and not _renewed(memory, holding)]
        return (
            frozenset((episode, _words(memory.quote)) for memory in gone for episode in memory.sources) - said
        )

    return Withdrawn(of("superseded"), of("archived"))


def _renewed(memory: Shown, holding: Sequence[Shown]) -> bool:
    """Whether a newer fact has taken its place: which of the two is quoted, their words decide."""
    return (
        memory.status == "superseded"
        and memory.kind == "fact"
        and any(about_the_same(memory, other) for other in holding)
    )


def standing(recollection: Recollection, gone: Withdrawn) -> Recollection:
    """What came to mind, without the messages that say nothing else."""
    hits = [hit for hit in recollection.hits if not gone.silences(hit.memory.id, hit.memory.text, past=False)]
    return replace(recollection, hits=tuple(hits))


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?")
