"""What every app of ours that speaks REST has: the routes and errors as sentences."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from memory.errors import BadInput, UnknownMemory
from privacy.errors import Forbidden, KeepsakeError

from . import api


def install(web: FastAPI) -> None:
    """Add /health, /api/v1 and the errors' answers."""

    @web.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @web.exception_handler(KeepsakeError)
    async def as_sentence(_: object, error: KeepsakeError) -> JSONResponse:
        missing = isinstance(error, UnknownMemory | Forbidden)
        status = 404 if missing else 400 if isinstance(error, BadInput) else 503
        return JSONResponse({"error": str(error)}, status)

    web.include_router(api.router)
