"""What all pages have in common: who asks, in which language, and the frame around them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from agent.comparison import stretches
from agent.wiring import running
from memory.activity import drawing_a_page
from memory.records import Shown
from memory.voices import told

from ..languages import Language, preferred
from ..person import Person, asking
from ..wording import model_limits, model_line


async def drawing(me: Annotated[Person, Depends(asking)]) -> Person:
    """Who asks for a page: all that is read to draw it is one look."""
    drawing_a_page()
    return me


Me = Annotated[Person, Depends(drawing)]
TABS = {
    "memories": ("/memory", "Memories"),
    "review": ("/memory/review", "Review"),
    "timeline": ("/memory/timeline", "Timeline"),
    "connections": ("/memory/connections", "Connections"),
    "skills": ("/memory/skills", "Skills"),
    "privacy": ("/memory/privacy", "Privacy"),
    "activity": ("/memory/activity", "Activity"),
}
KINDS = {
    "episode": "conversation",
    "fact": "fact",
    "preference": "preference",
    "procedure": "skill",
    "summary": "summary",
    "insight": "insight",
}
ORIGINS = {
    "said": "you said",
    "inferred": "inferred",
    "imported": "imported",
    "web": "from a web page",
    "tool": "from a tool",
}
STATUSES = {
    "active": "in use",
    "superseded": "no longer so",
    "disputed": "disputed",
    "archived": "not about you",
    "quarantined": "not in use",
    "trial": "on trial",
    "retired": "given up",
    "paused": "paused",
    "quotation": "a quotation",
}
ACTIONS = {
    "remembered": "learned",
    "confirmed": "confirmed",
    "superseded": "no longer so",
    "disputed": "disputed",
    "ended": "ended",
    "withdrawn": "not about you",
    "hidden": "forgotten",
    "undone": "brought back",
    "destroyed": "gone for good",
    "erased": "everything forgotten",
    "active": "skill in use",
    "trial": "skill on trial",
    "retired": "skill given up",
    "accepted": "kept with your yes",
    "reverted": "taken back",
    "paused": "paused",
    "resumed": "used again",
    "dated": "kept until a day",
    "merged": "merged into another",
}
PROBES = {  # what is looked for after a destruction, and where
    "id": "id",
    "words": "words",
    "meaning": "meaning",
    "bytes": "bytes",
    "transcripts": "transcripts",
}
PENDING = {
    "log": "the end of the log",
    "checks": "the checks",
    "index bytes": "index bytes",
    "backup keys": "the key file of a backup",
}
LESSONS = {  # how a way of answering was learned
    "instruction": "from what you asked for",
    "correction": "from your correction",
    "edit": "from an answer that you edited",
    "thumb": "from your thumb",
    "pattern": "from what you do again and again",
    "model": "from what a model read in your words",
    "by hand": "in your own words",
}
RISKS = {
    "low": "risk: low",
    "medium": "risk: medium, it holds for more answers",
    "high": "risk: high, it would do more than answer",
}
VERDICTS = {"better": "better", "same": "the same", "worse": "worse"}
SOURCES = {
    "keepsake": "taken along from Keepsake",
    "chatgpt": "an export of ChatGPT",
    "claude": "an export of Claude",
    "notes": "notes",
}

templates = Jinja2Templates(Path(__file__).parents[1] / "templates")
templates.env.trim_blocks = templates.env.lstrip_blocks = True
templates.env.filters["told"] = told
templates.env.globals |= {
    "tabs": TABS,
    "kind_words": KINDS,
    "origin_words": ORIGINS,
    "status_words": STATUSES,
    "action_words": ACTIONS,
    "source_words": SOURCES,
    "lesson_words": LESSONS,
    "risk_words": RISKS,
    "verdict_words": VERDICTS,
    "probe_words": PROBES,
    "pending_words": PENDING,
    "stretches": stretches,
}


def language_of(request: Request) -> Language:
    return preferred(request.headers.get("accept-language", ""))


def is_fragment(request: Request) -> bool:
    """Whether the page is there already and only a part of it is asked for."""
    return "hx-request" in request.headers


def render(
    request: Request,
    name: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A template in the person's language."""
    spoken = language_of(request)
    words = {
        "lang": spoken.code,
        "_": spoken.say,
        "n_": spoken.count,
        "day": spoken.day,
        "moment": spoken.moment,
        "ago": spoken.ago,
        "number": spoken.number,
    }
    return templates.TemplateResponse(
        request, name, {**words, **values}, status_code=status, headers=dict(headers or {})
    )


async def page(
    request: Request, me: Person, tab: str, values: Mapping[str, Any], *, name: str = ""
) -> HTMLResponse:
    """A whole page of a tab."""
    app = running()
    frame = {
        "tab": tab,
        "waiting": await review_count(me),
        "says": model_line(app.model, language_of(request).say),
        "limits": model_limits(app.model),
    }
    return render(request, name or f"{tab}.html", {**frame, **values})


def trouble(request: Request, sentence: str, status: int) -> HTMLResponse:
    """What went wrong: above the page that is there, or on one of its own."""
    if is_fragment(request):
        told = {"hx-retarget": "#trouble", "hx-reswap": "innerHTML"}
        return render(request, "trouble.html", {"sentence": sentence}, status=status, headers=told)
    frame = {"tab": "memories", "waiting": 0, "sentence": sentence}
    return render(request, "trouble_page.html", frame, status=status)


async def review_count(me: Person) -> int:
    """How many things wait for a decision of the person."""
    found = await running().review.cards(scope=me.scope, by=me.principal)
    return len(found)


def chat_of(memory: Shown) -> str:
    """Where a conversation can be read again; empty where it was none of the chat."""
    return f"/thread/{memory.session}" if memory.kind == "episode" and len(memory.session) == 36 else ""


templates.env.globals["chat_of"] = chat_of


def at_noon(day: str) -> datetime | None:
    """A day as a date field of a page gives it."""
    try:
        return datetime.fromisoformat(f"{day}T12:00").astimezone()
    except ValueError:
        return None
