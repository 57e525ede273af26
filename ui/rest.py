"""What every app of ours that speaks REST has: the routes and errors as sentences."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from memory.errors import BadBackup, BadInput, MemoryOff, UnknownMemory
from privacy.errors import BadAccount, Forbidden, KeepsakeError

from . import (
    api,
    arrivals_api,
    explaining_api,
    keeping_api,
    preview_api,
    privacy_api,
    procedures_api,
    profile_api,
    review_api,
    sharing_api,
    story_api,
)
from .person import SignInFirst


def install(web: FastAPI) -> None:
    """Add /health, /api/v1 and the errors' answers."""

    @web.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    web.add_exception_handler(KeepsakeError, as_sentence)
    web.include_router(api.router)
    web.include_router(arrivals_api.router)
    web.include_router(procedures_api.router)
    web.include_router(profile_api.router)
    web.include_router(story_api.router)
    web.include_router(privacy_api.router)
    web.include_router(sharing_api.router)
    web.include_router(explaining_api.router)
    web.include_router(preview_api.router)
    web.include_router(keeping_api.router)
    web.include_router(review_api.router)


async def as_sentence(request: Request, error: Exception) -> Response:
    """What went wrong, in a sentence; a page leads to signing in instead."""
    match error:
        case SignInFirst():
            status = 401
        case UnknownMemory() | Forbidden():
            status = 404
        case BadInput() | BadAccount() | BadBackup():
            status = 400
        case MemoryOff():
            status = 409
        case _:
            status = 503
    if status != 401 and request.url.path.startswith("/memory"):
        from .pages.rendering import trouble  # the terminal's own app has no pages

        return trouble(request, str(error), status)
    if status != 401:
        return JSONResponse({"error": str(error)}, status)
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    if request.url.path.startswith("/memory"):
        return RedirectResponse("/login", 303)
    return JSONResponse({"error": str(error)}, 401)
