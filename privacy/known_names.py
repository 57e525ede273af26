"""The person's own names: once found, found in every later message, without a model.

A model that is wrong once would so be wrong for ever: "Weather Data" at the head of a page makes "data" a name.
So names stand only as long as the models themselves take them for names now and then, where they read them again. Small
letters are weighed by themselves: "Schedule" at the head of a list may look like a name every time, "schedule" does not.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

from .findings import Finding
from .vault import Vault
from .words import COMMON_WORDS, NOT_NAMES

_WORD = re.compile(r"[\w'’]+")
OFTEN, SELDOM = 10, 1 / 10  # read so often, and taken for a name less often than this: it is none
# The same of what is written small: of names so written the models find three in four or more (pii_wnut17 .76,
# pii_presidio .91, pii_chat .95), so of two hundred names not one is passed over four times.
OFTEN_SMALL, SELDOM_SMALL = 4, 1 / 4
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’]+")  # the models do not read names in other scripts
_JOINTS = re.compile(r"[\s.\-‐‑–·_]{1,4}")  # what may stand between two parts of a name

_Writing = tuple[tuple[str, ...], bool]  # the words of a name, folded, and whether all are written small


class KnownNames:
    """A dictionary of names by their words: the time to search grows with the text, not with the number of names."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._longest = 1
        self._spellings: dict[tuple[str, ...], frozenset[str]] = {}
        self._written: set[str] = set()
        self._read: Counter[_Writing] = Counter()
        self._named: Counter[_Writing] = Counter()
        for name in names:
            self.add(name)

    def __len__(self) -> int:
        return len(self._spellings)

    def add(self, name: str, *, parts: bool = True) -> None:
        """A whole name and its longer parts: "Claire Dubois", "Claire", "Dubois"."""
        words = _words(name)
        if not words:
            return
        self._keep(words, name)
        for part in words if parts and len(words) > 1 else ():
            if len(part) > 2 and part[0].isupper() and part.casefold() not in NOT_NAMES:
                self._keep((part,), part)

    def find(self, text: str, others: KnownNames | None = None) -> list[Finding]:
        """Known names as whole words in any case; one that is also a common word only as it was written.

        What `others`, who have read more, hold to be none is none.
        """
        asked = (self, others or self)
        return [
            Finding(start, end, "PERSON", 0.95)
            for _, start, end in self._matches(text, lambda name: any(one._doubted(name) for one in asked))
        ]

    def as_written(self, text: str) -> list[Finding]:
        """Known names only where every word has a capital and is written as it was when it was found.

        >>> [found.start for found in KnownNames(["Implement Data"]).as_written("To implement it with Data")]
        [21]
        """
        return [
            Finding(start, end, "PERSON", 0.95)
            for _, start, end in self._matches(text, self._doubted)
            if all(word[0].isupper() and _stripped(word) in self._written for word in _words(text[start:end]))
        ]

    def weigh(self, text: str, found: Iterable[Finding]) -> KnownNames:
        """Take note of what the models, reading this text afresh, make of the names that are known; itself again."""
        taken = bytearray(len(text))
        for finding in found:
            if finding.label == "PERSON":
                taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
        for (key, small), start, _ in self._matches(text, lambda name: False):
            for name in {
                key,
                *((word,) for word in key),
            }:  # a whole name and its parts stand and fall together
                self._read[name, small] += 1
                self._named[name, small] += taken[start]
        return self

    def _doubted(self, name: _Writing) -> bool:
        key, small = name
        often, seldom = (OFTEN_SMALL, SELDOM_SMALL) if small else (OFTEN, SELDOM)
        read = self._read[name]
        return read >= often and self._named[name] < seldom * read and all(map(_LATIN.fullmatch, key))

    def _matches(self, text: str, passed: Callable[[_Writing], bool]) -> Iterator[tuple[_Writing, int, int]]:
        """The longest known names, each by its words, how it is written, and its place, without those that are passed over."""
        words = list(_WORD.finditer(text)) if self._spellings else []
        folded = [_bare(word.group()) for word in words]
        at = 0
        while at < len(words):
            length = next(
                (
                    n
                    for n in range(min(self._longest, len(words) - at), 0, -1)
                    if self._is(text, words, folded, at, n)
                    and not passed((tuple(folded[at : at + n]), _is_small(text, words[at : at + n])))
                ),
                0,
            )
            if length:
                last = words[at + length - 1]
                end = last.end() if last.group()[-2:] not in ("'s", "’s") else last.end() - 2
                small = _is_small(text, words[at : at + length])
                yield (tuple(folded[at : at + length]), small), words[at].start(), end
            at += max(1, length)

    def _keep(self, words: tuple[str, ...], spelling: str) -> None:
        self._longest = max(self._longest, len(words))
        key = tuple(_bare(word) for word in words)
        self._spellings[key] = self._spellings.get(key, frozenset()) | {spelling}
        self._written.update(words)

    def _is(self, text: str, words: list[re.Match[str]], folded: list[str], at: int, length: int) -> bool:
        spellings = self._spellings.get(tuple(folded[at : at + length]))
        if spellings is None:
            return False
        if length > 1:
            run = range(at, at + length - 1)
            return all(_JOINTS.fullmatch(text, words[i].end(), words[i + 1].start()) for i in run)
        return folded[at] not in COMMON_WORDS or any(_stripped(words[at].group()) == s for s in spellings)


def _is_small(text: str, words: Sequence[re.Match[str]]) -> bool:
    return text[words[0].start() : words[-1].end()].islower()


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name))


def _stripped(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _bare(word: str) -> str:
    return _stripped(word).casefold()


class Dictionaries:
    """The known names of each vault, made anew only when it lost a value. Thread-safe."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Vault, tuple[int, set[int], KnownNames]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, vault: Vault) -> KnownNames:
        with self._lock:
            version, known, names = self._made.get(vault, (-1, set(), KnownNames()))
            if version == vault.version:
                return names
            version, entries = vault.version, vault.known()
            if not known <= entries.keys():
                known, names = set(), KnownNames()
            for entry_id, entry in entries.items():
                if entry_id not in known and entry.label == "PERSON":
                    names.add(entry.spelling)
            self._made[vault] = (version, set(entries), names)
            return names
