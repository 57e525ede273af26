"""Which of a person's sentences answers: what reading, recall and grammar make of them together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from agent.answers import answer
from agent.embedders.minilm import MiniLM
from agent.embedders.nearness import nearness
from agent.errors import AssetMissing
from agent.evidence.choice import Answered
from agent.evidence.likelihood import Likelihoods
from agent.evidence.passages import LONGEST, passages
from agent.evidence.quotes import Evidence
from agent.evidence.reading import read_for
from agent.evidence.spans import quoted_round
from agent.evidence.unsaid import is_unsaid
from agent.parsing import parse
from agent.questions import understand
from agent.reader.answering import Reading
from agent.settings import Settings
from agent.statements import Sentence, read
from memory.records import Hit, Recollection, Shown
from privacy.identity import Scope

START = datetime(2026, 5, 3, 9, tzinfo=UTC)


def shown(text: str, place: int = 0) -> Shown:
    return Shown(
        id=f"m{place}", kind="episode", text=text, occurred_at=START + timedelta(days=place), recorded_at=START,
        origin="said", status="active", version=1, importance=0.5, confidence=1.0, speaker="user", session="a",
        position=place,
    )  # fmt: skip


def sentences(*said: str) -> list[Sentence]:
    return read([Hit(memory=shown(text, place), score=0.0) for place, text in enumerate(said)], parse)[0]


def reads_as(**sure: float):
    """A reading that finds its word with so much certainty."""

    def reads(question: str, texts: Sequence[str]) -> list[Reading]:
        found = []
        for text in texts:
            word, share = max(
                ((w, s) for w, s in sure.items() if w in text), key=lambda one: one[1], default=("", 0.0)
            )
            at = max(text.find(word), 0)
            found.append(Reading(share, at, at + len(word)))
        return found

    return reads


def quoted(question: str, said: Sequence[str], reads) -> list[str]:
    found = sentences(*said)
    understood = understand(question, parse, {})
    assert understood is not None
    return [one.text for one in read_for(understood, recollected(question, said), found, reads, list)]


def recollected(question: str, said: Sequence[str], scores: Sequence[float] = ()) -> Recollection:
    """What was said, recalled in its order; all of it as well where no scores are given."""
    given = scores or [0.0] * len(said)
    hits = [
        Hit(memory=shown(text, place), score=score)
        for place, (text, score) in enumerate(zip(said, given, strict=True))
    ]
    return Recollection(question=question, hits=tuple(hits), relevance=0.9)


SAID = ("I live in Ghent.", "My boss lives in Lille.", "I moved to Bruges.")


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        ({"Ghent": 0.8}, ["I live in Ghent."]),
        ({"Ghent": 0.1}, []),  # not surely enough
        ({"Ghent": 0.5, "Lille": 0.9}, ["I live in Ghent."]),  # grammar knows that the boss is somebody else
        ({"Lille": 0.9}, []),
        ({"Ghent": 0.9, "Bruges": 0.7}, ["I moved to Bruges."]),  # of two about as good the newer
        ({"Ghent": 0.9, "Bruges": 0.3}, ["I moved to Bruges."]),  # it says that it has changed
        ({"Ghent": 0.9, "Bruges": 0.05}, ["I live in Ghent."]),
    ],
)
def test_reading_chooses_and_grammar_has_a_veto(sure: dict[str, float], expected: list[str]) -> None:
    assert quoted("Where do I live?", SAID, reads_as(**sure)) == expected


@pytest.mark.parametrize(
    ("text", "answer", "unsaid"),
    [
        ("Perhaps I should keep the key under the mat.", "under the mat", True),
        ("I'm not meeting Odile on Friday.", "Odile", True),
        ("Should I take the job in Malmö?", "Malmö", True),
        ("Do you think my sister is in Oslo, or in Bergen?", "Oslo", True),
        ("at home ive got an old iMac thats painfully slow, worth adding memory?", "iMac", False),
        ("Met my husband on a ferry to Gotland, would you believe it", "Gotland", False),
        ("can you help me write a note to my landlord Mr Pemberton about the boiler?", "Mr Pemberton", False),
    ],
)
def test_what_only_holds_an_answer_does_not_say_it(text: str, answer: str, unsaid: bool) -> None:
    """What is denied, supposed or asked says nothing; what stands before a turn to a question does, and who is named by the way."""
    (sentence,) = sentences(text)
    start = sentence.text.find(answer)
    assert is_unsaid(Answered(0, sentence, 0.9, start, start + len(answer))) is unsaid


@pytest.mark.parametrize(("sure", "expected"), [(0.1, ["I live in Ghent."]), (0.01, [])])
def test_where_reading_is_not_sure_the_rules_are_asked(sure: float, expected: list[str]) -> None:
    """Unless it is as good as sure that what they find does not answer."""
    said = sentences("I live in Ghent.")
    question = understand("Where do I live?", parse, {})
    assert question is not None
    found = read_for(
        question,
        recollected("Where do I live?", ["I live in Ghent."]),
        said,
        reads_as(Ghent=sure),
        lambda: [Evidence(said[0], 1.0)],
    )
    assert [one.sentence.text for one in found] == expected


def test_a_time_in_common_renews_nothing() -> None:
    said = ("I've been an engineer on the railroad 31 years.", "I been divorced nine years now.")
    question = "How many years have I been on the railroad?"
    (found,) = quoted(question, said, reads_as(railroad=0.95, nine=0.3))
    assert "31 years" in found


def test_among_many_what_is_recalled_best_is_more_likely() -> None:
    """Reading takes any date for the exam's; recall knows which message is about the exam."""
    said = ("My exam is on 22 May.", "I run on 7 June.", *(f"I baked bread number {n}." for n in range(40)))
    question = understand("When is my exam?", parse, {})
    assert question is not None

    def found(count: int) -> list[str]:
        scores = [9.0, 1.0, *[0.0] * 40][:count]
        recollection = recollected("When is my exam?", said[:count], scores)
        reads = reads_as(May=0.5, June=0.9)
        return [one.text for one in read_for(question, recollection, sentences(*said[:count]), reads, list)]

    assert found(2) == ["I run on 7 June."]  # the order of two is chance
    assert found(42) == ["My exam is on 22 May."]


@pytest.mark.parametrize(
    ("memories", "relevance", "likely"),
    [
        (3, 0.01, (0.7, 0.7)),  # among a few reading decides alone
        (40, 0.9, (0.59, 0.04)),
        (40, 0.01, (0.01, 0.0)),  # recall finds nothing that seems to be about the question
        (40, 0.0, (0.01, 0.0)),
    ],
)
def test_how_likely_recall_makes_what_reading_finds(
    memories: int, relevance: float, likely: tuple[float, float]
) -> None:
    """The best recalled, and one five deviations behind it, of both of which reading is sure by .7."""
    hits = [Hit(memory=shown("x", place), score=9.0 if not place else 4.0) for place in range(memories)]
    found = Likelihoods(hits, relevance, {hit.memory.id for hit in hits})
    assert (round(found.of("m0", 0.7), 2), round(found.of("m1", 0.7), 2)) == likely


def test_what_only_asks_does_not_count_as_recalled_better() -> None:
    hits = [Hit(memory=shown("x", place), score=9.0 if not place else 4.0) for place in range(40)]
    telling = {hit.memory.id for hit in hits[1:]}
    assert Likelihoods(hits, 0.9, telling).of("m1", 0.7) > 0.5
    assert Likelihoods(hits, 0.9, telling).of("m0", 1.0) < Likelihoods(hits, 0.9, {"m0"}).of("m0", 1.0)


def test_without_the_model_the_rules_answer() -> None:
    def missing(question: str, texts: Sequence[str]) -> list[Reading]:
        raise AssetMissing("The model file is not here yet. Run `keepsake fetch`.")

    hits = tuple(Hit(memory=shown(text, place), score=0.0) for place, text in enumerate(SAID[:2]))
    near = nearness(MiniLM(Settings().cache_home), Scope("ada"))
    found = answer(Recollection(question="Where do I live?", hits=hits), parse, near, missing)
    assert found is not None
    assert "Ghent" in found.text


def test_only_the_best_recalled_are_read() -> None:
    """What was not recalled among the first is not read: each costs some milliseconds."""
    seen: list[str] = []

    def reads(question: str, texts: Sequence[str]) -> list[Reading]:
        seen.extend(texts)
        return [Reading(0.0, 0, 0)] * len(texts)

    quoted(
        "What boat do I own?",
        [f"I own a boat number {n}." for n in range(40)],
        reads,
    )
    assert len(seen) <= 40
    assert not any("number 39" in text for text in seen)


def test_passages_cover_every_sentence() -> None:
    """Every sentence is read somewhere, and a place in a passage leads back to its sentence."""
    said = sentences("Two guinea pigs now!", "They're Salt and Vinegar. The kids chose.", "I walked. " * 80)
    found = list(passages(said))
    assert {id(s) for p in found for s in p.sentences} == {id(s) for s in said}
    for passage in found:
        for sentence in passage.sentences:
            at = passage.text.find(sentence.text)
            assert passage.at(at)[0].text == sentence.text
    assert any("guinea" in p.text and "Salt" in p.text for p in found)
    assert max(len(p.text) for p in found) <= 2 * LONGEST


@pytest.mark.parametrize(
    ("text", "answer", "quoted"),
    [
        ("School in Lyon, summers with Nana in Swansea.", "Lyon", "School in Lyon …"),
        (
            "Ethan's off to the Navy and Marcus is doing art in Austin.",
            "Austin",
            "… Marcus is doing art in Austin.",
        ),
        ("We start at 9, lunch is at 12, and I'm home by 6.", "home by 6", "… I'm home by 6."),
        ("I live in Ghent, near the station.", "Ghent", "I live in Ghent, near the station."),
        ("Lyon, not Nice.", "Lyon", "Lyon, not Nice."),
        ("My favourite film is Paris, Texas.", "Paris", "My favourite film is Paris, Texas."),
        ("My shoe size is 43 and a half, wide fit.", "43", "My shoe size is 43 and a half, wide fit."),
    ],
)
def test_no_other_value_is_quoted(text: str, answer: str, quoted: str) -> None:
    at = text.find(answer)
    assert quoted_round(text, at, at + len(answer)) == quoted
