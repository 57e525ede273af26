"""What is known of a person, and their controls over it."""

from __future__ import annotations

import asyncio
from typing import get_args

from privacy.identity import Principal, Scope

from ..errors import BadInput
from ..profile import Profile, Setting, profile_of
from ..records import Draft, Shown, Utterance
from ..relations import RELATIONS, relation_named, sentence_of
from ..voices import as_said
from .revising import Revising

LONGEST = 300  # characters of a value given by hand


class Knowing(Revising):
    """Verbs of the profile. It is read anew each time from what is believed."""

    async def profile(self, *, scope: Scope, by: Principal) -> Profile:
        """All that holds of a person, with the setting of each aspect."""
        await self._gate.admit(by, "read", scope, "profile")
        owner = self._archive.owner(scope)

        def read() -> Profile:
            return profile_of(self._beliefs.known(owner), self._settings(owner))

        return await asyncio.to_thread(read)

    async def set_aspect(self, aspect: str, setting: str, *, scope: Scope, by: Principal) -> Profile:
        """Use an aspect, switch it off, or lock it as it is. Holds from the very next prompt on."""
        await self._gate.admit(by, "write", scope, "set_aspect")
        if setting not in get_args(Setting) or not aspect.strip():
            raise BadInput("An aspect is on, off or locked. `keepsake profile` lists the aspects.")
        name = aspect.strip()[:LONGEST]
        id = f"control-{self._archive.owner(scope)}-{self._keyring.pseudonym(name)}"
        if setting == "on":
            await self._conversations.delete("control", id, scope=scope)
        else:
            body = {"id": id, "name": name, "setting": setting}
            await self._conversations.put("control", id, body, scope=scope)
        return await self.profile(scope=scope, by=by)

    async def express(self, aspect: str, value: str, *, scope: Scope, by: Principal) -> Shown:
        """Say by hand how something is. What was believed about a single-valued aspect is corrected."""
        await self._gate.admit(by, "write", scope, "express")
        aspect, value = aspect.strip()[:LONGEST], " ".join(value.split())[:LONGEST]
        if not aspect or not value:
            raise BadInput("Give an aspect and its value, such as “diet” and “vegetarian”.")
        known = [t.memory for t in (await self.profile(scope=scope, by=by)).traits if t.aspect == aspect]
        if len(known) == 1 and known[0].object.casefold() != value.casefold() and not _many(aspect):
            return await self.correct(known[0].id, value, scope=scope, by=by)
        draft = _draft(aspect, value)
        (said,) = await self.remember(
            Utterance(text=as_said(draft.text), session="by hand"), scope=scope, by=by
        )
        async with self._writing[scope]:
            drafted = _draft(aspect, value, said.id, said.text)
            learned = await asyncio.to_thread(self._learn, [drafted], scope, by_hand=True)
        if not learned:
            raise BadInput("This is known already, or it must not be learned again.")
        return learned[0]


def _draft(aspect: str, value: str, episode: str = "", quote: str = "") -> Draft:
    name = relation_named(aspect).name
    if name in RELATIONS:
        text = sentence_of("user", name, value)
        return Draft(
            kind="fact", text=text, episode=episode, quote=quote, relation=name, object=value, confidence=1.0
        )
    text = f"The user's {aspect}: {value}."
    return Draft(
        kind="preference",
        text=text,
        episode=episode,
        quote=quote,
        aspect=aspect,
        object=value,
        confidence=1.0,
    )


def _many(aspect: str) -> bool:
    """Whether somebody may have several values of an aspect side by side."""
    relation = relation_named(aspect)
    return aspect == "taste" or (relation.name in RELATIONS and not relation.slot and not relation.single)
