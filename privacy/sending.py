"""Where memories may go: what is sent, hidden or never sent to which model elsewhere. Values and pure decisions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal
from urllib.parse import urlsplit

# send: in plain words; mask: details as placeholders, sentences about something sensitive not at all;
# never: the same, and a memory that tells such a thing stays here as a whole
Way = Literal["send", "mask", "never"]
Rules = Mapping[str, Mapping[str, Way]]  # by the host of a model, then by what they are about

ANY = "any"  # every model elsewhere that has no rule of its own
MEMORIES = "memories"  # what is remembered, whatever it tells
MOST = 50  # hosts with rules of their own
LONGEST = 253  # characters of a host's name (RFC 1035)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.:_-]*[a-z0-9])?")


def provider_named(text: str) -> str:
    """The host that somebody means who types it, or the address of its model; empty: it is none.

    >>> provider_named("https://API.example.org/v1"), provider_named("api.example.org"), provider_named("no host")
    ('api.example.org', 'api.example.org', '')
    """
    typed = text.strip()
    try:
        host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
    except ValueError:  # brackets that are not closed
        return ""
    return host if len(host) <= LONGEST and _HOST.fullmatch(host) else ""


def rules_for(rules: Rules, provider: str) -> dict[str, Way]:
    """What holds for one provider: its own word, else that about all of them.

    >>> rules_for({"any": {"memories": "never"}, "a.example": {"memories": "send"}}, "a.example")
    {'memories': 'send'}
    """
    return {**rules.get(ANY, {}), **rules.get(provider, {})}


def ruled(rules: Rules, provider: str, about: str, how: Way | None) -> dict[str, dict[str, Way]]:
    """The rules with one more, or (None) with one less."""
    own = {name: said for name, said in rules.get(provider, {}).items() if name != about}
    if how is not None:
        own[about] = how
    others = {host: dict(said) for host, said in rules.items() if host != provider}
    return {**others, provider: own} if own else others


def why_here(rules: Mapping[str, Way], told: Collection[str]) -> str:
    """What keeps a memory that tells these things from being sent; empty: nothing does.

    >>> why_here({"health": "never", "PERSON": "mask"}, ["PERSON", "health"])
    'health'
    """
    if rules.get(MEMORIES) == "never":
        return MEMORIES
    return next((about for about in sorted(told) if rules.get(about) == "never"), "")


def about_any(rules: Mapping[str, Way], abouts: Collection[str], *ways: Way) -> list[str]:
    """Those of these things about which one of these words was said.

    >>> about_any({"health": "mask", "union": "never"}, ["health", "union", "politics"], "mask", "never")
    ['health', 'union']
    """
    return [about for about in abouts if rules.get(about) in ways]
