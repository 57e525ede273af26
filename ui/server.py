"""The web app: own pages and REST first, then Chainlit mounted at `/`."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import secrets
import shutil
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import BadSettings
from agent.settings import Settings, is_unspecified, problems
from agent.wiring import App, open_app, set_running
from privacy.errors import KeepsakeError

from .garbage import all_is_loaded

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
LONGEST_WARM_UP = 30.0  # seconds
OPENING = '<main id="keepsake-opening"><img src="/public/favicon.svg" alt="" /><p>Keepsake</p></main>'
SCRIPTS = ("chat.js", "deeds.js", "under_answer.js", "parting.js")  # in this order
# environment variables that make Chainlit or what comes with it call somewhere
CALLING_HOME = ("LITERAL_", "DATABASE_URL", "SLACK_", "DISCORD_", "TEAMS_", "OAUTH_", "TRACELOOP_", "OTEL_")


def chainlit_environment(settings: Settings) -> None:
    """Set the stage before Chainlit is imported: it reads its environment then, and only then."""
    for name in [name for name in os.environ if name.startswith(CALLING_HOME)]:
        del os.environ[name]
    root = settings.home / "ui"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(HERE / "elements", root / "public" / "elements", dirs_exist_ok=True)
    # Chainlit loads one script
    script = "\n;".join((HERE / "static" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    (root / "public" / "chat.js").write_text(script, encoding="utf-8")
    for name in ("chat.css", "theme.json", "favicon.svg", "logo_light.svg", "logo_dark.svg"):
        shutil.copy(HERE / "static" / name, root / "public")
    readme = next(p for p in (HERE / "chainlit.md", HERE.parent / "chainlit.md") if p.exists())
    shutil.copy(readme, root / "chainlit.md")
    os.environ["CHAINLIT_APP_ROOT"] = str(root)
    os.environ["CHAINLIT_AUTH_SECRET"] = _auth_secret(settings.config_home / "chat.secret")
    # a name of our own: cookies of other programs on this machine have the same host. __Host-: no other host sets it
    os.environ["CHAINLIT_AUTH_COOKIE_NAME"] = "__Host-keepsake" if settings.secure else "keepsake"


def _auth_secret(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def load(settings: Settings) -> None:
    """Import what the web app is made of: seconds of work that needs no open app. Raises BadSettings."""
    try:
        chainlit_environment(settings)
    except OSError as error:
        raise BadSettings(
            f"The files of the chat cannot be written to {settings.home} ({error.strerror}). Free some space, make it "
            "writable, or set KEEPSAKE_HOME to another one."
        ) from None
    from . import accounts, guarded, pages, rest, sign_in, sockets  # noqa: F401  # these load Chainlit's server


def build(settings: Settings, app: App) -> FastAPI:
    """The web app around an open app, which it closes at its end. Call once in a process: Chainlit is global."""
    load(settings)
    import chainlit as cl
    from chainlit.config import HeaderLink, config
    from chainlit.utils import mount_chainlit
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    from . import accounts, guarded, pages, sign_in, sockets
    from .private_socket import listening
    from .rest import TROUBLES, install
    from .security import Door

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        set_running(app)
        if settings.auth == "password" and not await asyncio.to_thread(app.accounts.list):
            log.warning("Nobody can sign in yet. Add people: keepsake user add NAME")
        warming = asyncio.create_task(_warm(app.warm_to_answer))
        # who comes now waits for the page instead of for the first answer; a model that hangs keeps nobody out
        await asyncio.wait([warming], timeout=LONGEST_WARM_UP)
        later = asyncio.create_task(_warm(app.warm_to_keep, app.warm_to_read))
        try:
            async with listening(settings, sockets.close_ended):
                yield
        finally:
            set_running(None)
            later.cancel()  # what is loaded beside the talk is not waited for
            await asyncio.wait([later])
            await warming
            await app.aclose()

    web = FastAPI(docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", lifespan=lifespan)

    web.mount("/keepsake/static", StaticFiles(directory=HERE / "static"))
    install(web)
    web.include_router(pages.router)

    config.ui.name = "Keepsake"
    config.ui.custom_js = "/public/chat.js"
    config.ui.custom_css = "/public/chat.css"
    config.ui.custom_meta_url = "/"
    config.ui.custom_meta_image_url = "/favicon"
    config.ui.header_links = [
        HeaderLink(
            name="Memory",
            display_name="Memory",
            icon_url="/keepsake/static/memory.svg",
            url="/memory",
            target="_self",
        )
    ]
    config.features.user_message_markdown = False
    config.features.unsafe_allow_html = False
    if config.features.spontaneous_file_upload is not None:
        config.features.spontaneous_file_upload.enabled = False
    config.project.allow_origins = [address(settings), *sorted(settings.origins)]
    config.project.transports = ["websocket"]
    _with_a_page_of_ours()
    if settings.auth == "password":
        cl.password_auth_callback(accounts.with_password)
    else:
        cl.header_auth_callback(accounts.without_password)
    web.include_router(sign_in.router, responses=TROUBLES)
    web.include_router(guarded.router)
    app.memory.when_forgotten(sockets.let_go)
    mount_chainlit(app=web, target=str(HERE / "chat.py"), path="/")
    sockets.guard()
    web.add_middleware(Door, hosts=settings.hosts, origins=settings.origins, secure=settings.secure)
    return web


def address(settings: Settings) -> str:
    """What to type in the browser on this machine."""
    scheme = "https" if settings.ssl_certfile else "http"
    host = "127.0.0.1" if is_unspecified(settings.host) else settings.host
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.port}"


async def _warm(*all_loading: Callable[[], Awaitable[None]]) -> None:
    """A model that cannot be loaded is said when it is needed; the rest is served all the same."""
    for loading in all_loading:
        try:
            await loading()
        except KeepsakeError as fault:
            log.warning("not warmed up: %s", fault)


def _with_a_page_of_ours() -> None:
    """Chainlit's page asks a font and a style server; when those hang, it never renders. And it is blank until a script of
    4.6 MB has run: our name stands there meanwhile, where the chat takes its place."""
    import chainlit.server as chainlit_server

    original = chainlit_server.get_html_template

    def ours(*args: object, **kwargs: object) -> str:
        html = re.sub(r'<link rel="preconnect"[^>]*>', "", original(*args, **kwargs))
        html = re.sub(r'<link\s+rel="stylesheet"\s+href="https://[^>]*>', "", html, flags=re.DOTALL)
        return html.replace('<div id="root"></div>', f'<div id="root">{OPENING}</div>')

    chainlit_server.get_html_template = ours


def serve(settings: Settings) -> None:
    """Serve until stopped. Raises BadSettings, before anything is loaded, when it must not or cannot."""
    if found := problems(settings):
        raise BadSettings(" ".join(found))
    _check_certificate(settings)
    listening = _listening(settings.host, settings.port)
    try:
        asyncio.run(_serve(settings, listening))
    except KeyboardInterrupt:
        pass  # Ctrl-C: everything is closed by now


async def _serve(settings: Settings, listening: socket.socket) -> None:
    """Memory is opened before the web is: what stands in its way is one sentence, not a traceback."""
    import uvicorn

    # the index is a process of its own, which takes as long to come up as the web app to be loaded
    opened, loaded = await asyncio.gather(
        open_app(settings), asyncio.to_thread(load, settings), return_exceptions=True
    )
    if isinstance(opened, BaseException):
        raise opened
    app = opened
    try:
        if isinstance(loaded, BaseException):
            raise loaded
        web = build(settings, app)
        all_is_loaded()
    except BaseException:
        await app.aclose()
        raise
    config = uvicorn.Config(
        web,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        ssl_certfile=settings.ssl_certfile,
        ssl_keyfile=settings.ssl_keyfile,
        proxy_headers=settings.behind_proxy,
        forwarded_allow_ips=list(settings.proxies),
    )
    print(f"Keepsake is at {address(settings)} (stop with Ctrl-C)", flush=True)  # noqa: T201  # the one line a person waits for
    await uvicorn.Server(config).serve(sockets=[listening])


def _check_certificate(settings: Settings) -> None:
    if settings.ssl_certfile is None:
        return
    try:
        # a password is given so that nobody is asked for one on the terminal
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            settings.ssl_certfile, settings.ssl_keyfile, password=""
        )
    except OSError as error:  # also what is wrong inside the files
        raise BadSettings(
            "The certificate and its key cannot be used for TLS. Give --ssl-certfile and --ssl-keyfile as PEM files "
            "that belong together, the key without a passphrase."
        ) from error


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        raise BadSettings(
            f"Port {port} cannot be used ({error.strerror}). Stop what uses it, or set KEEPSAKE_PORT to another one."
        ) from error
    return listening
