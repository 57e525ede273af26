"""How much of what was said is quoted: enough that it answers, and no value that is not the one asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..grammar.clauses import is_asked
from ..grammar.kinds import carries
from ..grammar.lexicon import words
from ..questions import Question
from ..statements import Sentence
from .coverage import covered
from .quotes import Evidence, kind_of
from .renewal import is_of_before, renews, values_of
from .whose import is_somebody

_PARTS = re.compile(
    r"(?:[,;.]|\s[-–—])?\s+(?:and then|and now|but now|and|but|then|while|whereas|though|although|except)\s+|;\s+|,\s+(?=(?:I|we|mine)\b)",
    re.IGNORECASE,
)
_CONTRASTED = re.compile(r",? (?:and then|whereas|while) ")
_CONTRAST = re.compile(
    r"(?:,| [-–—])? (?:instead of|rather than|as opposed to)(?: [\w'’-]+){1,4}?(?=[\s]*(?:[,.;!?)]|$| (?:and|but|so|because|since)\b))|"
    r"(?:,| [-–—]) not (?:(?:any ?more|the|an?|my|our|in|at|on) ){0,2}[\w'’-]+(?: any ?more)?(?=[\s]*(?:[,.;!?)]|$))|"
    r"(?<=\w) from (?:an? |the )?[\w'’-]+(?= to )",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"\b(?:switch|chang|mov|swap|went|go|upgrad|convert|transfer)\w*\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:(?:was|were) (?:going|gonna|meant|supposed|planning|thinking)|thought|nearly|almost|considered|toyed with|"
    r"(?:um+|hm+|ah+|er+|hum+)'?e?d|debated|tempted|torn between|looked at|(?:reckons|thinks|wants|fancies))\b",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:used to|originally|at first)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"(?:(?:no|but|well|and|honest)[, ]+)*(?:I|we) (?:do|don't|do not|am not|did|didn't|haven't|can't|won't)\W*",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:I|we|my|our|mine|me)\b", re.IGNORECASE)
_ANOTHERS = re.compile(
    r"(?:(?!(?:It|That|This|There|They|What|Here|Where|My|Our)\b)[A-Z][\w’-]+|(?:the|his|her|their) \w+)(?:'s|’s| is| was| has| does| goes| works| plays| lives| \w+s)\b"
)
_LEANING = words("it that this they those these he she which")


def excerpt(question: Question, sentence: Sentence) -> str:
    """A sentence as it was typed, without what is said of another or of before, where that could be taken for the answer."""
    text = _without_contrast(" ".join(sentence.text.split()))
    parts = _parted(text)
    if len(parts) < 2:
        return text
    two = _CONTRASTED.split(text)
    if len(two) == 2 and {_fit(question, part) for part in two} == {0.0, 1.0}:
        last = _fit(question, two[1]) == 1.0
        if len(two[last].split()) > 3:
            return f"… {two[1]}" if last else f"{two[0]} …"
    kind = kind_of(question)
    rivals = _of_before(question, kind, parts)
    if not rivals:
        fits = [_fit(question, part) for part in parts]
        best = max(fits)
        chosen = parts[fits.index(best)]
        rivals = [
            i for i, fit in enumerate(fits)
            if fit < best and not _points_back(parts[i]) and _rivals(question, kind, parts[i], chosen)
        ]  # fmt: skip
    if not rivals:
        return text
    kept = [part for i, part in enumerate(parts) if i not in rivals]
    return f"{'… ' if 0 in rivals else ''}{', '.join(kept)}{' …' if len(parts) - 1 in rivals else ''}"


def _of_before(question: Question, kind: str, parts: Sequence[str]) -> list[int]:
    """The parts of how it was, or was thought to be, or of others, where another says how it is."""
    now_asked = not (question.past or is_of_before(question.text))
    over = [i for i, part in enumerate(parts) if _UNREAL.search(part) or (now_asked and _OVER.search(part))]
    mine = [i for i, part in enumerate(parts) if _MINE.search(part)]
    if question.about is None and mine and mine != over:
        anothers = [i for i, part in enumerate(parts) if i not in mine and _ANOTHERS.match(part)]
        if anothers and (not kind or any(carries(parts[i], kind) for i in mine)):
            return anothers
    now = [part for i, part in enumerate(parts) if i not in over]
    if not kind or not any(carries(part, kind) for part in now):
        return []
    return [i for i in over if carries(parts[i], kind)]


def _points_back(part: str) -> bool:
    """ "it's on Sunday" is of what was said before it."""
    return re.match(r"(?:it|they|that|this|mine|ours)\b", part, re.IGNORECASE) is not None


def _parted(text: str) -> list[str]:
    parts, start = [], 0
    for border in _PARTS.finditer(text):
        parts.append(text[start : border.start()])
        start = border.end()
    return [part for part in (*parts, text[start:]) if part]


def _fit(question: Question, part: str) -> float:
    """How much a part holds of what tells one from another: names, whose it is, where."""
    wanted = question.wanted
    cues = [*wanted.words, *wanted.names]
    if question.about is not None:
        cues += [name.casefold() for name in question.about.names] or [question.about.role.partition("<")[0]]
    there = {word.casefold().removesuffix("'s") for word in re.findall(r"[\w'’-]+", part)}
    return covered(cues, there) if cues else 0.0


def _rivals(question: Question, kind: str, part: str, chosen: str) -> bool:
    """Whether a part could be taken for the answer as well."""
    if kind in ("", "reason"):
        named = re.compile(r"(?<!^)\b[A-Z][\w'’-]+")
        return bool(
            question.about is not None
            and question.about.names
            and named.search(part)
            and named.search(chosen)
        )
    if kind == "name":
        asked = _asked(question)
        part, chosen = (
            " ".join(w for w in text.split()[1:] if w.casefold().removesuffix("'s") not in asked)
            for text in (part, chosen)
        )
    return carries(part, kind) and carries(chosen, kind)


def without(text: str, values: frozenset[str], kind: str) -> str:
    """ "Bowling club has flooded so we're having it at the hall" without the club, where that was the answer before."""
    parts = re.split(r",? so (?=(?:we|I|my|our|it|now)\b)|, |; ", text)
    kept = [part for part in parts if not values & {w.casefold() for w in re.findall(r"[\w'’-]+", part)}]
    answers = kept and carries(", ".join(kept), kind or "name")
    return f"… {', '.join(kept)}" if answers and len(kept) < len(parts) else text


def _without_contrast(text: str) -> str:
    """ "doing linguistics now instead of law" without the law."""

    def left_out(match: re.Match[str]) -> str:
        if match.group().lstrip().startswith("from") and not _CHANGING.search(text[: match.start()]):
            return match.group()
        return " …"

    return _CONTRAST.sub(left_out, text)


def whole(question: Question, one: Evidence, said: Sequence[Sentence]) -> Evidence:
    """A sentence with what was said around it in one breath, where alone it tells nothing that was not asked."""
    text = one.text or excerpt(question, one.sentence)
    if not one.text and renews(one.sentence):
        text = without(text, _values_before(question, one, said), kind_of(question))
    one = replace(one, text=text)
    denied = next((s for s in said if s.previous is one.sentence and _DENIES.fullmatch(s.text.strip())), None)
    if question.polar and denied is not None:
        return replace(one, after=denied)
    if one.context is not None or one.after is not None or _is_telling(question, one.sentence):
        return one
    before = one.sentence.previous
    after = next((s for s in said if s.previous is one.sentence), None)
    led = before is not None and _may_join(question, before, one.sentence) and _leans(one.sentence)
    followed = after is not None and _may_join(question, after, one.sentence)
    return replace(one, context=before if led else None, after=after if followed and not led else None)


def _values_before(question: Question, one: Evidence, said: Sequence[Sentence]) -> frozenset[str]:
    """What answered before: of earlier messages that hold what is asked about."""
    earlier = [
        s
        for s in said
        if s.memory.id != one.sentence.memory.id and s.memory.occurred_at <= one.sentence.memory.occurred_at
    ]
    about = [*question.wanted.words, *([question.about.role] if question.about is not None else [])]
    told = [s for s in earlier if not is_asked(s.doc) and covered(about, s.words) >= AT_LEAST]
    return frozenset().union(*(values_of(question, s) for s in told)) - _asked(question)


AT_LEAST = 0.3  # of what is asked about


def _asked(question: Question) -> frozenset[str]:
    names = question.about.names if question.about is not None else ()
    return frozenset(
        {
            *question.wanted.words,
            *(n.casefold() for n in names),
            *re.findall(r"[\w'’-]+", question.text.casefold()),
        }
    )


def _may_join(question: Question, other: Sentence, sentence: Sentence) -> bool:
    """Whether it is of one message and of nobody else."""
    if other.memory.id != sentence.memory.id or is_asked(other.doc):
        return False
    named = {name for m in other.mentions for name in (*m.names, m.role) if is_somebody(m) and name}
    here = {name for m in sentence.mentions for name in (*m.names, m.role)}
    return not named - here or question.about is None


def _leans(sentence: Sentence) -> bool:
    """ "Made me late": what did so stands before."""
    subject = sentence.clauses[0].subject if sentence.clauses else None
    return subject is None or subject.lower_ in _LEANING


def _is_telling(question: Question, sentence: Sentence) -> bool:
    """Whether words hold something new, and of the kind that is asked for."""
    kind = kind_of(question)
    known = {*question.wanted.spelled, question.wanted.verb, *question.line.split()}
    fresh = [
        t for t in sentence.doc
        if t.pos_ in ("NOUN", "PROPN", "NUM", "ADJ", "X") and not t.is_stop and covered([t.lemma_.casefold()], known) < 1
    ]  # fmt: skip
    if kind == "reason":
        return not _leans(sentence)
    if kind == "name":
        return any(
            t.pos_ == "PROPN" and t.i and covered([t.lemma_.casefold()], known) < 1 for t in sentence.doc
        ) or bool(sentence.doc.text.islower() and fresh)
    if kind == "span":
        return (
            carries(sentence.doc.text, "count")
            or re.search(r"\b(?:since|always|all my life)\b", sentence.doc.text) is not None
        )
    if kind == "place" and question.attribute is None:
        return (
            "from" in question.line
            or re.search(
                r"\b(?:in|at|on|near|by|under|behind|outside|inside|to|round|over)\b", sentence.doc.text
            )
            is not None
        )
    if kind:
        return carries(
            " ".join(t.text for t in sentence.doc if covered([t.lemma_.casefold()], known) < 1), kind
        )
    return bool(fresh)
