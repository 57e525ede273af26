"""Whether what was masked comes back, and nothing else does: keepsake bench placeholders [--messages 10000] [--forged 100000] [--seed 1].

Messages in many scripts, with look-alikes of placeholders typed by hand, have details at any place; they go masked and
sealed into a ledger and come back, byte for byte. Tokens as a model elsewhere gets them are forged, changed, cut, and taken
from another person; none may become a value. True answers come back through a stream that is cut anywhere. Printed too:
how long sealing and journal take for one message, here without a disk behind it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import secrets
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from memory.archive import Archive
from memory.moments import utc_now
from memory.records import Utterance
from memory.stores.ledger import Ledger
from privacy.anonymization import Anonymizer
from privacy.encryption import KeyRing
from privacy.findings import Finding
from privacy.identity import Scope
from privacy.known_names import KnownNames
from privacy.outgoing import Outgoing
from privacy.vault import Vaults

from .storage.keeping import MASTER, without_a_disk

ADA, BOB = Scope("ada"), Scope("bob")
LABELS = ("PERSON", "EMAIL", "PHONE", "ADDRESS", "USERNAME")
PIECES = (
    "Sarah", "Zoë", "Zoe\u0308", "李小龍", "محمد", "Ольга", "🐝🐝", "👩‍👩‍👧", "a\u200bb", "\r\n", "\t", "  ", "ﬁn", "ＡＢＣ",
    "[PERSON_1]", "[PERSON_1_00000000]", "[", "]", "[[EMAIL_2]]", "[CARD removed]", "\\[PERSON_3\\]", "{name}", "%s", "\u202eabc",
    "and", "the", "met", "called", "x@y.example", "+44 20 7946 0123", "12 Mill Lane", "\ufeff", "e\u0301", "I", "ß", "İ",
)  # fmt: skip


class Drawn:
    """Finds details anywhere: what is masked must come back, whatever it is."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def detect(self, text: str, known: KnownNames | None = None) -> list[Finding]:
        found, at = [], 0
        while at < len(text):
            start = at + self._chance.randrange(1, 12)
            at = start + self._chance.randrange(1, 15)
            if at <= len(text) and text[start:at].strip():
                found.append(Finding(start, at, self._chance.choice(LABELS), 0.9))
        return found

    def detect_many(self, texts: Sequence[str], known: KnownNames | None = None) -> list[list[Finding]]:
        return [self.detect(text) for text in texts]


def message(chance: random.Random) -> str:
    glue = chance.choice((" ", "", ", "))
    return glue.join(chance.choice(PIECES) for _ in range(chance.randrange(2, 30))) + " ."


def forged(true: str, other: str, chance: random.Random) -> str:
    """A token that is not ours, made from one that is, or from another person's."""
    label, value, tag = re.fullmatch(r"\[([A-Z_]+)_(\d+)_([0-9a-f]{8})\]", true).groups()  # type: ignore[union-attr]  # it is one
    match chance.randrange(7):
        case 0:
            return other
        case 1:
            return f"[{label}_{value}_{chance.getrandbits(32):08x}]"
        case 2:
            return f"[{label}_{int(value) + chance.randrange(1, 99)}_{tag}]"
        case 3:
            return f"[{chance.choice([one for one in LABELS if one != label])}_{value}_{tag}]"
        case 4:
            return f"[{label}_{value}_{tag[:-1]}{'0' if tag[-1] != '0' else '1'}]"
        case 5:
            return f"[{label}_{value}]"
        case _:
            return f"[{label}_{value}_{tag[::-1] if tag[::-1] != tag else tag[:-2] + 'zz'}]"


def cut(text: str, chance: random.Random) -> list[str]:
    """In pieces, as a stream brings them; sometimes letter by letter."""
    longest, pieces, at = chance.choice((1, 3, 20)), list[str](), 0
    while at < len(text):
        size = chance.randrange(1, longest + 1)
        pieces.append(text[at : at + size])
        at += size
    return pieces


def sweep(messages: int, tokens: int, seed: int) -> dict[str, Any]:
    chance, figures = random.Random(seed), dict[str, Any]()
    with tempfile.TemporaryDirectory(dir=without_a_disk()) as folder:
        ledger = Ledger.open(Path(folder))
        try:
            keyring = KeyRing(MASTER, ledger)
            vaults = Vaults(keyring, ledger)
            hides = Anonymizer(Drawn(chance))  # type: ignore[arg-type]  # all that is asked of a detector
            archive = Archive(ledger, keyring, vaults, hides)
            texts = [message(chance) for _ in range(messages)]
            figures |= _kept(archive, ledger, texts)
            some = texts[: max(20, messages // 50)]
            outgoing = Outgoing(hides, vaults, secrets.token_bytes(32))
            sent = [outgoing.hide(text, ADA) for text in some]
            figures |= _streamed(outgoing, sent, some, chance)
            theirs = [outgoing.hide(text, BOB) for text in some]
            figures |= _forged(outgoing, sent, theirs, tokens, chance)
        finally:
            ledger.close()
    return figures


def _kept(archive: Archive, ledger: Ledger, texts: Sequence[str]) -> dict[str, Any]:
    owner, took, worked, ids = archive.owner(ADA), list[float](), list[float](), list[str]()
    for text in texts:
        (record,) = archive.episodes([Utterance(text=text)], owner, utc_now())
        began, busy = time.perf_counter(), time.thread_time()
        ledger.remember([archive.seal(record)])
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.thread_time() - busy) * 1000)
        ids.append(record.id)
    back = {record.id: archive.shown(record).text for record in archive.live(owner)}
    same = sum(back.get(id) == text for id, text in zip(ids, texts, strict=True))
    return {
        "messages": len(texts),
        "back byte for byte": same,
        "sealing and journal, ms p50": round(statistics.median(took), 2),
        "of the processor, ms p50": round(statistics.median(worked), 2),
    }


def _streamed(
    outgoing: Outgoing, sent: Sequence[str], texts: Sequence[str], chance: random.Random
) -> dict[str, Any]:
    exact = 0
    for hidden, text in zip(sent, texts, strict=True):
        for _ in range(5):
            restorer = outgoing.restorer(ADA)
            pieces = [restorer.feed(piece) for piece in cut(hidden, chance)]
            exact += "".join([*pieces, restorer.close()]) == text
    return {"streams": len(texts) * 5, "exact however cut": exact}


def _forged(
    outgoing: Outgoing, sent: Sequence[str], theirs: Sequence[str], count: int, chance: random.Random
) -> dict[str, Any]:
    token = re.compile(r"\[[A-Z_]+_\d+_(?!0{8})[0-9a-f]{8}\]")
    mine, others = ([one for text in hidden for one in token.findall(text)] for hidden in (sent, theirs))
    resolved = 0
    for _ in range(count):
        false = forged(chance.choice(mine), chance.choice(others), chance)
        restorer = outgoing.restorer(ADA)
        resolved += restorer.feed(f"So {false} said.") + restorer.close() != f"So {false} said."
    return {"forged and foreign tokens": count, "became a value": resolved}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--forged", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    figures = sweep(arguments.messages, arguments.forged, arguments.seed)
    for name, figure in figures.items():
        print(f"{name:30} {figure}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
