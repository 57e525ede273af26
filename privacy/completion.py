"""What follows from what was found: a name again, the rest of a name or of a list of names, a whole address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .findings import Finding, joined, ordered
from .known_names import KnownNames
from .words import FUNCTION_WORDS, NOT_NAMES, TITLES

_TITLE_BEFORE = re.compile(rf"(?<![\w'’])(?:{TITLES})\.?[ \t]+\Z", re.IGNORECASE)
_TITLE_AFTER = re.compile(
    r",?[ \t]+(?:ph\.?d|m\.?d|dds|dvm|esq|jr|sr|ii|iii|iv|mba|msc|bsc|cpa|rn)\b\.?", re.IGNORECASE
)
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’-]+"
_NAME_BEFORE = re.compile(
    rf"(?<![\w.@/-])(?P<name>{_CAPITAL})[ \t](?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ibn|ter|zu)[ \t])*\Z"
)
_NAME_AFTER = re.compile(
    rf"[ \t](?P<name>(?:[A-Z]\.[ \t])?(?:(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ibn|ter|zu)[ \t])*{_CAPITAL})(?!\w)"
)
_COMPOUND = re.compile(r"(?:[-‐‑'’](?!s\b|S\b|re\b|ll\b|ve\b|d\b|m\b)[^\W\d_]\w*)+")
_COMPOUND_BEFORE = re.compile(r"(?<![\w@.])(?:[^\W\d_]\w*[-‐‑'’])+\Z")
_LIST = re.compile(
    r"(?<!\w)[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2}(?:, ?[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2})*,? (?:and|or|&|und|oder|et|ou|y|e|o|en) [^\W\d_][\w'’-]*"
)
_LIST_JOINT = re.compile(r",? (?:and|or|&|und|oder|et|ou|y|e|o|en) |, ?")
_OWNED = re.compile(r"(?<=\w)['’][sS]?(?=[ \t\n])")
_GAP = 45  # characters between two parts of one address
_PLACES = ("ADDRESS", "LOCATION")
_STREETLIKE = re.compile(r"\d|\n")
_SENTENCE = re.compile(r"[.!?]\s+[a-z]|[!?;]|\.\s+[A-Z][a-z]+ [a-z]")
_UNIT_BEFORE = re.compile(
    r"(?<!\w)(?:studio|flat|unit|apt|apartment|suite|floor|room|house|no|nr|block|lot|building)\.?[ \t]*#?[ \t]*\Z|(?<![\w.,])\d{1,5}[a-z]?[ \t,]+\Z",
    re.IGNORECASE,
)
_CODE_AFTER = re.compile(r",?[ \t]*(?:\([A-Z]{2}\)|[A-Z]{2}(?![\w]))(?:[ \t]+\d{5}(?:-\d{4})?)?")


def completed(text: str, found: Sequence[Finding], known: KnownNames) -> list[Finding]:
    """All findings of a text, each once, whole, and without those that a surer one makes void."""
    whole = settled([*found, *known.weigh(text, found).find(text)])
    whole = [_trimmed(text, f) for f in whole]
    whole += listed(text, whole)
    whole = [_whole_name(text, f) if f.label == "PERSON" else f for f in whole]
    here = KnownNames(text[f.start : f.end] for f in whole if f.label == "PERSON")
    whole += here.weigh(text, found).find(text, known)
    whole += titles(text, whole)
    whole = [f for f in addressed(text, whole) if _tells(text, f, whole)]
    return ordered(joined(settled(whole), text))


def settled(found: Sequence[Finding]) -> list[Finding]:
    """Without what lies inside a surer finding: an IP address is no telephone number.

    >>> settled([Finding(0, 9, "IP_ADDRESS", 0.95), Finding(0, 3, "NATIONAL_ID", 0.6)])
    [Finding(start=0, end=9, label='IP_ADDRESS', score=0.95)]
    """
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: (f.start, -f.end, -f.score)):
        inside = (k for k in reversed(kept) if k.start <= finding.start and finding.end <= k.end)
        if not any(k.score > finding.score for k in inside):
            kept.append(finding)
    return kept


def _trimmed(text: str, finding: Finding) -> Finding:
    """A name or a place without the signs around it, and a name without what it owns: "Anna's Tales"."""
    if finding.label not in ("PERSON", *_PLACES):
        return finding
    content = text[finding.start : finding.end]
    start = finding.start + len(content) - len(content.lstrip(" \t\n>,;:-•"))
    owned = _OWNED.search(content) if finding.label == "PERSON" else None
    kept = content[: owned.start()] if owned else content.rstrip(" \t\n>,;:")
    end = finding.start + len(kept)
    return replace(finding, start=start, end=end) if end > start else finding


def _whole_name(text: str, finding: Finding) -> Finding:
    """A name with the capitalised words and the compounds that touch it."""
    start, end = finding.start, finding.end
    if match := _COMPOUND_BEFORE.search(text[max(0, start - 30) : start]):
        start -= len(match.group())
    if match := _COMPOUND.match(text, end):
        end = match.end()
    shouted = text[start:end].isupper()
    for _ in range(2):
        match = _NAME_BEFORE.search(text[max(0, start - 40) : start])
        if (
            match is None
            or shouted
            or match.group("name").casefold() in NOT_NAMES
            or _first(text, start - len(match.group()))
        ):
            break
        start -= len(match.group())
    for _ in range(2):
        match = _NAME_AFTER.match(text, end)
        if match is None or shouted or match.group("name").split()[-1].casefold() in NOT_NAMES:
            break
        end = match.end()
    return replace(finding, start=start, end=end)


def _first(text: str, at: int) -> bool:
    """Whether a sentence begins here, so that a capital tells nothing."""
    return not text[:at].rstrip(" \t\"'“”‘’(*>-").rpartition("\n")[2].strip() or text[:at].rstrip(
        " \"'“‘("
    ).endswith((".", "!", "?", ":", ";"))


def listed(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """The rest of a list in which most are people: "Jan, Kristi and Nina"."""
    people = [f for f in found if f.label == "PERSON"]
    if len(people) < 2:
        return
    for run in _LIST.finditer(text):
        items, at = [], run.start()
        for joint in [*_LIST_JOINT.finditer(text, run.start(), run.end()), None]:
            items.append((at, joint.start() if joint else run.end()))
            at = joint.end() if joint else at
        are = [any(p.start < end and start < p.end for p in people) for start, end in items]
        if sum(are) >= 2 and 2 * sum(are) >= len(are):
            for (start, end), is_person in zip(items, are, strict=True):
                words = text[start:end].split()
                if not is_person and len(words) == 1 and words[0].casefold() not in FUNCTION_WORDS:
                    yield Finding(start, end, "PERSON", 0.7)


def titles(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """How a person is addressed: "Dr." before, "PhD" after a name."""
    for finding in found:
        if finding.label != "PERSON":
            continue
        if match := _TITLE_BEFORE.search(text[max(0, finding.start - 20) : finding.start]):
            start = finding.start - len(match.group())
            yield Finding(start, start + len(match.group().rstrip()), "TITLE", 0.8)
        if match := _TITLE_AFTER.match(text, finding.end):
            yield Finding(
                match.start() + len(match.group()) - len(match.group().lstrip(", \t")),
                match.end(),
                "TITLE",
                0.8,
            )


def addressed(text: str, found: Sequence[Finding]) -> list[Finding]:
    """Parts of one address as one: streets, units, towns, codes, also over several lines."""
    places = sorted((f for f in found if f.label in _PLACES), key=lambda f: (f.start, f.end))
    whole: list[Finding] = []
    for part in places:
        last = whole[-1] if whole else None
        if last and part.start <= last.end:
            label = "ADDRESS" if "ADDRESS" in (last.label, part.label) and part.end > last.end else last.label
            if part.end <= last.end or label == "ADDRESS":
                whole[-1] = replace(
                    last, end=max(last.end, part.end), label=label, score=max(last.score, part.score)
                )
                continue
        if last and "ADDRESS" in (last.label, part.label) and _one_address(text[last.end : part.start]):
            whole[-1] = replace(last, end=part.end, label="ADDRESS", score=max(last.score, part.score))
        else:
            whole.append(part)
    whole = [_with_edges(text, f) if f.label == "ADDRESS" else f for f in whole]
    return [*(f for f in found if f.label not in _PLACES), *whole]


def _one_address(gap: str) -> bool:
    """Whether what stands between two parts may belong to the address: a unit, a town, a code, no sentence."""
    gap = re.sub(r"(?<=\n)[^\w\n]+", "", gap)  # ornaments at the head of a line
    if len(gap) > _GAP or _SENTENCE.search(gap) or gap.count("\n") > 3:
        return False
    words = re.findall(r"[^\W\d_]+", gap.casefold())
    return len(words) <= 5 and not any(w in FUNCTION_WORDS for w in words)


def _with_edges(text: str, finding: Finding) -> Finding:
    start, end = finding.start, finding.end
    for _ in range(2):
        if match := _UNIT_BEFORE.search(text[max(0, start - 16) : start]):
            start -= len(match.group())
    if match := _CODE_AFTER.match(text, end):
        end = match.end()
    return replace(finding, start=start, end=end)


def _tells(text: str, finding: Finding, found: Sequence[Finding]) -> bool:
    """Whether it is worth hiding: not a lone small number that a model took for a house, nor a lone letter."""
    content = text[finding.start : finding.end]
    if finding.label in ("PERSON", "LOCATION") and finding.score < 0.8:
        return len(content) > 1 and not all(
            w in NOT_NAMES for w in re.findall(r"[\w'’]+", content.casefold())
        )
    if finding.label == "ADDRESS" and finding.score < 0.8:
        return sum(c.isdigit() for c in content) >= 4 or bool(re.search(r"[^\W\d_]{3}", content))
    return True
