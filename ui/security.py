"""The door: host and origin checks, headers, and the routes of Chainlit that stay shut."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
)
OWN_PAGES += "font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
# Chainlit compiles its elements in the browser, hence unsafe-eval; nothing may be fetched from elsewhere all the same
CHAT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
)
CHAT += "img-src 'self' data: blob:; connect-src 'self' ws: wss:; font-src 'self' data:; worker-src 'self' blob:; "
CHAT += "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
SHUT = ("/project/thread/share", "/project/share", "/project/file")
SAFE = ("GET", "HEAD", "OPTIONS")


class Door:
    """ASGI middleware in front of everything, web sockets included."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, self._with_headers(scope, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            status, sentence = refusal
            await JSONResponse({"error": sentence}, status)(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if (urlsplit(f"//{host}").hostname or "") not in self._hosts:
            return 400, "This address is not the one Keepsake serves."
        origin = headers.get("origin")
        writes = scope["type"] == "websocket" or scope["method"] not in SAFE
        if writes and origin is not None and urlsplit(origin).netloc != host:
            return 403, "This request came from another site."
        # Chainlit lets any signed-in person delete any feedback
        feedback = scope["path"] == "/feedback" and scope.get("method") == "DELETE"
        if scope["path"].startswith(SHUT) or feedback:
            return 404, "There is no such page."
        return None

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        own = scope["path"].startswith(("/memory", "/api/", "/keepsake/"))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", (OWN_PAGES if own else CHAT).encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"cross-origin-opener-policy", b"same-origin"),
                ]
            await send(message)

        return sending
