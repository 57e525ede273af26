"""REST for the profile: what is known of a person, why, and their controls."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body

from agent.personalization import explanation
from agent.wiring import running
from memory.profile import Profile, Setting

from .api import Me

router = APIRouter(prefix="/api/v1")


@router.get("/profile")
async def profile(me: Me) -> dict[str, Any]:
    """What shapes the answers, each thing with its reason in plain words and its setting."""
    return _body(await running().memory.profile(scope=me.scope, by=me.principal))


@router.put("/profile/aspects/{aspect}")
async def set_aspect(me: Me, aspect: str, setting: Annotated[Setting, Body(embed=True)]) -> dict[str, Any]:
    """on: used; off: neither used nor learned; locked: used, and no newer statement changes it."""
    return _body(await running().memory.set_aspect(aspect, setting, scope=me.scope, by=me.principal))


@router.post("/profile")
async def express(
    me: Me, aspect: Annotated[str, Body(max_length=300)], value: Annotated[str, Body(max_length=300)]
) -> dict[str, Any]:
    """Say by hand how something is."""
    return asdict(await running().memory.express(aspect, value, scope=me.scope, by=me.principal))


def _body(profile: Profile) -> dict[str, Any]:
    traits = [
        {
            "aspect": trait.aspect,
            "setting": trait.setting,
            "says": explanation(trait.memory),
            "memory": asdict(trait.memory),
        }
        for trait in profile.traits
    ]
    return {"traits": traits, "settings": dict(profile.settings)}
