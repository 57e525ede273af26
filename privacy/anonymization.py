"""Text to masked text and back: found details become placeholders, secrets are redacted for good."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from .detectors import Detector, NoDetector
from .errors import KeyDestroyed
from .exemptions import Exemptions
from .findings import Finding
from .governance import Masking, Treatment
from .known_names import Dictionaries
from .masked_text import MaskedText, Span
from .vault import Vault

if TYPE_CHECKING:
    from presidio_anonymizer import AnonymizerEngine

MaskingPolicy = Mapping[str, Treatment]

DEFAULT_POLICY: MaskingPolicy = {
    "PERSON": "placeholder",
    "EMAIL": "placeholder",
    "PHONE": "placeholder",
    "ADDRESS": "placeholder",
    "USERNAME": "placeholder",
    "BIRTH_DATE": "placeholder",
    "IP_ADDRESS": "placeholder",
    "MAC_ADDRESS": "placeholder",
    "CRYPTO": "placeholder",
    "VEHICLE": "placeholder",
    "WORD": "placeholder",  # what a person always wants masked
    "NUMBER": "placeholder",  # only a model takes it for an id: it may be one of an order, so it can come back
    "LOCATION": "keep",  # towns and countries: a memory lives by them
    "TITLE": "keep",
    "CARD": "redact",
    "IBAN": "redact",
    "BANK_ACCOUNT": "redact",
    "NATIONAL_ID": "redact",
    "SECRET": "redact",
    "PASSWORD": "redact",
}
# kinds of details of which can be said whether they may go to a model elsewhere: all that are kept, but words that
# their person always wants hidden
SENDABLE: tuple[str, ...] = tuple(
    label for label, treatment in DEFAULT_POLICY.items() if treatment != "redact" and label != "WORD"
)
PLAIN_WORDS = {
    "PERSON": "someone",
    "EMAIL": "an e-mail address",
    "PHONE": "a phone number",
    "ADDRESS": "an address",
    "USERNAME": "a user name",
    "BIRTH_DATE": "a date of birth",
    "LOCATION": "a place",
    "IP_ADDRESS": "a network address",
    "MAC_ADDRESS": "a device address",
    "CRYPTO": "a wallet",
    "VEHICLE": "a vehicle",
    "NUMBER": "a number",
}


class Anonymizer:
    """Masks by policy. Thread-safe; loads its detector on first use."""

    def __init__(self, detector: Detector | NoDetector, policy: MaskingPolicy = DEFAULT_POLICY) -> None:
        self._detector = detector
        self._policy = policy
        self._engine: AnonymizerEngine | None = None
        self._dictionaries = Dictionaries()
        self.wanted: Callable[[str], Masking] | None = None  # how an owner wants it; None: as usual
        self.exemptions = Exemptions()

    @property
    def enabled(self) -> bool:
        return not isinstance(self._detector, NoDetector)

    def warm(self) -> None:
        """Load the models now, so that the first message need not wait."""
        self._detector.detect("Warm up, please.")
        self._anonymizer()

    def mask(
        self, text: str, vault: Vault, *, to_keep: bool = False, treated: MaskingPolicy | None = None
    ) -> MaskedText:
        return self.mask_many([text], vault, to_keep=to_keep, treated=treated)[0]

    def mask_many(
        self,
        texts: Sequence[str],
        vault: Vault,
        *,
        to_keep: bool = False,
        treated: MaskingPolicy | None = None,
    ) -> list[MaskedText]:
        """The models read all texts at once; a name found in one is known in those after it.

        `to_keep`: the words stay here, so what their person exempted is left as it is. `treated`: kinds of details that
        are treated otherwise than usual.
        """
        if not self.enabled:
            return [MaskedText(text) for text in texts]
        known = self._dictionaries.of(vault)
        masked = []
        for text, findings in zip(texts, self._detector.detect_many(texts, known), strict=True):
            learned = self._dictionaries.of(vault)
            again = learned.find(text) if len(texts) > 1 else []
            exempt = self.exemptions.used(text, vault.owner) if to_keep else ()
            masked.append(self._masked(text, [*findings, *again], vault, exempt, treated or {}))
        return masked

    def mask_derived(self, text: str, vault: Vault) -> MaskedText:
        """A statement made of a person's own words, which were masked where they were said: names in it are known.

        Cut out of its sentence an ordinary word is taken for a name: "The user plays viola."
        """
        if not self.enabled:
            return MaskedText(text)
        known = self._dictionaries.of(vault)
        found = [f for f in self._detector.detect(text) if f.label != "PERSON"]
        return self._masked(text, [*found, *known.find(text), *_kept_before(text, vault)], vault)

    def mask_known(self, text: str, vault: Vault) -> MaskedText:
        """Only names the person has used before, written as they were: a dictionary, no model.

        For a question, which is kept nowhere. What hides too much here ("How do I someone a someone?") is asked in vain.
        """
        found = self._dictionaries.of(vault).as_written(text) if self.enabled else []
        return self._masked(text, found, vault)

    def preview(self, text: str, vault: Vault) -> list[Finding]:
        """What masking would find; nothing is stored."""
        found = self._detector.detect(text, self._dictionaries.of(vault))
        policy, masking = self._policy_of(vault)
        return _treated(text, found, policy, masking, self.exemptions.coming(text, vault.owner))

    def kinds(self, texts: Sequence[str], vault: Vault) -> list[frozenset[str]]:
        """The kinds of details in each text, however they are treated."""
        found = self._detector.detect_many(texts, self._dictionaries.of(vault))
        return [frozenset(finding.label for finding in findings) for findings in found]

    def never_kept(self, label: str, vault: Vault) -> bool:
        """Whether details of this kind are taken out for good, and cannot be exempted."""
        return self._policy_of(vault)[0].get(label) == "redact"

    def _policy_of(self, vault: Vault) -> tuple[MaskingPolicy, Masking]:
        masking = self.wanted(vault.owner) if self.wanted is not None else Masking()
        return {**self._policy, **masking.treatment}, masking

    def _masked(
        self,
        text: str,
        findings: Sequence[Finding],
        vault: Vault,
        exempt: tuple[str, ...] = (),
        treated: MaskingPolicy = MappingProxyType({}),
    ) -> MaskedText:
        from presidio_anonymizer import OperatorConfig, RecognizerResult

        policy, masking = self._policy_of(vault)
        policy = {**policy, **treated}
        found = [
            RecognizerResult(entity_type=f.label, start=f.start, end=f.end, score=f.score)
            for f in _apart(_treated(text, findings, policy, masking, exempt), policy)
        ]
        if not found:
            return MaskedText(text)
        written: list[tuple[str, int | None]] = []  # from the last placeholder to the first

        def operator(label: str) -> OperatorConfig:
            def replace(spelling: str) -> str:
                if policy[label] == "redact":
                    written.append((f"[{label} removed]", None))
                else:
                    entry = vault.entry(label, spelling)
                    written.append((f"[{label}_{entry.number}]", entry.id))
                return written[-1][0]

            return OperatorConfig("custom", {"lambda": replace})

        labels = {result.entity_type for result in found}
        operators = {label: operator(label) for label in labels}
        outcome = self._anonymizer().anonymize(text=text, analyzer_results=found, operators=operators)
        items = sorted(outcome.items, key=lambda item: item.start)
        values = _in_order(items, written)
        spans = tuple(
            Span(item.start, item.end, item.entity_type, value)
            for item, value in zip(items, values, strict=True)
        )
        return MaskedText(outcome.text, spans)

    def _anonymizer(self) -> AnonymizerEngine:
        if self._engine is None:
            from presidio_anonymizer import AnonymizerEngine

            logging.getLogger("presidio-anonymizer").setLevel(logging.ERROR)
            self._engine = AnonymizerEngine()
        return self._engine


def _kept_before(text: str, vault: Vault) -> list[Finding]:
    """Details that were masked where they were said, as they were spelled: a date of birth alone looks like any date."""
    found = []
    for entry in vault.known().values():
        if entry.label != "PERSON" and entry.spelling in text:
            start = text.index(entry.spelling)
            found.append(Finding(start, start + len(entry.spelling), entry.label, 1.0))
    return found


def _treated(
    text: str,
    findings: Sequence[Finding],
    policy: MaskingPolicy,
    masking: Masking,
    exempt: Sequence[str] = (),
) -> list[Finding]:
    """What is to be masked: the details of kinds that are, without the words that never are, and those that always are.

    `exempt`: words that are kept here, unless they are of a kind that is never kept.

    >>> _treated("Rose, Blue", [Finding(0, 4, "PERSON", 1.0)], DEFAULT_POLICY, Masking(always=("blue",), never=("rose",)))
    [Finding(start=6, end=10, label='WORD', score=1.0)]
    """
    never = {word.casefold() for word in masking.never}
    spared = {"placeholder": never | set(exempt), "redact": never}
    wanted = [
        f
        for f in findings
        if (treatment := policy.get(f.label, "keep")) != "keep"
        and text[f.start : f.end].casefold() not in spared[treatment]
    ]
    for word in {word.casefold() for word in masking.always} - set(exempt):
        alike = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        wanted += [Finding(m.start(), m.end(), "WORD", 1.0) for m in alike.finditer(text)]
    return wanted


def _apart(findings: Sequence[Finding], policy: MaskingPolicy) -> list[Finding]:
    """Findings without overlap: overlapping ones become one that covers them all, redacted if any of them is.

    Presidio would write the stretch between two halves twice.
    """

    def strength(finding: Finding) -> tuple[bool, float, int]:
        return policy[finding.label] == "redact", finding.score, finding.end - finding.start

    apart: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if apart and finding.start < apart[-1].end:
            last = apart.pop()
            strongest = max(last, finding, key=strength)
            finding = replace(strongest, start=last.start, end=max(last.end, finding.end))
        apart.append(finding)
    return apart


def _in_order(items: Sequence[object], written: Sequence[tuple[str, int | None]]) -> list[int | None]:
    """Vault ids for the placeholders as they stand; Presidio replaces from the end and validates with a trial call."""
    remaining = list(written)
    values: list[int | None] = []
    for item in reversed(items):
        shown = item.text  # type: ignore[attr-defined]  # an OperatorResult
        at = next(i for i, (text, _) in enumerate(remaining) if text == shown)
        values.append(remaining[at][1])
        del remaining[: at + 1]
    return values[::-1]


def restore(masked: MaskedText, vault: Vault) -> str:
    """The text as its owner typed it; what was redacted or forgotten stays a placeholder."""

    def value(span: Span) -> str:
        written = masked.text[span.start : span.end]
        if span.value is None:
            return written
        try:
            return vault.value(span.value)
        except KeyDestroyed:
            return written

    return masked.replaced(value)


def in_plain_words(masked: MaskedText) -> str:
    """The text with a plain word for each placeholder, as an embedder should see it.

    >>> in_plain_words(MaskedText("I met [PERSON_1].", (Span(6, 16, "PERSON", 1),)))
    'I met someone.'
    """
    return masked.replaced(lambda span: PLAIN_WORDS.get(span.label, "something"))
