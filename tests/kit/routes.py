"""Every route of ours, as the server puts them together: what is added later is asked as well."""

from __future__ import annotations

from fastapi import FastAPI

from ui import pages
from ui.rest import install

READING = ("GET", "HEAD", "OPTIONS")


def routes() -> list[tuple[str, str]]:
    """Method and path of all pages and of all of REST; Chainlit's own are not among them."""
    web = FastAPI()
    install(web)
    web.include_router(pages.router)
    included = [router for router in web.routes if hasattr(router, "effective_route_contexts")]
    found = {
        (method, str(route.path))
        for router in included
        for route in router.effective_route_contexts()
        for method in route.methods or ()
    }
    return sorted(one for one in found if one[1].startswith(("/api/", "/memory")))
