"""The door: who may come in under which name, what they are told apart by, and the routes that stay shut."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.settings import LOOPBACK, host_of
from privacy.errors import KeepsakeError

from .accounts import sign_in_of, token_of
from .person import Person, on_behalf_of, who

log = logging.getLogger(__name__)

OWN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
)
OWN_PAGES += "font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
# Chainlit compiles its elements in the browser, hence unsafe-eval; nothing may be fetched from elsewhere all the same
CHAT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
)
CHAT += "img-src 'self' data: blob:; connect-src 'self' {socket}; font-src 'self' data:; worker-src 'self' blob:; "
CHAT += "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
OURS = ("/memory", "/api/", "/keepsake/")
PERSONAL = ("/memory", "/api/", "/project/", "/user")  # no cache may keep these
# Chainlit asks for these again at every answer: what is here is drawn at once, and looked after meanwhile
ELEMENTS, FRESH = "/public/elements/", b"max-age=60, stale-while-revalidate=86400"
PUBLIC = "/public/"
HASHED, FOR_GOOD = "/assets/", b"public, max-age=31536000, immutable"  # another content has another name
# sharing, files, other ways to sign in, and Chainlit's tools that call elsewhere
SHUT = ("/project/thread/share", "/project/share", "/project/file", "/auth/jwt", "/auth/oauth", "/mcp")
SAFE = ("GET", "HEAD", "OPTIONS")
# two readers of one request must not come to different answers
SINGLE = ("host", "origin", "cookie", "authorization")
HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody stays outside, as a status and a sentence."""

    status: int
    sentence: str


class Door:
    """ASGI middleware in front of everything, web sockets included."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: frozenset[str],
        origins: frozenset[str] = frozenset(),
        secure: bool = False,
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._origins = origins
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        person: Person | None = None
        if refusal is None:
            try:
                connection = HTTPConnection(scope)
                person = await who(connection)
                scope = _with_credentials_of(person, connection)
            except KeepsakeError as fault:
                log.warning("nobody could be recognised: %s", fault)
                refusal = Refusal(503, str(fault))
        if refusal is None:
            with on_behalf_of(person):
                await self._app(_as_it_is(scope), receive, self._with_headers(scope, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = JSONResponse({"error": refusal.sentence}, refusal.status)
            await answer(scope, receive, self._with_headers(scope, send))

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        if any(len(headers.getlist(name)) > 1 for name in SINGLE):
            return Refusal(400, "This request says one thing twice.")
        host = headers.get("host", "")
        if not HOST.fullmatch(host) or host_of(host) not in self._hosts:
            return Refusal(400, "This address is not the one Keepsake serves.")
        if self._secure and scope["scheme"] not in ("https", "wss") and scope["path"] != "/health":
            return Refusal(403, "Use https. A proxy in front has to say X-Forwarded-Proto: https.")
        writes = scope["type"] == "websocket" or scope["method"] not in SAFE
        if writes and not self._our_page(headers, host):
            return Refusal(403, "This request came from another site.")
        if scope["path"].startswith(SHUT):
            return Refusal(404, "There is no such page.")
        return None

    def _our_page(self, headers: Headers, host: str) -> bool:
        """Whether a write comes from a page of ours, or from no page at all."""
        origin = headers.get("origin")
        scheme = "https" if self._secure else "http"
        return origin is None or origin.casefold() in {f"{scheme}://{host}".casefold(), *self._origins}

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        path = scope["path"]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [(name, self._kept_secure(name, value)) for name, value in message["headers"]]
                message["headers"] = [*told, *self._always(scope, path)]
            await send(message)

        return sending

    def _always(self, scope: Scope, path: str) -> list[tuple[bytes, bytes]]:
        host = Headers(scope=scope).get("host", "")
        socket = f"{'wss' if self._secure else 'ws'}://{host if HOST.fullmatch(host) else ''}"
        policy = OWN_PAGES if path.startswith(OURS) else CHAT.format(socket=socket)
        headers = [
            (b"content-security-policy", policy.encode("latin-1")),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        if path.startswith(PERSONAL):
            headers.append((b"cache-control", b"no-store"))
        elif path.startswith(ELEMENTS):
            headers.append((b"cache-control", FRESH))
        elif path.startswith(HASHED):
            headers.append((b"cache-control", FOR_GOOD))
        elif path.startswith(PUBLIC):
            headers.append(
                (b"cache-control", b"no-cache")
            )  # a new version is there at once, script beside elements
        if self._secure and host_of(host) not in LOOPBACK:  # there, it would bind other programs' pages too
            headers.append((b"strict-transport-security", b"max-age=31536000"))
        return headers

    def _kept_secure(self, name: bytes, value: bytes) -> bytes:
        """A cookie, sent over https only where there is https."""
        cookie = self._secure and name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        return value + b"; Secure" if cookie else value


def _as_it_is(scope: Scope) -> Scope:
    """The request, from this machine without asking for compression: that would save nothing, and takes Chainlit a third of a
    second for its script, anew at every visit."""
    near = scope["client"] is not None and scope["client"][0] in LOOPBACK
    if not near:
        return scope
    return {**scope, "headers": [h for h in scope["headers"] if h[0].lower() != b"accept-encoding"]}


def _with_credentials_of(person: Person | None, connection: HTTPConnection) -> Scope:
    """The request without a token that is not this person's: so Chainlit cannot take it for a good one."""
    scope = dict(connection.scope)
    token = token_of(connection)
    named = sign_in_of(token)
    if token is not None and (person is None or named is None or named.name != person.name):
        scope["headers"] = [h for h in scope["headers"] if h[0].lower() not in (b"cookie", b"authorization")]
    return scope
