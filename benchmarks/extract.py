"""How precisely, and how much, is learned offline from what people write.

    python -m benchmarks.extract --data FILE [--rules] [--json OUT] [--quiet] [--unlabelled OUT] [--verdicts FILE]

FILE holds one message a line: {"id", "text", "facts": [{"kind", "about", "relation", "value", "or"?, "okay"?, "who"?}], "trap"}.
What was found and what is wanted are the same when kind and about agree, at least half of the words of each value are in the
other, and the wanted value's head word is in the one found; "or" lists other values that are as true. A label that is
"okay" (one of two annotators gave it) is right to find and no fault to miss, as in TREC's nuggets (Voorhees 2003). What somebody wants to be called is kept as their name and as
a wish; labels name one of the two, and so both count as that one. Relations are counted apart. --rules: without the reading model. --quiet lists no mistakes.

Labels name what their writer thought of; something else that is found may be true all the same. --unlabelled writes what
no label names, {"id", "message", "kind", "kept"} a line, for a person to judge who adds "true"; --verdicts reads their
lines and prints, beside the strict precision, the share of what is found that is labelled or true.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from agent.distillers.read import States
from agent.distillers.rules import drafts
from agent.grammar.spelling import spelled_out
from agent.parsing import parse
from agent.reader.stating import Stating
from agent.settings import Settings
from memory.records import Draft, Shown

_SMALL = frozenset(
    "a an the my our his her their its in on at of to from with for and or is are am be i we he she they me not "
    "s who that this very".split()
)


CALLED = "call me "


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be learned, wanted or found."""

    kind: str
    about: str
    relation: str
    value: str
    said: str = ""
    kept: str = ""  # the sentence that is remembered
    others: tuple[str, ...] = ()  # values that are as true
    vital: bool = True  # a fault to miss


@dataclass(slots=True)
class Tally:
    """What was right, too much and too little for one kind."""

    right: int = 0
    okay: int = 0
    relation_right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        labelled, wanted = self.right + self.okay, self.right + len(self.missed)
        found = labelled + len(self.wrong)
        return {
            "wanted": wanted,
            "found": found,
            "precision": labelled / found if found else 1.0,
            "recall": self.right / wanted if wanted else 1.0,
            "relation right": self.relation_right / labelled if labelled else 1.0,
        }


def content(text: str) -> list[str]:
    """The words of a value that carry meaning.

    >>> content("four grandchildren"), content("the 14th of May")
    (['four', 'grandchildren'], ['14th', 'may'])
    """
    words = re.findall(r"[^\W_]+", spelled_out(text).casefold())
    return [word for word in words if word not in _SMALL] or words


def head_word(value: str) -> str:
    """The word a value is about, by its parse; the last word that carries meaning when the root carries none."""
    doc = parse([spelled_out(value)])[0]
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    words = content(value)
    if root is not None and root.lower_ in words:
        return root.lower_
    return words[-1] if words else ""


def same(wanted: Item, found: Item) -> bool:
    if (wanted.kind, wanted.about) != (found.kind, found.about):
        return False
    return any(_alike(value, found.value) for value in (wanted.value, *wanted.others))


def _closest(labels: list[Item], found: Item) -> Item | None:
    """Of the labels that name the same, the one in the same words; else the first."""
    exact = [one for one in labels if content(one.value) == content(found.value)]
    return next(iter(exact or labels), None)


def _alike(wanted: str, found: str) -> bool:
    mine, yours = content(wanted), content(found)
    shared = len(set(mine) & set(yours))
    return 2 * shared >= len(set(mine)) and 2 * shared >= len(set(yours)) and head_word(wanted) in yours


def label(fact: dict[str, Any]) -> Item:
    """What FILE wants to be found."""
    return Item(
        fact["kind"], fact["about"], fact["relation"], fact["value"],
        others=tuple(fact.get("or", ())), vital=not fact.get("okay", False),
    )  # fmt: skip


def item_of(draft: Draft) -> Item:
    about = "user" if draft.subject == "user" else "other"
    relation = draft.relation or ("wants_answers" if draft.aspect != "taste" else "")
    said = draft.quote
    return Item(draft.kind, about, relation, _as_said(draft), said, draft.text)


def _as_said(draft: Draft) -> str:
    """A standing wish is kept as a value for code to follow; what is compared are its words."""
    if draft.kind == "preference" and not draft.relation:
        return re.sub(
            r"^The user wants (?:to be called )?|\.$", "", draft.text.replace("to be called ", CALLED)
        )
    return draft.object


def learned(identifier: str, text: str, states: States | None = None) -> list[Draft]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    episode = Shown(
        id=identifier, kind="episode", text=text, occurred_at=at, recorded_at=at, origin="said", status="active",
        version=1, importance=0.5, confidence=1.0, speaker="user",
    )  # fmt: skip
    return drafts(episode, states=states)


def evaluate(messages: list[dict[str, Any]], states: States | None = None) -> dict[str, Any]:
    """Precision and recall by kind, and how often something was learned where there was nothing."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    empty, fooled = 0, []
    unlabelled: list[dict[str, str]] = []
    for message in messages:
        wanted = sorted(map(label, message["facts"]), key=lambda one: not one.vital)
        found = _named_once(
            [item_of(draft) for draft in learned(message["id"], message["text"], states)], wanted
        )
        if not wanted:
            empty += 1
            fooled += [message["id"]] if found else []
        for item in found:
            match = _closest([one for one in wanted if same(one, item)], item)
            tally = tallies[item.kind]
            if match is None:
                unlabelled.append(
                    {"id": message["id"], "message": message["text"], "kind": item.kind, "kept": item.kept}
                )
                tally.wrong.append(
                    f"{message['id']} [{message['trap']}] {item.about} {item.relation}: {item.value} <- {item.said}"
                )
                continue
            wanted.remove(match)
            tally.right += match.vital
            tally.okay += not match.vital
            tally.relation_right += match.relation == item.relation
        for item in (one for one in wanted if one.vital):
            tallies[item.kind].missed.append(
                f"{message['id']} {item.about} {item.relation}: {item.value} <- {message['text']}"
            )
    return {
        "kinds": {kind: tally.figures() for kind, tally in sorted(tallies.items())},
        "nothing to learn": empty,
        "learned from nothing": len(fooled) / empty if empty else 0.0,
        "wrong": {kind: tally.wrong for kind, tally in tallies.items()},
        "missed": {kind: tally.missed for kind, tally in tallies.items()},
        "unlabelled": unlabelled,
    }


def _named_once(found: list[Item], wanted: list[Item]) -> list[Item]:
    """Without the name or the wish to be called so, where both are there: the one that is wanted stays."""
    names = [one for one in found if (one.about, one.relation) == ("user", "name")]
    wishes = [one for one in found if one.value.startswith(CALLED)]
    extra = []
    for name in names:
        for wish in wishes:
            if set(content(wish.value.removeprefix(CALLED))) & set(content(name.value)):
                extra.append(name if any(same(one, wish) for one in wanted) else wish)
    return [_as_labelled(one, wanted) for one in found if one not in extra]


def _as_labelled(one: Item, wanted: list[Item]) -> Item:
    """A wish to be called so as the name that a label takes it for."""
    if not one.value.startswith(CALLED) or any(same(other, one) for other in wanted):
        return one
    name = replace(one, kind="fact", relation="name", value=one.value.removeprefix(CALLED))
    return name if any(same(other, name) for other in wanted) else one


def judged(result: dict[str, Any], verdicts: list[dict[str, Any]]) -> dict[str, float]:
    """By kind, the share of what was found that a label names or a person judged true. KeyError: not judged."""
    true = {(one["id"], one["kept"]): bool(one["true"]) for one in verdicts}
    shares = {}
    for kind, figures in result["kinds"].items():
        others = [one for one in result["unlabelled"] if one["kind"] == kind]
        wrong = sum(not true[one["id"], one["kept"]] for one in others)
        shares[kind] = 1 - wrong / figures["found"] if figures["found"] else 1.0
    return shares


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def show(result: dict[str, Any], *, quiet: bool) -> None:
    console = Console(highlight=False)
    if not quiet:
        for name in ("wrong", "missed"):
            for kind, listed in result[name].items():
                for line in listed:
                    console.print(f"{name} {kind}: {line}", markup=False)
    table = Table("kind", "wanted", "found", "precision", "recall", "relation right")
    for kind, figures in result["kinds"].items():
        shares = [f"{figures[name]:.3f}" for name in ("precision", "recall", "relation right")]
        table.add_row(kind, str(figures["wanted"]), str(figures["found"]), *shares)
    console.print(table)
    console.print(
        f"messages with nothing to learn: {result['nothing to learn']}, learned from: {result['learned from nothing']:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--unlabelled", type=Path)
    parser.add_argument("--verdicts", type=Path)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    arguments = parser.parse_args()
    if not arguments.data.exists():
        parser.error(f"there is no file {arguments.data}")
    states = None if arguments.rules else Stating(Settings().cache_home)
    result = evaluate(read_lines(arguments.data), states)
    show(result, quiet=arguments.quiet)
    if arguments.unlabelled:
        written = [json.dumps(one, ensure_ascii=False) + "\n" for one in result["unlabelled"]]
        arguments.unlabelled.write_text("".join(written), encoding="utf-8")
    if arguments.verdicts:
        result["labelled or true"] = judged(result, read_lines(arguments.verdicts))
        print("labelled or judged true:", {k: round(v, 3) for k, v in result["labelled or true"].items()})
    if arguments.json:
        kept = {
            name: value
            for name, value in result.items()
            if not (arguments.quiet and name in ("wrong", "missed", "unlabelled"))
        }
        arguments.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
