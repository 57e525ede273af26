"""What the pages and the chat say, as it stands in their sources."""

from __future__ import annotations

import ast
import re
from pathlib import Path

UI = Path(__file__).parents[2] / "ui"
_STRING = r'"((?:[^"\\]|\\.)*)"'
_SAID = re.compile(rf"\b_\(\s*{_STRING}")
_COUNTED = re.compile(rf"\bn_\(\s*{_STRING},\s*{_STRING}")
_IN_BROWSER = re.compile(rf"\bsay\(\s*{_STRING}")
_CHOSEN = re.compile(r'[?:]\s*"([^"]+ {day}\.)"')


def said() -> set[str | tuple[str, str]]:
    """Every sentence; a pair where it depends on a number."""
    found: set[str | tuple[str, str]] = set()
    for path in (UI / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= set(_SAID.findall(text)) | set(_COUNTED.findall(text))
    for path in [
        *(UI / "elements").glob("*.jsx"),
        *(UI / "static" / name for name in ("chat.js", "deeds.js", "under_answer.js", "parting.js")),
    ]:
        text = path.read_text(encoding="utf-8")
        found |= set(_IN_BROWSER.findall(text)) | set(_CHOSEN.findall(text))
        for table in re.findall(r"const (?:SECTIONS|HANDLINGS|NAMES|STATIONS) = \{(.*?)\};", text, re.DOTALL):
            found |= set(re.findall(rf":\s*{_STRING}", table))
    return found | _tables()


def _tables() -> set[str]:
    """Words that pages look up by name, and sentences that routes say."""
    from privacy.categories import CATEGORIES
    from privacy.governance import EFFECTS, PURPOSES
    from ui import looks
    from ui.pages import rendering
    from ui.procedures_api import CANNOT_STEER
    from ui.wording import ABOUTS, ABSENCES, ELSEWHERE, GONE, HERE, LIMITS, REASONS

    words = {
        word
        for table in (
            rendering.KINDS,
            rendering.ORIGINS,
            rendering.STATUSES,
            rendering.ACTIONS,
            rendering.SOURCES,
            rendering.LESSONS,
            rendering.RISKS,
            rendering.VERDICTS,
            rendering.PROBES,
            rendering.PENDING,
            looks.LOOKS,
        )
        for word in table.values()
    }
    words |= (
        set(PURPOSES.values())
        | {sentence for both in EFFECTS.values() for sentence in both}
        | {category.says for category in CATEGORIES}
        | {"chats", "you", "a model for you", "somebody else", "nobody"}
    )
    words |= {title for _, title in rendering.TABS.values()} | {
        CANNOT_STEER,
        GONE,
        LIMITS,
        HERE,
        ELSEWHERE,
        *REASONS.values(),
        *ABSENCES.values(),
        *ABOUTS.values(),
    }
    chat = (UI / "chat.py").read_text(encoding="utf-8")
    words |= set(_IN_BROWSER.findall(chat))
    for node in ast.walk(ast.parse(chat)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
            "NOTHING_STAYS",
            "COMMANDS",
            "PLACES",
        ):
            told = ast.literal_eval(node.value)
            words |= (
                {told}
                if isinstance(told, str)
                else {w if isinstance(w, str) else w[0] for w in told.values()}
            )
    for path in (UI / "pages").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "_said",
                "_decided",
                "BadInput",
            ):
                words |= {
                    a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                }
    return words
