"""What of a text may be kept, as its person decided: asked for every text before it is stored. Pure but for the charter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from privacy.categories import NAMES, Judge
from privacy.governance import Aside, Charter, asides, marker

from .charters import Charters
from .injections import Injections
from .orders import order
from .records import FOREIGN, Shown, Utterance


class Sifting:
    """Takes sensitive sentences out of what is kept, and lets wait what nobody vouches for."""

    def __init__(self, charters: Charters, judge: Judge, injections: Injections) -> None:
        self._charters = charters
        self._judge = judge
        self._injections = injections

    def taken(self, said: Utterance, charter: Charter) -> list[Aside]:
        """The sentences to be taken out. Only a person's own words can wait for their yes."""
        return self.all_taken([said], charter)[0]

    def all_taken(self, utterances: Sequence[Utterance], charter: Charter) -> list[list[Aside]]:
        """The same for many, at less cost than one by one."""
        if charter.keeps_whatever:
            return [[] for _ in utterances]
        taken = []
        for said, found in zip(
            utterances, self._judge.all_sensitive([said.text for said in utterances]), strict=True
        ):
            own = said.speaker != "assistant"
            taken.append([one if own else replace(one, handling="never") for one in asides(found, charter)])
        return taken

    def sifted(self, memory: Shown, charter: Charter) -> str:
        """The text of a memory from elsewhere as it would be kept; empty where nothing of it would be.

        What was learned from something sensitive is learned anew, once its person says yes to the words.
        """
        taken = self.taken(Utterance(text=memory.text, speaker=memory.speaker or "user"), charter)
        if taken and memory.kind != "episode":
            return ""
        kept, rest = memory.text, memory.text
        for aside in reversed(taken):
            kept = kept[: aside.start] + marker(aside) + kept[aside.end :]
            rest = rest[: aside.start] + rest[aside.end :]
        waits = any(aside.handling == "ask" for aside in taken)
        return kept if waits or rest.strip() else ""

    def all_wait(self, utterances: Sequence[Utterance], charter: Charter) -> list[bool]:
        """Of each, whether all of it waits for a yes: what did not come from the person or looks like an order to a
        model, and everything if they want so. The assistant's own long answers are full of directions: a shape gives
        those away that it repeats."""
        if charter.ask_first:
            return [True] * len(utterances)
        typed = [
            said.text for said in utterances if said.origin not in FOREIGN and said.speaker != "assistant"
        ]
        injected = dict(zip(typed, self._injections.all(typed), strict=True))
        return [
            said.origin in FOREIGN
            or (bool(order(said.text)) if said.speaker == "assistant" else injected[said.text])
            for said in utterances
        ]

    def keeps_chats(self, owner: str) -> bool:
        return self._charters.of_owner(owner).allows("history")

    def transcript(self, kind: str, owner: str, text: str) -> str:
        """A text of the chat as it may be kept: a line that waits for a yes stays, a title and a receipt say no word of it."""
        if kind not in ("thread", "step", "receipt", "feedback"):
            return text
        charter, handled = self._charters.of_owner(owner), {"ask", "never"}
        if kind in ("step", "feedback"):
            handled = {"never"}
        if handled.isdisjoint(charter.handles([name]) for name in NAMES):
            return text
        for aside in reversed(asides(self._judge.sensitive(text), charter)):
            if aside.handling in handled:
                text = text[: aside.start] + marker(aside) + text[aside.end :]
        return text
