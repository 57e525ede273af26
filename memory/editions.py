"""Editions of a procedure: the line they stand in, what changed, and how one is worded and recorded."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import datetime

from .archive import Archive
from .learning import quoted
from .records import Procedure, Proposal, Record, Shown


def editions(memory: Shown, known: Mapping[str, Shown]) -> tuple[Shown, ...]:
    """A procedure and those it came from, newest first; a forgotten one ends the line."""
    line, seen = [memory], {memory.id}
    while (before := known.get(line[-1].replaces)) is not None and before.id not in seen:
        line.append(before)
        seen.add(before.id)
    return tuple(line)


def difference(before: Shown | None, after: Shown) -> str:
    """What changed in the words, as a diff."""
    old = [] if before is None else _lines(before)
    names = (f"version {before.edition}" if before else "nothing", f"version {after.edition}")
    return "\n".join(difflib.unified_diff(old, _lines(after), *names, lineterm=""))


def _lines(memory: Shown) -> list[str]:
    return [f"when: {memory.trigger or memory.scope}", f"do: {memory.rule}"]


def sentence(rule: str, trigger: str) -> str:
    """A procedure in one line.

    >>> sentence("use grams", "I ask for a recipe"), sentence("use grams", "recipes"), sentence("use grams", "")
    ('When I ask for a recipe: use grams', 'For recipes: use grams', 'Use grams')
    """
    if not trigger:
        return rule[:1].upper() + rule[1:]
    clause = trigger.split()[0].casefold() in _WHO
    return f"{'When' if clause else 'For'} {trigger}: {rule}"


_WHO = frozenset("i i'm i’m we you he she they it my somebody someone anybody anyone there".split())


def procedure_of(proposal: Proposal, episode: Record, archive: Archive, now: datetime) -> Record | None:
    """The record of a proposal, or None when its quote does not stand in the episode."""
    quote = quoted(proposal.quote, episode, archive)
    if quote is None:
        return None
    detail = Procedure(
        rule=archive.masked(proposal.rule, episode.owner),
        trigger=archive.masked(proposal.trigger, episode.owner),
        scope=proposal.scope,
        learned=proposal.learned,
        edition=proposal.edition,
        replaces=proposal.replaces,
        approval=proposal.approval,
        quote=quote,
    )
    return archive.derived(
        sentence(proposal.rule, proposal.trigger),
        episode.owner,
        "procedure",
        detail,
        now=now,
        occurred_at=episode.occurred_at,
        sources=(episode.id,),
        origin=proposal.origin,
        status=proposal.status,
    )
