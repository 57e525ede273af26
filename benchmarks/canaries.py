"""Planted details through every path, looked for in every file: keepsake bench canaries [--count 1000] [--no-mask] [--seed 1].

Canaries of twelve kinds go through chat, import, feedback, titles, failures and backups. Then every file is searched
for any eight bytes of one, in UTF-8, UTF-16, base64 and hex, also inside zip, zlib and Parquet; and what was opened
for the look (records, documents) and what a model elsewhere received is searched too. With --no-mask the last two must fail.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
import json
import logging
import random
import string
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.turns import Turn
from agent.wiring import open_app
from memory.records import Utterance
from privacy.errors import KeepsakeError
from privacy.identity import Principal, Scope

ADA, BY = Scope("canary-owner"), Principal("canary-owner")
FIRST = [
    "Katarina",
    "Thorbjorn",
    "Annelise",
    "Priyanka",
    "Oluwaseun",
    "Magdalena",
    "Giovanni",
    "Fitzgerald",
    "Wilhelmina",
]
SYLLABLES = ["wolf", "stein", "berg", "dal", "mont", "kern", "holt", "vik", "bach", "gard", "thal", "moor"]


def digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice(string.digits) for _ in range(count))


def luhn(chance: random.Random) -> str:
    number = "4" + digits(chance, 14)
    total = sum(sum(divmod(int(d) * (2 if i % 2 == 0 else 1), 10)) for i, d in enumerate(number))
    return number + str(-total % 10)


def surname(chance: random.Random) -> str:
    return "".join(chance.sample(SYLLABLES, 3)).capitalize()


def canary(kind: str, chance: random.Random) -> tuple[str, str]:
    """A sentence and the detail planted in it."""
    name, letters = surname(chance), "".join(chance.choices(string.ascii_letters + string.digits, k=20))
    match kind:
        case "person":
            detail = f"{chance.choice(FIRST)} {name}"
            return f"My friend {detail} came to dinner yesterday.", detail
        case "e-mail":
            detail = f"{name.lower()}{digits(chance, 3)}@example.org"
            return f"You can write to {detail} about the boat.", detail
        case "phone":
            detail = f"+44 20 7946 {digits(chance, 4)}"
            return f"My number is {detail}, call me after six.", detail
        case "address":
            detail = f"{chance.randrange(11, 399)} {name} Avenue"
            return f"I live at {detail}, on the second floor.", detail
        case "card":
            detail = luhn(chance)
            return f"My card number is {detail}, please book it.", detail
        case "iban":
            account = digits(chance, 18)
            check = 98 - int(account + "131400") % 97
            detail = f"DE{check:02d}{account}"
            return f"Send it to my IBAN {detail} this week.", detail
        case "ssn":
            detail = f"{chance.randrange(100, 665)}-{chance.randrange(10, 99)}-{chance.randrange(1000, 9999)}"
            return f"My social security number is {detail}.", detail
        case "password":
            detail = f"{letters[:10]}!{digits(chance, 2)}"
            return f"My password is {detail}", detail
        case "key":
            detail = f"sk-proj-{letters}{letters[::-1]}"
            return f"Use the API key {detail} for it.", detail
        case "user name":
            detail = f"@{name.lower()}_{digits(chance, 3)}"
            return f"On the forum I am {detail}, say hello.", detail
        case "ip":
            detail = f"203.0.113.{chance.randrange(100, 250)}"
            return f"My server is {detail} at home.", detail
        case _:
            detail = f"{chance.randrange(10, 28)} October 19{chance.randrange(40, 99)}"
            return f"I was born on {detail} in the evening.", detail


KINDS = [
    "person",
    "e-mail",
    "phone",
    "address",
    "card",
    "iban",
    "ssn",
    "password",
    "key",
    "user name",
    "ip",
    "birth date",
]


class Recording(ScriptedModel):
    """A model elsewhere that answers everything, and fails now and then."""

    async def stream(self, request):
        self.requests.append(request)
        if len(self.requests) % 7 == 0:
            raise KeepsakeFailure("The model broke off. Try again.")
        yield "Noted, thank you."


class KeepsakeFailure(KeepsakeError):
    """A failure in the middle of a turn."""


async def planted(home: Path, details: list[tuple[str, str, str]], *, masking: bool) -> tuple[str, str]:
    """Every canary through one path after the other; what lies opened, and what the model received."""
    settings = Settings(home=home / "data", config_home=home / "config", masking=masking, sensitive="keep")
    app = await open_app(settings, model=Recording(place="elsewhere"))
    recording = app.model._model
    try:
        for number, (_, text, _) in enumerate(details):
            thread = f"t{number}"
            match number % 5:
                case 0:  # chat
                    turn = Turn(principal=BY, scope=ADA, thread=thread, text=text)
                    try:
                        async for _event in app.assistant.reply(turn):
                            pass
                    except KeepsakeError:
                        logging.getLogger("agent").exception("a turn failed")
                case 1:  # a title and a line of the chat
                    await app.conversations.put("thread", thread, {"id": thread, "name": text}, scope=ADA)
                    body = {"id": thread, "output": text}
                    await app.conversations.put("step", thread, body, scope=ADA, parent=thread)
                case 2:  # feedback
                    body = {"forId": thread, "value": 0, "comment": text}
                    await app.conversations.put("feedback", thread, body, scope=ADA)
                case 3:  # remembered, then out and in again
                    await app.memory.remember(Utterance(text=text, session=thread), scope=ADA, by=BY)
                case _:  # a charter's topic, and a question
                    await app.memory.remember(Utterance(text=text, session=thread), scope=ADA, by=BY)
                    await app.memory.recall(text, scope=ADA, by=BY)
        await app.worker.drain()
        await app.memory.settle()
        packed = b"".join(app.portability.export(scope=ADA, by=BY))
        await app.portability.bring_in(packed, scope=Scope("other"), by=Principal("other"))
        await app.memory.settle()
        await app.memory.back_up(home / "backup")
        records = repr(await app.memory.at_rest(scope=ADA, by=BY))
        records += repr(await app.memory.at_rest(scope=Scope("other"), by=Principal("other")))
        records += repr(await app.conversations.at_rest(scope=ADA))
        received = "\n".join(message.text for request in recording.requests for message in request.messages)
    finally:
        await app.aclose()
    return records, received


def contents(file: Path) -> Iterator[bytes]:
    """A file's bytes, and those packed in it."""
    raw = file.read_bytes()
    yield raw
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    at = raw.find(b"\x78\x9c")
    while at >= 0:
        try:
            yield zlib.decompressobj().decompress(raw[at:], 1_000_000)
        except zlib.error:
            pass
        at = raw.find(b"\x78\x9c", at + 1)
    if raw[:4] == b"PAR1":
        import pyarrow.parquet as parquet

        yield repr(parquet.read_table(file).to_pydict()).encode()


def spellings(detail: str) -> Iterator[bytes]:
    """Stretches of a detail as a file may hold them."""
    plain = detail.encode()
    for cut in range(0, max(1, len(plain) - 7)):
        piece = plain[cut : cut + 8]
        yield piece
        yield piece.decode("utf-8", "ignore").encode("utf-16-le")
        yield piece.hex().encode()
    for shift in range(3):
        inner = base64.b64encode(b"x" * shift + plain)
        yield inner[4:-4] if len(inner) > 20 else inner


def searched(home: Path, details: list[tuple[str, str, str]]) -> dict[str, int]:
    """How many canaries of each kind stand in a file."""
    whole = [piece for file in sorted(home.rglob("*")) if file.is_file() for piece in contents(file)]
    hits = dict.fromkeys(KINDS, 0)
    for kind, _, detail in details:
        hits[kind] += any(spelling in piece for spelling in spellings(detail) for piece in whole)
    return hits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="canaries, in twelve kinds")
    parser.add_argument("--no-mask", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    details = [
        (kind, *canary(kind, chance))
        for kind in (KINDS * (arguments.count // len(KINDS) + 1))[: arguments.count]
    ]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        logging.basicConfig(filename=home / "debug.log", level=logging.DEBUG, force=True)
        records, received = asyncio.run(planted(home, details, masking=not arguments.no_mask))
        logging.shutdown()
        files = searched(home, details)
    figures = {
        kind: {
            "planted": sum(k == kind for k, *_ in details),
            "in files": files[kind],
            "in opened records": sum(k == kind and detail in records for k, _, detail in details),
            "sent to the model": sum(k == kind and detail in received for k, _, detail in details),
        }
        for kind in KINDS
    }
    print(f"{'kind':11} {'planted':>8} {'files':>6} {'opened':>7} {'sent':>5}")
    for kind, row in figures.items():
        print(
            f"{kind:11} {row['planted']:8} {row['in files']:6} {row['in opened records']:7} {row['sent to the model']:5}"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(figures) + "\n", "utf-8")


if __name__ == "__main__":
    main()
