"""How a sentence is read for something special: what only looks like it is taken out, then somebody must be meant.

A word of a category tells by itself (`plain`), or only in a frame that says so (`framed`: "I voted for ...").
Either way the sentence has to speak of somebody: general knowledge, a film, a dog or a laptop is nobody's secret.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"(?<![A-Z])(?<!\b[DMS]r)(?<!\bMrs)(?<!\bSt)(?<!\bvs)[.!?…]+[\"'”’)]*(?=\s|$)|\n+")
LONGEST = 600  # characters; what goes on without an end is read in stretches

SOMEBODY = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|im|ive|me|my|mine|myself|we|we're|we've|us|our|ours|he|he's|him|his|she|she's|her|hers|"
    r"they|they're|they've|their|them|who|whose)\b|\b(?:"
    r"mum|mom|mother|dad|father|parent|sister|brother|son|daughter|wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|"
    r"uncle|aunt|auntie|cousin|nephew|niece|gran|grandma|grandmother|granddad|grandpa|grandfather|friend|mate|bestie|"
    r"colleague|coworker|boss|manager|neighbou?r|flatmate|roommate|housemate|kid|child|children|baby|teacher|ex)(?:s|es)?\b"
)
# sentences without a subject, as people type them: "diagnosed with asthma last year"
UNSAID = re.compile(
    r"^\W*(?:(?:just|been|got|was|also|still|recently|finally|newly|openly|proud|off|on|back|had|have|having|taking|started|"
    r"going|gone|joined|voted|voting|as an?|being|feeling|not|no|today|yesterday|diagnosed|officially|raised|born)\b)"
)
# told of works, studies and the like: "a film about", "an essay on"
_WORK = (
    r"(?:books?|novels?|films?|movies?|papers?|essays?|articles?|documentar(?:y|ies)|podcasts?|lectures?|courses?|class(?:es)?|"
    r"exams?|reports?|series|exhibitions?|museums?|research|thesis|dissertation|poems?|songs?|plays?|chapters?|quiz(?:zes)?|"
    r"presentations?|posters?|headlines?|news|biograph(?:y|ies)|stories|story|game|episodes?|slides?|module|seminar|homework|"
    r"talk|debate|history|memoir|blog|blogpost|newsletter|textbook|dataset|module|charity|fundraiser|campaign poster)"
)
ABOUT_A_WORK = re.compile(
    rf"\b{_WORK}\b[^.;]{{0,30}}\b(?:about|on|of|called|titled|covers?|covering|explor\w+|discuss\w+)\b|"
    rf"\b(?:reading|read|watch(?:ed|ing)?|studying|studied|teach(?:ing|es)?|wr(?:o|i)t(?:e|es|ing|ten)|research(?:ing|ed)?)\b"
    rf"[^.;]{{0,25}}\b(?:about|on|up on|the history of)\b"
)
# words that are only named: asked for, spelled, sung
NAMED = re.compile(
    r"\b(?:define|definition of|meaning of|mean by|spell(?:ing)?|translat\w+|pronounc\w+|synonyms?|rhymes?|how do you say|glossary|crossword|"
    r"dictionary|bands?|songs?|albums?|playlist|musical|lyrics|soundtrack|karaoke|trivia|wikipedia|etymology|flashcards?|scrabble|wordle|"
    r"board game|video game|cosplay|screenplay|sitcom|cartoon|comic)\b"
)
# whose it is when it is nobody's: animals, plants, machines, markets
_THING = (
    r"(?:dog|puppy|cat|kitten|kitty|horse|pony|hamster|rabbit|guinea pig|parrot|budgie|goldfish|fish|tortoise|cow|sheep|hens?|"
    r"chickens?|pet|vet|plants?|tomato(?:es)?|tree|roses?|garden|lawn|car|bike|laptop|computer|phone|server|database|router|"
    r"printer|battery|software|code|app|website|network|economy|market|company|startup|stock|team|character|wizard|protagonist|"
    r"hero|villain|bees|hive|cactus|orchid|engine)"
)
ITS = re.compile(
    rf"\b(?:my|our|the|his|her|their|this|that|a|an|old|neighbou?r's|friend's|mum's|mom's|sister's|brother's)\s(?:\w+\s)?{_THING}"
    rf"(?:'s)?\b(?!'s (?:owner|dad|mum))"
)


@dataclass(frozen=True, slots=True)
class Category:
    """One category: what tells it, and what only looks like it. Patterns are matched in small letters."""

    name: str
    says: str  # in a sentence for a person
    plain: re.Pattern[str]  # tells by itself, of somebody
    framed: re.Pattern[str]  # tells whoever is meant: the somebody is in the pattern
    looks_like: re.Pattern[str]  # taken out first


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that tells something special: where it stands, and of which categories."""

    start: int
    end: int
    categories: tuple[str, ...]


def pattern(*alternatives: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end, without the spaces between them.

    >>> list(sentences("One. Two!"))
    [(0, 4), (5, 9)]
    """
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        while start < end:
            space = text.rfind(" ", start + 1, start + LONGEST)
            cut = end if end - start <= LONGEST else space if space > 0 else start + LONGEST
            piece = text[start:cut]
            if piece.strip():
                yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
            start = cut


def told_in(sentence: str, category: Category) -> bool:
    """Whether a sentence tells something of this category about somebody."""
    plain = category.looks_like.sub(" ", folded(sentence))
    if category.framed.search(plain):
        return True
    word = category.plain.search(plain)
    if word is None:
        return False
    before = plain[: word.start()]
    if ABOUT_A_WORK.search(before) or NAMED.search(plain) or _only_of_a_thing(before):
        return False
    return SOMEBODY.search(plain) is not None or UNSAID.search(plain) is not None


def _only_of_a_thing(before: str) -> bool:
    """Whether the last somebody before a word is an animal or a thing: "my dog has"."""
    things = list(ITS.finditer(before))
    return bool(things) and SOMEBODY.search(before, things[-1].end()) is None


def folded(text: str) -> str:
    """Small letters, plain apostrophes, no disguises."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").casefold()
