"""Files from elsewhere: what is in them, and that a hostile one is refused with a sentence."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from datetime import UTC, datetime

import pytest

from memory.bundles import opened
from memory.bundles import packed as packing
from memory.errors import BadInput

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def zipped(parts, **how):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content if isinstance(content, bytes | str) else json.dumps(content))
    return written.getvalue()


def node(id, parent, role, text, at, **more):
    content = {"content_type": "text", "parts": [text]} | more
    return {
        "id": id,
        "parent": parent,
        "message": {"author": {"role": role}, "create_time": at, "content": content},
    }


CHATGPT = [
    {
        "title": "Trains",
        "conversation_id": "c1",
        "current_node": "d",
        "mapping": {
            "root": {"id": "root", "parent": None, "message": None},
            "a": node("a", "root", "user", "I live in Lyon.", 1714728600.5),
            "b": node("b", "a", "assistant", "Lovely.", 1714728601),
            "c": node("c", "b", "user", "I said it otherwise before I edited it.", 1714728602),
            "d": node("d", "b", "user", "I take the tram.", 1714728603),
            "e": node("e", "d", "user", "", 1714728604, content_type="user_editable_context"),
        },
    }
]
CLAUDE = [
    {
        "uuid": "u1",
        "name": "Bees",
        "chat_messages": [
            {"sender": "human", "text": "I keep bees.", "created_at": "2024-05-03T09:30:00Z"},
            {"sender": "assistant", "text": "How many?", "created_at": "2024-05-03T09:30:05Z"},
            {"sender": "human", "text": "", "content": [{"type": "text", "text": "Two hives."}], "created_at": "soon"},
        ],
    }
]  # fmt: skip
NOTES = (
    "# Me\n\nI keep bees\non the roof.\n\n## Allergies\n\n- nuts\n- [ ] cats\n\n## 2024-05-03\n\nWe moved.\n"
)


def said(raw):
    return [(m.text, m.occurred_at if m.occurred_at != NOW else None) for m in opened(raw, NOW).memories]


def test_what_people_wrote_elsewhere() -> None:
    """ChatGPT's and Claude's exports give the person's own words, dated, of the branch that counts; notes give each point."""
    one, two = (datetime(2024, 5, 3, 9, 30, s, 500000 if s == 0 else 0, tzinfo=UTC) for s in (0, 3))
    for raw in (zipped({"conversations.json": CHATGPT, "user.json": {}}), json.dumps(CHATGPT).encode()):
        assert opened(raw, NOW).source == "chatgpt"
        assert said(raw) == [("I live in Lyon.", one), ("I take the tram.", two)]
    claude = zipped({"data/conversations.json": CLAUDE})
    assert opened(claude, NOW).source == "claude"
    assert said(claude) == [("I keep bees.", datetime(2024, 5, 3, 9, 30, tzinfo=UTC)), ("Two hives.", None)]
    day = datetime(2024, 5, 3, 12, tzinfo=UTC)
    notes = [
        ("I keep bees\non the roof.", None),
        ("Allergies: nuts", None),
        ("Allergies: cats", None),
        ("We moved.", day),
    ]
    assert said(NOTES.encode()) == said(zipped({"me.md": NOTES})) == notes
    split = {f"conversations-{n:03}.json": CHATGPT for n in (0, 1)}
    assert len(said(zipped(split))) == 4


def lying(raw):
    """The same zip file, but for what it says of the size of its first part."""
    at = raw.rindex(b"PK\x01\x02")
    return raw[: at + 24] + struct.pack("<I", 10) + raw[at + 28 :]


def locked():
    raw = bytearray(zipped({"conversations.json": CLAUDE}))
    for at, flag in ((raw.index(b"PK\x03\x04"), 6), (raw.rindex(b"PK\x01\x02"), 8)):
        raw[at + flag] |= 1
    return bytes(raw)


LOOP = [{"mapping": {"a": node("a", "b", "user", " ", 1), "b": node("b", "a", "user", "", 1e308)}, "current_node": "a"}]  # fmt: skip
ODD = [
    {
        "mapping": {
            "a": 7,
            "b": {"message": {"author": "x", "content": []}},
            "c": {"message": {"author": {"role": "user"}, "content": {"parts": [{}, None]}}},
        }
    }
]
OWN = {"manifest.json": {"sha256": {"memories.json": "0" * 64}}, "memories.json": {"memories": []}}
HOSTILE = {
    "nothing": b"",
    "no text": b"\x89PNG\r\n\x1a\n\0\0",
    "half a zip": zipped({"conversations.json": CLAUDE})[:-40],
    "another zip": zipped({"word/document.xml": "<a/>"}),
    "a bomb": zipped({"conversations.json": b"[" + b" " * 50_000_000 + b"]"}),
    "a lie about size": lying(zipped({"conversations.json": CLAUDE})),
    "a way out": zipped({"../../etc/cron.d/x": "x", "conversations.json": CLAUDE}),
    "a locked one": locked(),
    "deep JSON": zipped({"conversations.json": "[" * 200_000}),
    "no JSON": zipped({"conversations.json": "{'a'"}),
    "JSON of nobody": b'[{"messages": 1}, null, 3]',
    "a loop": json.dumps(LOOP).encode(),
    "odd nodes": json.dumps(ODD).encode(),
    "odd messages": json.dumps([{"chat_messages": [1, {"sender": "human", "content": [3]}]}]).encode(),
    "half a letter": json.dumps([{"chat_messages": [{"sender": "human", "text": "\ud800"}]}]).encode(),
    "a changed export": zipped(OWN),
    "a manifest of nothing": zipped({"manifest.json": "3"}),
    "a manifest of what is missing": zipped({"manifest.json": {"sha256": {"memories.json": "0"}}}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused(kind: str) -> None:
    """Bombs, lies, ways out, locks, odd JSON: each gets a sentence that says what to do, and nothing comes in."""
    with pytest.raises(BadInput, match=r"[A-Z].+\. .*Nothing was brought in\."):
        opened(HOSTILE[kind], NOW)


def test_what_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many parts, too much in all, too large a part."""
    raw = zipped({"a.md": "x" * 5000, "b.md": "y"})
    for name, value in (("MOST_PARTS", 1), ("LARGEST", 4000), ("LARGEST_PART", 4000)):
        with monkeypatch.context() as changed:
            changed.setattr(packing, name, value)
            with pytest.raises(BadInput, match="Take"):
                opened(raw, NOW)
    assert len(opened(raw, NOW).memories) == 2
