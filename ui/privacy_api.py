"""REST for what a person decides about their memory: purposes, sensitive things, what waits, objections, retention."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request

from agent.wiring import running
from memory.errors import BadInput
from memory.records import KINDS
from privacy.anonymization import DEFAULT_POLICY, SENDABLE
from privacy.categories import CATEGORIES, NAMES
from privacy.governance import EFFECTS, PURPOSES, Charter, Handling, Purpose, Treatment
from privacy.sending import ANY, MEMORIES, Way, rules_for

from .api import VAULT, Me
from .person import SPEAKER
from .takes import Count, Flag

router = APIRouter(prefix="/api/v1/privacy")
KEPT_KINDS = (*KINDS, "history")


@router.get("")
async def charter(me: Me) -> dict[str, Any]:
    """All that was decided, with what each thing means."""
    return _shown(await running().charters.of(scope=me.scope, by=me.principal))


@router.get("/inventory")
async def inventory(me: Me) -> dict[str, dict[str, int]]:
    """Everything that is held about you, counted by place and kind."""
    return await running().memory.inventory(scope=me.scope, by=me.principal)


@router.put("/purposes/{purpose}")
async def consent(me: Me, purpose: Purpose, given: Annotated[Flag, Body(embed=True)]) -> dict[str, Any]:
    """Yes or no to one purpose, from now on."""
    return _shown(await running().charters.consent(purpose, given, scope=me.scope, by=me.principal))


@router.put("/categories/{category}")
async def handle(me: Me, category: str, handling: Annotated[Handling, Body(embed=True)]) -> dict[str, Any]:
    return _shown(await running().charters.handle(category, handling, scope=me.scope, by=me.principal))


@router.put("/ask-first")
async def ask_first(me: Me, wanted: Annotated[Flag, Body(embed=True)]) -> dict[str, Any]:
    """Whether everything that is said waits for a yes."""
    return _shown(await running().charters.ask_first(wanted, scope=me.scope, by=me.principal))


@router.get("/waiting")
async def waiting(me: Me) -> dict[str, Any]:
    found = await running().memory.waiting(scope=me.scope, by=me.principal)
    return {"waiting": [asdict(one) for one in found]}


@router.post("/waiting/{id}/accept")
async def accept(me: Me, id: str) -> dict[str, bool]:
    app = running()
    await app.memory.accept(id, scope=me.scope, by=me.principal)
    app.worker.nudge(me.scope, me.principal)
    return {"accepted": True}


@router.post("/waiting/{id}/refuse")
async def refuse(me: Me, id: str) -> dict[str, bool]:
    await running().memory.refuse(id, scope=me.scope, by=me.principal)
    return {"refused": True}


@router.put("/retention/{kind}")
async def keep_for(
    me: Me, kind: str, days: Annotated[Count | None, Body(embed=True)] = None
) -> dict[str, Any]:
    """How many days memories of a kind are kept; without a number until they are forgotten."""
    if kind not in KEPT_KINDS:
        raise BadInput(f"There is no such kind. There are: {', '.join(KEPT_KINDS)}.")
    return _shown(await running().charters.keep_for(kind, days, scope=me.scope, by=me.principal))


@router.put("/restriction")
async def restrict(me: Me, restricted: Annotated[Flag, Body(embed=True)]) -> dict[str, Any]:
    """Store everything and use nothing, until it is lifted."""
    return _shown(await running().charters.restrict(restricted, scope=me.scope, by=me.principal))


@router.post("/objections")
async def object_to(
    me: Me,
    topic: Annotated[str, Body()],
    memory: Annotated[str, Body()] = "",
) -> dict[str, Any]:
    """Do not use what is about a topic; or, with `memory`, not this one when the talk is about it."""
    app = running()
    if memory:
        await app.memory.get(memory, scope=me.scope, by=me.principal)
    made = await app.charters.object_to(topic, memory=memory, scope=me.scope, by=me.principal)
    return asdict(made)


@router.post("/objections/{objection}/withdraw")
async def withdraw(me: Me, objection: str) -> dict[str, Any]:
    return _shown(await running().charters.withdraw_objection(objection, scope=me.scope, by=me.principal))


@router.put("/masking")
async def mask(
    me: Me,
    treatment: Annotated[dict[str, Treatment] | None, Body()] = None,
    always: Annotated[list[str] | None, Body(max_length=1000)] = None,
    never: Annotated[list[str] | None, Body(max_length=1000)] = None,
) -> dict[str, Any]:
    """How details are treated, by kind; words that are always or never masked. What is stored follows."""
    unknown = sorted(set(treatment or {}) - set(DEFAULT_POLICY))
    if unknown:
        raise BadInput(
            f"There are no details called {', '.join(unknown)}. `keepsake privacy` lists the kinds."
        )
    changed = await running().charters.mask(
        treatment=treatment, always=always, never=never, scope=me.scope, by=me.principal
    )
    return _shown(changed)


@router.put("/sending/{provider}/{about}")
async def send(
    me: Me, provider: str, about: str, how: Annotated[Way | None, Body(embed=True)] = None
) -> dict[str, Any]:
    """Whether memories, details of a kind or what tells of a sensitive category go to a model elsewhere.

    `provider`: its host, or `any`. Without `how` it is as usual again.
    """
    return _shown(await running().charters.send(about, how, to=provider, scope=me.scope, by=me.principal))


@router.post("/words")
async def decide(
    me: Me,
    word: Annotated[str, Body(min_length=1, max_length=200)],
    how: Annotated[Literal["keep_once", "always_hide", "not_personal"], Body()],
) -> dict[str, Any]:
    """What to do with one word: leave it in the next message that holds it, hide it always, or never."""
    app = running()
    if how == "keep_once":
        app.anonymizer.exemptions.allow(word.strip(), app.vaults.of(me.scope).owner)
        return _shown(await app.charters.of(scope=me.scope, by=me.principal))
    return _shown(
        await app.charters.mask_word(
            word.strip(), always=how == "always_hide", scope=me.scope, by=me.principal
        )
    )


@router.post("/vault/destroy")
async def destroy_vault(
    request: Request,
    me: Me,
    confirm: Annotated[str, Body(max_length=100)],
    password: Annotated[str, Body(max_length=1000)] = "",
) -> dict[str, int]:
    """No placeholder can be turned back afterwards, anywhere. With the password, where there are accounts."""
    if confirm.strip().casefold() != VAULT:
        raise BadInput(f'To destroy the vault, type "{VAULT}". Nothing was destroyed.')
    if SPEAKER not in request.scope:  # whoever can open the private socket could read the files as well
        from .sign_in import themself  # it loads Chainlit, which only a server does

        await themself(request, me, password, "This is not your password. Nothing was destroyed.")
    return {"destroyed": await running().memory.destroy_vault(scope=me.scope, by=me.principal)}


def sending(charter: Charter) -> list[dict[str, Any]]:
    """What goes to which model elsewhere: all of them first, then those that are set up, then others there are rules for."""
    hosts = dict.fromkeys((ANY, *running().providers, *sorted(charter.sending)))
    return [
        {
            "provider": host,
            "set_up": host in running().providers,
            "rules": [_rule(charter, host, about) for about in (MEMORIES, *SENDABLE, *NAMES)],
        }
        for host in hosts
    ]


def _rule(charter: Charter, provider: str, about: str) -> dict[str, Any]:
    """What holds, whether it was said of this provider itself, and since when."""
    masked = {**DEFAULT_POLICY, **charter.masking.treatment}.get(about, "keep") != "keep"
    return {
        "about": about,
        "how": rules_for(charter.sending, provider).get(about, "mask" if masked else "send"),
        "decided": about in charter.sending.get(provider, {}),
        "since": charter.dates.get(f"send {about} to {provider}"),
    }


def _shown(charter: Charter) -> dict[str, Any]:
    since = {purpose: charter.since(purpose) for purpose in PURPOSES}
    return {
        "purposes": [
            {
                "purpose": purpose,
                "says": says,
                "given": charter.allows(purpose),
                "since": since[purpose],
                "effect": EFFECTS[purpose][not charter.allows(purpose)],
            }
            for purpose, says in PURPOSES.items()
        ],
        "history": [asdict(consent) for consent in charter.consents],
        "categories": [
            {
                "category": one.name,
                "says": one.says,
                "handling": charter.handles([one.name]),
                "decided": one.name in charter.handling,
                "since": charter.dates.get(one.name),
            }
            for one in CATEGORIES
        ],
        "ask_first": charter.ask_first,
        "ask_first_since": charter.dates.get("ask first"),
        "keep_days": {kind: charter.keep_days.get(kind) for kind in KEPT_KINDS},
        "keep_since": {kind: charter.dates.get(f"keep {kind}") for kind in KEPT_KINDS},
        "sending": sending(charter),
        "restricted_at": charter.restricted_at,
        "objections": [asdict(one) for one in charter.objections],
        "masking": {
            "treatment": {**DEFAULT_POLICY, **charter.masking.treatment},
            "always": list(charter.masking.always),
            "never": list(charter.masking.never),
        },
    }
