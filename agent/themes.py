"""Which themes a text touches, by its likeness to examples: so that what is known of a person comes up where it matters.

A search finds what is like a question; that somebody is allergic to nuts is not like "What shall I cook?".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from memory.ports import Embedder, Vector
from privacy.identity import Scope

EXAMPLES: Mapping[str, Sequence[str]] = {
    "food": (
        "What should I cook?", "Give me a recipe.", "Which restaurant shall we try?", "What can I eat for breakfast?", "Plan our meals.",
        "a snack or a dessert", "bread, cheese, fish, meat and vegetables", "coffee, tea, wine and beer", "a menu for guests", "food and drink at a party",
    ),
    "sport": (
        "Make me a training plan.", "Which exercises are good for me?", "I want to get fitter.", "running, swimming, cycling and yoga", "a workout for beginners",
        "stretching before a match", "How do I train for a race?",
    ),
    "health": (
        "Why does my back hurt?", "Is this medicine safe for me?", "How can I sleep better?", "I have a headache and a fever.", "a visit to the doctor",
        "symptoms, pills and vaccination", "Should I be worried about this pain?",
    ),
    "work": (
        "How do I ask for a raise?", "Help me with my job application.", "Write an email to my boss.", "preparing a presentation for the office", "my career and colleagues",
        "Prepare me for a job interview.",
    ),
    "computers": (
        "Why does my program crash?", "Write a function in Python.", "Explain this piece of code.", "How do I use git?", "Fix the bug in my script.", "a database query",
        "programming, servers and software", "Which laptop should I buy?",
    ),
    "travel": (
        "Which places are worth a holiday?", "Plan a short trip.", "What can I see in Rome?", "flights, trains and hotels", "Where could we go outdoors?",
        "hiking in the mountains", "a day at the beach", "a road trip with friends",
    ),
    "culture": (
        "Which film is worth seeing?", "Recommend a book.", "What music is good for a long drive?", "concerts, theatre and museums", "a long novel", "Is there anything good on television?",
        "playing an instrument", "novels, films, songs and paintings",
    ),
    "free time": (
        "I have nothing to do, what now?", "I need a new hobby.", "games, crafts and photography", "What can one do when it rains?", "gardening, painting and knitting",
        "my days off", "How can I spend a free afternoon?", "a free day with nothing planned",
    ),
    "people": (
        "What should I give my wife for her birthday?", "organising a celebration", "Write a wedding speech.", "a present for my mother", "my children and my family",
        "How do I make up with my friend?", "our wedding anniversary",
    ),
    "animals": ("What may a dog eat?", "My cat is ill.", "pets and how to care for them", "training a puppy", "Who looks after my pets while I am away?"),
    "home": (
        "a letter to my landlord", "How do I repair the heating?", "furnishing a flat", "What is going on in my town?", "Where is the nearest shop?", "the weather where I live",
        "moving house", "local events near me",
    ),
    "money": ("How can I save money?", "Make a monthly budget.", "Is this loan a good idea?", "taxes, insurance and pensions"),
    "learning": ("Explain how this works.", "Help me study for an exam.", "Teach me the basics.", "What does this mean?", "a lesson in a new language"),
}  # fmt: skip

# where what kind of thing about a person matters
OF_ASPECT: Mapping[str, Sequence[str]] = {
    "diet": ("food",),
    "allergy": ("food", "health"),
    "health": ("health", "sport"),
    "job": ("work",),
    "works_at": ("work",),
    "employer": ("work",),
    "boss": ("work",),
    "colleague": ("work",),
    "studies": ("work", "learning"),
    "skill": ("work", "learning"),
    "speaks": ("travel", "learning"),
    "hobby": ("free time",),
    "plays": ("free time", "culture"),
    "lives_in": ("home", "travel"),
    "flatmate": ("home",),
    "neighbour": ("home",),
    "partner": ("people",),
    "child": ("people",),
    "parent": ("people",),
    "sibling": ("people",),
    "friend": ("people",),
    "anniversary": ("people",),
    "birthday": ("people",),
    "pet": ("animals",),
}
NEAR = 0.33  # cosine to the nearest example from which a text touches a theme
NEARLY, SURELY = 0.15, 0.45  # a second theme counts that is nearly as near as the first, and near by itself
LIKE = 0.25  # a value's theme: values are short, so their cosines are smaller


class Themes:
    """Embeds the examples once; they are ours, so they are nobody's secret."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @cached_property
    def _examples(self) -> tuple[list[str], Vector]:
        names = [name for name, examples in EXAMPLES.items() for _ in examples]
        texts = [text for examples in EXAMPLES.values() for text in examples]
        return names, self._embedder.embed_memories(texts, scope=Scope("(examples)"))

    def touched(self, vector: Vector, *, least: float = NEAR) -> frozenset[str]:
        """The themes of a text, by its vector: the nearest, and those nearly as near."""
        names, examples = self._examples
        best: dict[str, float] = {}
        for name, cosine in zip(names, np.asarray(examples @ vector), strict=True):
            best[name] = max(best.get(name, -1.0), float(cosine))
        top = max(best, key=lambda name: best[name])
        second = max(best[top] - NEARLY, least + SURELY - NEAR)
        return frozenset(n for n, cosine in best.items() if cosine >= (least if n == top else second))
