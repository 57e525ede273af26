"""YAML as it stands in the file: every value knows its line, and every wrong word its nearest neighbour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from .errors import ScriptError


@dataclass(frozen=True, slots=True)
class Written:
    """A value of the file and where it stands. All scalars are text, as typed: `yes` stays "yes"."""

    node: yaml.Node
    file: Path

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def fault(self, sentence: str) -> ScriptError:
        return ScriptError(f"{self.file}:{self.line}: {sentence}")

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_empty(self) -> bool:
        """Nothing stands there, not even quotes."""
        return isinstance(self.node, yaml.ScalarNode) and not self.node.value and self.node.style is None

    def nothing(self) -> Written:
        """An empty value in the same place."""
        node = self.node
        return Written(yaml.ScalarNode(node.tag, "", node.start_mark, node.end_mark), self.file)

    def text(self) -> str:
        if self.is_empty:
            raise self.fault("There is nothing behind this key. Write the words behind the colon.")
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fault("Plain text belongs here. Put it in quotes if it holds a colon or brackets.")
        return str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        """One text, or a list of them."""
        return tuple(item.text() for item in self.items()) if self.is_list else (self.text(),)

    def items(self) -> list[Written]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault("A list belongs here: one line for each, beginning with a dash.")
        return [Written(node, self.file) for node in self.node.value]

    def entries(self) -> list[tuple[Written, Written]]:
        """Key and value of a mapping, in order; no key twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("Keys with values belong here, like “title: Two days”.")
        pairs = [(Written(key, self.file), Written(value, self.file)) for key, value in self.node.value]
        seen: set[str] = set()
        for key, _ in pairs:
            if key.text() in seen:
                raise key.fault(f"“{key.text()}” stands here twice. Keep one of them.")
            seen.add(key.text())
        return pairs

    def fields(self, known: Sequence[str]) -> dict[str, Written]:
        """A mapping of which all keys are known."""
        found = {}
        for key, value in self.entries():
            if key.text() not in known:
                raise key.fault(unknown(key.text(), known))
            found[key.text()] = value
        return found

    def choice(self, known: Sequence[str]) -> str:
        """A text that is one of these."""
        if self.text() not in known:
            raise self.fault(unknown(self.text(), known))
        return self.text()


def unknown(word: str, known: Sequence[str]) -> str:
    """The sentence about a word that is not known, with the nearest one that is.

    >>> unknown("sleap", ["sleep", "restart"])
    'I do not know “sleap”. Did you mean “sleep”?'
    """
    near = get_close_matches(word.casefold(), [k.casefold() for k in known], n=1, cutoff=0.6)
    if near:
        meant = next(k for k in known if k.casefold() == near[0])
        return f"I do not know “{word}”. Did you mean “{meant}”?"
    return f"I do not know “{word}”. Known here: {', '.join(known)}."


def documents(file: Path, text: str) -> Iterator[Written]:
    """The conversations of a file, one after the other; `---` stands between them."""
    try:
        for node in yaml.compose_all(text, Loader=yaml.SafeLoader):
            if node is not None:
                yield Written(node, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ScriptError(
            f"{file}:{line}: This is not readable as YAML ({error.problem}). Words that hold a colon or a #, that "
            "begin with a sign, or that end with a question mark inside {...} belong in quotes. Every step begins "
            "with a dash."
        ) from None
    except yaml.YAMLError:
        raise ScriptError(
            f"{file}:1: This file holds a character that YAML does not allow. Write it as an escape in double "
            'quotes, like "\\u0007".'
        ) from None
