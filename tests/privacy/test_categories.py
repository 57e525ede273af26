"""Sensitive sentences are found, and what only looks like them is let pass."""

from __future__ import annotations

import pytest

from privacy.categories import CATEGORIES, sensitive
from privacy.categories.reading import LONGEST, sentences

TELLS = {
    "health": ["I was diagnosed with asthma.", "My mum is in remission.", "I take insulin twice a day.", "I broke my wrist."],
    "beliefs": ["I am a practising Catholic.", "We go to the mosque on Fridays.", "I stopped believing years ago."],
    "politics": ["I voted for the Greens.", "My dad is a lifelong socialist.", "I canvassed for Labour."],
    "sexuality": ["I am gay.", "He came out to his parents.", "I'm bisexual."],
    "union": ["I'm a shop steward.", "I joined the union.", "We are on strike over pay."],
    "biometrics": ["They took my fingerprints at the border.", "I log in with my face.", "My DNA test came back."],
}  # fmt: skip
LOOKS_LIKE = [
    "I'm sick of this traffic.", "I'm allergic to Mondays.", "My dog has arthritis.", "Diabetes affects millions.",
    "I'm reading a book about depression.", "The church is next to the bakery.", "That is the bible of baking.",
    "We voted for pizza.", "It's my birthday party.", "A conservative estimate, I think.", "Go straight on and turn left.",
    "My album came out on Friday.", "The European Union has a flag I like.", "I am at Union Station.",
    "There are fingerprints on my window.", "I love my iris bed.", "Retail therapy helps me.",
]  # fmt: skip


@pytest.mark.parametrize("category", [category.name for category in CATEGORIES])
def test_what_tells(category):
    """Each category is found in plain statements about somebody."""
    for sentence in TELLS[category]:
        assert any(category in found.categories for found in sensitive(sentence)), sentence


def test_what_only_looks_like_it():
    """Figures of speech, buildings, animals, books and general knowledge are nobody's secret."""
    assert [s for s in LOOKS_LIKE if sensitive(s)] == []


def test_only_the_sentence_is_meant():
    """The sentences around it are not touched, whatever ends them."""
    text = "Hi there! I have diabetes.\nSee you at 9."
    (found,) = sensitive(text)
    assert text[found.start : found.end] == "I have diabetes."


def test_sentences_cover_every_word():
    """Nothing is lost between sentences, also where one never ends."""
    text = "word " * 1000 + "x" * 3000 + ". Dr. Smith came. Bye"
    found = [text[start:end] for start, end in sentences(text)]
    assert "".join("".join(found).split()) == "".join(text.split())
    assert max(map(len, found)) <= LONGEST
