"""Sensitive sentences are found, and what only looks like them is let pass."""

from __future__ import annotations

import pytest

from agent.errors import AssetMissing
from agent.reader.special import Special
from agent.settings import Settings
from privacy.categories import CATEGORIES, judge, sensitive
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


@pytest.fixture(scope="module")
def judged():
    return judge(Special(Settings().cache_home)).all_sensitive


OBLIQUE = {
    "health": "They put me back on the drip on Monday.",
    "politics": "I'd sooner emigrate than see that man in the White House again.",
    "sexuality": "He took my surname and I took his, two grooms, four cufflinks.",
    "union": "My rep is coming to the hearing with me.",
    "biometrics": "The turnstile at work only opens once it has looked at my eyes.",
}


def test_what_is_kept_is_judged_by_reading(judged):
    """Plain statements are found, and oblique ones that no rule knows; what only looks like them is not, nor is small talk."""
    assert [
        text for texts in TELLS.values() for text, told in zip(texts, judged(texts), strict=True) if not told
    ] == []
    found = [[name for one in told for name in one.categories] for told in judged(list(OBLIQUE.values()))]
    assert [name in names for name, names in zip(OBLIQUE, found, strict=True)] == [True] * len(OBLIQUE)
    assert not any(sensitive(text) for text in OBLIQUE.values())
    silent = [
        *LOOKS_LIKE,
        "Thanks, that helps!",
        "My sister Clara lives in Leeds.",
        "I keep bees on the roof.",
        "",
        " ",
    ]
    assert [text for text, told in zip(silent, judged(silent), strict=True) if told] == []


def test_without_the_model_the_rules_judge():
    """A missing model makes the judge weaker, never silent; the sentences around are not touched, whatever ends them."""

    def missing(texts):
        raise AssetMissing("The model file is not here yet. Run `keepsake fetch`.")

    text = "Hi there! I have diabetes.\nSee you at 9."
    for reads in (judge(missing).sensitive, sensitive):
        (found,) = reads(text)
        assert (text[found.start : found.end], found.categories) == ("I have diabetes.", ("health",))


def test_sentences_cover_every_word():
    """Nothing is lost between sentences, also where one never ends."""
    text = "word " * 1000 + "x" * 3000 + ". Dr. Smith came. Bye"
    found = [text[start:end] for start, end in sentences(text)]
    assert "".join("".join(found).split()) == "".join(text.split())
    assert max(map(len, found)) <= LONGEST
