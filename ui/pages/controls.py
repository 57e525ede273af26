"""Privacy: what is chosen, what is masked, taking along, bringing in, forgetting everything."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from agent.wiring import running
from memory.errors import BadInput
from memory.profile import Setting
from privacy.categories import CATEGORIES
from privacy.governance import EFFECTS, PURPOSES, Handling, Purpose
from privacy.sending import ANY, MEMORIES, Way

from ..api import EVERYTHING, VAULT
from ..person import Person
from ..privacy_api import KEPT_KINDS, sending
from ..uploads import brought
from ..wording import ABOUTS, DETAILS
from .rendering import Me, page, render

DECIDED_KINDS = ("episode", "fact", "preference", "procedure", "history")
router = APIRouter()


@router.get("/privacy", response_class=HTMLResponse)
async def privacy(request: Request, me: Me) -> HTMLResponse:
    app, scope, by = running(), me.scope, me.principal
    reserved = await app.reservations.all(scope=scope, by=by)
    live = await app.memory.still_known([one.memory for one in reserved], scope=scope, by=by)
    values = {
        **await _governed(me),
        "reserved": [(one, live[one.memory]) for one in reserved if one.memory in live],
        "placeholders": await app.memory.placeholders(scope=scope, by=by),
        "counts": await app.memory.counts(scope=scope, by=by),
        "everything": EVERYTHING,
        "vault": VAULT,
        "accounts": app.settings.auth == "password",
    }
    return await page(request, me, "privacy", values)


async def _governed(me: Person) -> dict[str, Any]:
    """All that was decided, and what there is to decide about."""
    charter = await running().charters.of(scope=me.scope, by=me.principal)
    profile = await running().memory.profile(scope=me.scope, by=me.principal)
    return {
        "charter": charter,
        "traits": profile.traits,
        "purposes": PURPOSES,
        "effects": EFFECTS,
        "categories": CATEGORIES,
        "kept_kinds": DECIDED_KINDS,
        "sending": sending(charter),
        "abouts": ABOUTS,
        "details": DETAILS,
        "any": ANY,
        "memories": MEMORIES,
    }


async def _decided(request: Request, me: Person, opened: str = "") -> HTMLResponse:
    """`opened`: the model whose rules are looked at."""
    return render(request, "governance.html", {**await _governed(me), "opened": opened})


@router.post("/privacy/consent", response_class=HTMLResponse)
async def consent(
    request: Request, me: Me, purpose: Annotated[Purpose, Form()], given: Annotated[bool, Form()]
) -> HTMLResponse:
    await running().charters.consent(purpose, given, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/ask-first", response_class=HTMLResponse)
async def ask_first(request: Request, me: Me, wanted: Annotated[bool, Form()]) -> HTMLResponse:
    await running().charters.ask_first(wanted, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/restrict", response_class=HTMLResponse)
async def restrict(request: Request, me: Me, restricted: Annotated[bool, Form()]) -> HTMLResponse:
    await running().charters.restrict(restricted, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/aspect", response_class=HTMLResponse)
async def aspect(
    request: Request, me: Me, aspect: Annotated[str, Form()], setting: Annotated[Setting, Form()]
) -> HTMLResponse:
    await running().memory.set_aspect(aspect, setting, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/handle", response_class=HTMLResponse)
async def handle(
    request: Request, me: Me, category: Annotated[str, Form()], handling: Annotated[Handling, Form()]
) -> HTMLResponse:
    await running().charters.handle(category, handling, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/keep", response_class=HTMLResponse)
async def keep_for(
    request: Request, me: Me, kind: Annotated[str, Form()], days: Annotated[str, Form()] = ""
) -> HTMLResponse:
    if kind not in KEPT_KINDS or not (days.isdecimal() or not days):
        raise BadInput("Choose how many days this is kept, from the list.")
    await running().charters.keep_for(kind, int(days) if days else None, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/object", response_class=HTMLResponse)
async def object_to(request: Request, me: Me, topic: Annotated[str, Form()] = "") -> HTMLResponse:
    await running().charters.object_to(topic, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/withdraw", response_class=HTMLResponse)
async def withdraw(request: Request, me: Me, objection: Annotated[str, Form()]) -> HTMLResponse:
    await running().charters.withdraw_objection(objection, scope=me.scope, by=me.principal)
    return await _decided(request, me)


@router.post("/privacy/send", response_class=HTMLResponse)
async def send(
    request: Request,
    me: Me,
    provider: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = MEMORIES,
    how: Annotated[Way | Literal[""], Form()] = "",
) -> HTMLResponse:
    """What may go to one model elsewhere, or to any; nothing said: as usual again."""
    await running().charters.send(about, how or None, to=provider, scope=me.scope, by=me.principal)
    return await _decided(request, me, "" if about == MEMORIES else provider)


@router.post("/choice", response_class=HTMLResponse)
async def choose(request: Request, me: Me, remember: Annotated[bool, Form()]) -> HTMLResponse:
    choice = await running().choices.choose(remember, scope=me.scope, by=me.principal)
    return render(request, "switch.html", {"choice": choice})


@router.post("/privacy/values", response_class=HTMLResponse)
async def values(request: Request, me: Me, password: Annotated[str, Form()] = "") -> HTMLResponse:
    """What the placeholders stand for, for their owner, who proves to be it."""
    from ..sign_in import themself  # it loads Chainlit, which only a server does

    await themself(request, me, password, "This is not your password. Nothing is shown.")
    found = await running().memory.placeholders(scope=me.scope, by=me.principal)
    return render(request, "placeholders.html", {"placeholders": found, "shown": True})


@router.post("/privacy/vault", response_class=HTMLResponse)
async def destroy_vault(
    request: Request, me: Me, confirm: Annotated[str, Form()] = "", password: Annotated[str, Form()] = ""
) -> HTMLResponse:
    """No placeholder can be turned back afterwards."""
    from ..sign_in import themself  # it loads Chainlit, which only a server does

    if confirm.strip().casefold() != VAULT:
        raise BadInput(f'To destroy the vault, type "{VAULT}". Nothing was destroyed.')
    await themself(request, me, password, "This is not your password. Nothing was destroyed.")
    gone = await running().memory.destroy_vault(scope=me.scope, by=me.principal)
    return render(request, "vault_destroyed.html", {"gone": gone})


@router.post("/privacy/lift")
async def lift(me: Me, reservation: Annotated[str, Form()]) -> Response:
    await running().reservations.lift(reservation, scope=me.scope, by=me.principal)
    return Response(headers={"HX-Refresh": "true"})


@router.post("/privacy/import", response_class=HTMLResponse)
async def bring_in(request: Request, me: Me) -> HTMLResponse:
    """A file or a pasted text: what is new in it waits in Review."""
    came = await brought(request)
    done = await running().memory.bring_in(came.content, came.name, scope=me.scope, by=me.principal)
    return render(request, "brought.html", {"brought": done})


@router.post("/privacy/account")
async def delete_account(request: Request, me: Me, password: Annotated[str, Form()] = "") -> Response:
    """The account, and all that is known of its person."""
    from ..sign_in import deleted  # it loads Chainlit, which only a server does

    await deleted(request, me, password)
    return Response(headers={"HX-Redirect": "/login"})


@router.post("/privacy/everything", response_class=HTMLResponse)
async def everything(request: Request, me: Me, confirm: Annotated[str, Form()] = "") -> HTMLResponse:
    if confirm.strip().casefold() != EVERYTHING:
        raise BadInput(f'To forget everything, type "{EVERYTHING}". Nothing was forgotten.')
    done = await running().memory.forget_everything(scope=me.scope, by=me.principal)
    return render(request, "everything.html", {"done": done})
