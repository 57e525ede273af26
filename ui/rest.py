"""What every app of ours that speaks REST has: the routes and errors as sentences."""

from __future__ import annotations

from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

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
    remnants_api,
    review_api,
    sharing_api,
    story_api,
    undo_api,
)
from .person import SignInFirst


class InASentence(BaseModel):
    """What went wrong and what to do about it."""

    error: str


# what any operation may answer when it cannot do what was asked
TROUBLES: dict[int | str, dict[str, Any]] = {
    400: {"model": InASentence, "description": "This cannot be done like that."},
    401: {"model": InASentence, "description": "Sign in first."},
    403: {"model": InASentence, "description": "Not from here, or not with this password."},
    404: {"model": InASentence, "description": "There is no such thing, or it is somebody else's."},
    409: {"model": InASentence, "description": "Memory is off."},
    413: {"model": InASentence, "description": "Too much at once."},
    429: {"model": InASentence, "description": "Too often: try again in a while."},
    503: {"model": InASentence, "description": "Something that is needed is not there now."},
}


PARTS = (
    api,
    arrivals_api,
    procedures_api,
    profile_api,
    story_api,
    privacy_api,
    sharing_api,
    explaining_api,
    preview_api,
    keeping_api,
    review_api,
    remnants_api,
    undo_api,
)  # what there is under /api/v1


def install(web: FastAPI) -> None:
    """Add /health, /api/v1 and the errors' answers."""

    @web.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    web.add_exception_handler(KeepsakeError, as_sentence)
    web.add_exception_handler(HTTPException, refused)
    described = web.openapi

    def openapi() -> dict[str, Any]:
        if web.openapi_schema is None:
            web.openapi_schema = plainly(described())
        return web.openapi_schema

    web.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI names for it
    for part in PARTS:
        web.include_router(part.router, responses=TROUBLES)


def plainly(schema: Any) -> Any:
    """A schema in which a pair is a list of two that are one or the other: many readers of schemas know no pairs.

    >>> plainly({"prefixItems": [{"type": "string"}, {"type": "integer"}], "maxItems": 2})
    {'maxItems': 2, 'items': {'anyOf': [{'type': 'string'}, {'type': 'integer'}]}}
    """
    if isinstance(schema, list):
        return [plainly(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: plainly(one) for name, one in schema.items() if name != "prefixItems"}
    if "prefixItems" in schema:
        plain["items"] = {"anyOf": plainly(schema["prefixItems"])}
    return plain


async def refused(request: Request, error: Exception) -> Response:
    """What a route or FastAPI itself refuses: in REST said as every other trouble is."""
    refusal = cast(HTTPException, error)  # it is registered for these alone
    if not request.url.path.startswith("/api/"):
        return await http_exception_handler(request, refusal)
    return JSONResponse({"error": str(refusal.detail)}, refusal.status_code, headers=refusal.headers)


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
