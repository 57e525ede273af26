"""What would be kept of a message that is still being typed. Nothing of it is kept to say so."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException

from agent.wiring import running
from privacy.detectors import unread

from .api import Me
from .tries import Tries

LONGEST = 4000  # characters that are looked at
TOO_OFTEN = "That is faster than anybody types. Wait a moment."
router = APIRouter(prefix="/api/v1/privacy")
_looks = Tries(burst=10, every=0.3)  # each takes a model some time


@router.post("/preview")
async def preview(me: Me, text: Annotated[str, Body(embed=True, max_length=100_000)]) -> dict[str, Any]:
    """The personal details in a text, and what tells something sensitive."""
    if not _looks.allow(me.name):
        raise HTTPException(429, TOO_OFTEN, headers={"Retry-After": "1"})
    app, looked = running(), text[:LONGEST]

    def look() -> dict[str, Any]:
        vault, hides = app.vaults.of(me.scope), app.anonymizer
        details = hides.preview(looked, vault) if hides.enabled else []
        told = sorted({name for found in app.judge.sensitive(looked) for name in found.categories})
        return {
            "details": [
                {
                    "start": d.start,
                    "end": d.end,
                    "label": d.label,
                    "for_good": hides.never_kept(d.label, vault),  # taken out, not only hidden
                }
                for d in details
            ],
            "sensitive": told,
            "unread": hides.enabled and unread(looked),  # scripts in which names are not found
            "whole": len(text) <= LONGEST,
        }

    return await asyncio.to_thread(look)
