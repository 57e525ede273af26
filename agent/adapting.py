"""How the next answer is adapted to a person: what is known of them that matters to what they ask, within a budget."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from memory.facade import Memory
from memory.ports import Embedder, Vector
from memory.profile import Profile
from memory.records import Shown
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

from .other_languages import content
from .personalization import ASPECTS, PLAIN, Style, style_of
from .themes import LIKE, OF_ASPECT, Themes

Edition = tuple[str, int]  # a memory in one version
KEPT = 2048  # vectors of traits
CHARACTERS = 1200  # of the prompt
DIRECT = 0.36  # cosine from which a trait fits what is asked, whatever the theme
LEISURE = frozenset({"travel", "culture", "sport"})  # what a free afternoon may be spent on
ANSWERS = frozenset(
    {"answers", "wants_answers", "tone", "format", "expertise"}
)  # fit every answer, where their scope does
# of these, one line more is worth more than what it costs
GRAVE = frozenset({"allergy", "diet", "health"})
# who somebody is is no trait of taste: notes bring it when it is asked for
NO_TRAIT = frozenset({"name", "nickname", "age", "phone", "email", "timezone", "appointment", "plans"})


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Standing wishes, traits that matter now, and memories that must not come up: their aspects are switched off."""

    style: Style = PLAIN
    traits: tuple[Shown, ...] = ()
    hidden: frozenset[str] = frozenset()

    def without(self, here: Collection[str]) -> Adaptation:
        """The same, but for memories that must not be told."""
        wishes = {aspect: wish for aspect, wish in self.style.wishes.items() if wish.id not in here}
        traits = tuple(memory for memory in self.traits if memory.id not in here)
        return Adaptation(Style(wishes), traits, self.hidden)


NOTHING = Adaptation()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A trait before a request: its themes, and how like it is to the request."""

    memory: Shown
    themes: frozenset[str] = field(default_factory=frozenset)
    likeness: float = 0.0
    scope: bool = True  # whether it is meant for situations like this one


def fitting(
    asked: Collection[str], weighed: Iterable[Weighed], budget: int = CHARACTERS
) -> tuple[Shown, ...]:
    """The traits that matter to a request that touches these themes: grave ones first, then the likest, within a budget."""
    wide = {*asked, *(LEISURE if "free time" in asked else ())}
    chosen = [
        w
        for w in weighed
        if w.scope and (w.memory.aspect in ANSWERS or wide & w.themes or w.likeness >= DIRECT)
    ]
    chosen.sort(
        key=lambda w: (w.memory.relation not in GRAVE, -len({*asked} & w.themes), -w.likeness, w.memory.id)
    )
    kept, left = list[Shown](), budget
    for one in chosen:
        left -= len(one.memory.text)
        if left >= 0:
            kept.append(one.memory)
    return tuple(kept)


class Adapting:
    """Reads the profile anew for each turn, so that every control holds from the very next prompt on."""

    def __init__(self, memory: Memory, embedder: Embedder) -> None:
        self._memory = memory
        self._embedder = embedder
        self._themes = Themes(embedder)
        self._kept: dict[Edition, tuple[Vector, Vector]] = {}
        memory.when_forgotten(self._let_go)

    async def adapt(self, text: str, *, scope: Scope, by: Principal, capable: bool) -> Adaptation:
        profile = await self._memory.profile(scope=scope, by=by)
        style = style_of(m for m in profile.used if m.kind == "preference")
        traits: tuple[Shown, ...] = ()
        if capable and (candidates := _candidates(profile)):
            traits = await asyncio.to_thread(self._fitting, text, candidates, scope)
        return Adaptation(style, traits, profile.hidden)

    def _fitting(self, text: str, traits: Sequence[Shown], scope: Scope) -> tuple[Shown, ...]:
        """Without an embedder only the words that are shared tell what fits."""
        stems = content(text, "en")
        try:
            asked = self._embedder.embed_questions([text], scope=scope)[0]
            vectors = self._vectors_of(traits, scope)
        except KeepsakeError:
            return fitting(
                (), [Weighed(t, likeness=float(bool(stems & content(t.text, "en")))) for t in traits]
            )
        weighed = []
        for trait in traits:
            value, situation = vectors[trait.id, trait.version]
            near = float(value @ asked) + 0.3 * bool(stems & content(trait.object, "en"))
            meant = (
                not trait.scope
                or bool(stems & content(trait.scope, "en"))
                or float(situation @ asked) >= DIRECT
            )
            named = OF_ASPECT.get(trait.relation) if trait.kind == "fact" else None
            themes = frozenset(named) if named else self._themes.touched(value, least=LIKE)
            weighed.append(Weighed(trait, themes, near, meant))
        return fitting(self._themes.touched(asked), weighed)

    def _vectors_of(self, traits: Sequence[Shown], scope: Scope) -> dict[Edition, tuple[Vector, Vector]]:
        """Each trait's value and situation, embedded once as long as it is remembered."""
        new = [trait for trait in traits if (trait.id, trait.version) not in self._kept]
        if new:
            texts = [
                words for trait in new for words in (trait.object or trait.text, trait.scope or trait.object)
            ]
            embedded = self._embedder.embed_memories(texts, scope=scope)
            if len(self._kept) + len(new) > KEPT:
                self._kept.clear()
            for n, trait in enumerate(new):
                self._kept[trait.id, trait.version] = (embedded[2 * n], embedded[2 * n + 1])
        return {(trait.id, trait.version): self._kept[trait.id, trait.version] for trait in traits}

    def _let_go(self, forgotten: Collection[str]) -> None:
        gone = set(forgotten)
        for edition in [edition for edition in self._kept if edition[0] in gone]:
            self._kept.pop(edition, None)


def _candidates(profile: Profile) -> list[Shown]:
    """What may be told to a model beside the standing wishes, which it is told anyway."""
    return [m for m in profile.used if m.aspect not in ASPECTS and m.relation not in NO_TRAIT]
