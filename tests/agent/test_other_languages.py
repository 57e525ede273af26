"""In other languages than English, the person's own words answer where they share what is asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.other_languages import answer_by_words
from agent.wording import wording
from memory.records import Hit, Recollection, Shown

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def recollection(question: str, *said: str) -> Recollection:
    hits = tuple(
        Hit(
            memory=Shown(
                id=f"{number:03}", kind="episode", text=text, occurred_at=NOW, recorded_at=NOW, origin="said",
                status="active", version=1, importance=0.5, confidence=1.0, speaker="user",
            ),
            score=1.0, meaning=0.5, coverage=0.5, reasons=(),
        )
        for number, text in enumerate(said)
    )  # fmt: skip
    return Recollection(question=question, hits=hits, considered=len(hits))


@pytest.mark.parametrize(
    ("language", "question", "said", "expected"),
    [
        ("fr", "Où est-ce que j'habite ?", ["J'habite à Grenoble depuis l'été.", "J'aime le thé."], "Grenoble"),
        ("fr", "Comment s'appelle ma sœur ?", ["Mon frère s'appelle Paul.", "Ma sœur s'appelle Léa."], "Léa"),
        ("de", "Wo wohne ich?", ["Ich wohne in Köln. Es regnet oft."], "Köln"),
        ("es", "¿Dónde vivo?", ["Vivo en Madrid.", "Ahora vivo en Sevilla."], "Sevilla"),
        ("it", "Dove abito?", ["Abito a Torino con mio fratello."], "Torino"),
    ],
)  # fmt: skip
def test_the_person_s_own_words_answer(language: str, question: str, said: list[str], expected: str) -> None:
    """The sentence that shares what is asked is quoted, the newest among equals."""
    grounded = answer_by_words(recollection(question, *said), language, wording(language))
    assert grounded is not None
    assert expected in grounded.text
    assert len(grounded.used) == 1


@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        ("fr", "Où habite ma sœur ?", ["J'habite à Grenoble."]),
        ("de", "Wie heißt meine Katze?", ["Mein Hund heißt Rex.", "Wie heißt meine Katze?"]),
        ("es", "¿Dónde trabajo?", []),
    ],
)
def test_what_was_never_said_is_not_known(language: str, question: str, said: list[str]) -> None:
    """Half a match and a repeated question answer nothing: it says so in that language."""
    grounded = answer_by_words(recollection(question, *said), language, wording(language))
    assert grounded is not None
    assert (grounded.text, grounded.used) == (wording(language).unknown, ())


def test_a_statement_is_no_question() -> None:
    """What does not ask is not answered."""
    assert answer_by_words(recollection("J'habite à Lyon."), "fr", wording("fr")) is None
