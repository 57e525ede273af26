"""The memory pages: one file for each tab. All of them are routes of `router`."""

from __future__ import annotations

from fastapi import APIRouter

from . import activity, arrivals, connections, controls, memories, review, sharing, skills, timeline

router = APIRouter(include_in_schema=False)
# `memories` last: its /memory/{memory} would take the others' addresses
for part in (arrivals, review, timeline, connections, skills, controls, sharing, activity, memories):
    router.include_router(part.router, prefix="/memory")
