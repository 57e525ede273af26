"""Plain statements and questions, out of templates: what nobody takes the trouble to write by hand."""

from __future__ import annotations

import random

Span = tuple[int, int]
Pair = tuple[str, str, Span | None]
Message = tuple[str, list[tuple[Span, str, bool]]]

_VALUES = {
    "name": "Anna Petra Ffion Liam Noor Tomasz Aisha Kofi Maria Sven Priya Chen Ines Jonas Ruth Emeka Sofia Marek Leila Owen Grace Yusuf".split(),
    "city": "Ghent Leeds Oslo Lyon Bath Porto Lagos Pune Cork Austin Utrecht Kyoto Lima York Turin Accra Perth Bergen Halifax Graz".split(),
    "job": "nurse plumber teacher baker lawyer carpenter librarian chef pilot welder dentist florist translator vet barber gardener".split(),
    "pet": "dog cat rabbit parrot tortoise horse hamster".split(),
    "called": "Rex Miso Biscuit Luna Pickle Shadow Waffles Otto Ziggy Pepper".split(),
    "thing": "jazz|olives|sushi|football|opera|coffee|horror films|mushrooms|camping|techno|cricket|gardening|spicy food|chess".split("|"),
    "allergen": "nuts shellfish pollen penicillin cats latex eggs wheat".split(),
    "kin": "sister brother mum dad wife husband son daughter aunt uncle cousin friend boss neighbour flatmate gran".split(),
    "language": "Welsh French Polish Hindi Yoruba Spanish Japanese Arabic".split(),
    "sport": "tennis football hockey rugby badminton squash".split(),
    "instrument": "cello piano guitar flute drums violin trumpet".split(),
    "car": "Corsa Golf Fiesta Yaris Skoda Volvo".split(),
    "school": "Leeds University|King's College|the Open University|Trinity".split("|"),
    "subject": "law biology history physics nursing economics".split(),
    "firm": "Ericsson|the post office|IKEA|the council|Siemens|a bakery".split("|"),
    "date": "3 May|12 June|the 5th of March|21 October|1 August".split("|"),
    "age": [str(age) for age in range(19, 80)],
    "colour": "teal red green navy yellow".split(),
}  # fmt: skip

# a statement, which of its values answers, the questions it answers, its relation
_MINE = (
    ("I live in {city}.", "city", ("Where do I live?", "what city do I live in"), "lives_in"),
    ("I'm from {city}.", "city", ("Where am I from?", "where do I come from"), "from"),
    ("My name is {name}.", "name", ("What's my name?", "who am I"), "name"),
    ("I'm {name}.", "name", ("What's my name?", "what am I called"), "name"),
    ("I am a {job}.", "job", ("What do I do for a living?", "what's my job"), "works_as"),
    ("I work as a {job}.", "job", ("What is my job?", "what work do I do"), "works_as"),
    ("I work at {firm}.", "firm", ("Where do I work?", "who do I work for"), "works_at"),
    ("I study {subject}.", "subject", ("What do I study?", "what's my subject"), "studies"),
    ("I study at {school}.", "school", ("Where do I study?", "which university do I go to"), "studies_at"),
    ("I speak {language}.", "language", ("What language do I speak?", "which languages do I know"), "speaks"),
    ("I'm learning {language}.", "language", ("What language am I learning?", "what am I learning"), "learns"),
    ("I have a {pet} called {called}.", "called", ("What is my {pet} called?", "what's my {pet}'s name"), "has_pet"),
    ("Our {pet} is called {called}.", "called", ("What is our {pet} called?", "what's our {pet}'s name"), "has_pet"),
    ("I drive a {car}.", "car", ("What car do I drive?", "which car have I got"), "drives"),
    ("I'm allergic to {allergen}.", "allergen", ("What am I allergic to?", "do I have any allergies"), "allergic_to"),
    ("I play the {instrument}.", "instrument", ("What instrument do I play?", "what do I play"), "plays"),
    ("I play {sport}.", "sport", ("What sport do I play?", "which sport do I do"), "plays"),
    ("My birthday is {date}.", "date", ("When is my birthday?", "what date's my birthday"), "birthday"),
    ("I'm {age} years old.", "age", ("How old am I?", "what's my age"), "age"),
    ("I love {thing}.", "thing", ("What do I love?", "what am I fond of"), "likes"),
    ("I like {thing}.", "thing", ("What do I like?", "what do I enjoy"), "likes"),
    ("I hate {thing}.", "thing", ("What do I hate?", "what can't I stand"), "dislikes"),
    ("I can't stand {thing}.", "thing", ("What do I dislike?", "what do I hate"), "dislikes"),
    ("My favourite colour is {colour}.", "colour", ("What's my favourite colour?", "which colour do I like best"), "favourite"),
    ("I moved to {city} last year.", "city", ("Where do I live now?", "where did I move to"), "lives_in"),
)  # fmt: skip
_THEIRS = (
    (
        "My {kin} lives in {city}.",
        "city",
        ("Where does my {kin} live?", "what city is my {kin} in"),
        "lives_in",
    ),
    ("My {kin} is a {job}.", "job", ("What does my {kin} do?", "what is my {kin}'s job"), "works_as"),
    ("My {kin} is allergic to {allergen}.", "allergen", ("What is my {kin} allergic to?",), "allergic_to"),
    ("My {kin} plays the {instrument}.", "instrument", ("What instrument does my {kin} play?",), "plays"),
    ("My {kin} hates {thing}.", "thing", ("What does my {kin} hate?",), "dislikes"),
    ("My {kin} loves {thing}.", "thing", ("What does my {kin} love?", "what does my {kin} like"), "likes"),
    ("My {kin} is {age}.", "age", ("How old is my {kin}?",), "age"),
    ("My {kin}'s birthday is {date}.", "date", ("When is my {kin}'s birthday?",), "birthday"),
    ("My {kin} speaks {language}.", "language", ("What language does my {kin} speak?",), "speaks"),
    ("My {kin} drives a {car}.", "car", ("What car does my {kin} drive?",), "drives"),
)
_CALLED = (
    ("My {kin} is called {name}.", "name", ("What is my {kin} called?", "what's my {kin}'s name")),
    ("{name} is my {kin}.", "kin", ("Who is {name}?",)),
    ("I have a {kin} called {name}.", "name", ("What is my {kin} called?",)),
)
_NOTHING = (
    "If I lived in {city} I'd be happy.", "I used to live in {city}.", 'He said "I\'m a {job}".', "I wish I spoke {language}.",
    "If I had a boat I'd call it {called}.", "My neighbour's {pet} is called {called}.", "I'd love a {pet} called {called}.",
    "I dreamt I was a {job}.", "I don't play the {instrument}.", "Do I live in {city}?", "Someone I know lives in {city}.",
    "I'm reading about a {job} in {city}.", "Imagine I'm a {job}.", "What is {thing}?", "Is {city} nice?",
    "I once met a {job} from {city}.", "I almost bought a {car}.", "Translate: I live in {city}.",
    "Write a story about {name}, a {job}.", "I was a {job} for a day.", "The {job} in {city} was kind.",
)  # fmt: skip
_ASKED_OF_NOTHING = (
    "Where do I live?", "What's my job?", "What do I do for a living?", "What is my {pet} called?", "What's my boat called?",
    "What instrument do I play?", "What car do I drive?", "where am I from", "what languages do I speak", "What do I study?",
)  # fmt: skip
_RELATIVES = {
    "wife": "has_partner", "husband": "has_partner", "son": "has_child", "daughter": "has_child", "friend": "has_friend",
    "boss": "has_friend", "neighbour": "has_friend", "flatmate": "has_friend",
}  # fmt: skip
# one may answer where the other is asked
_NEAR = ({"lives_in", "from"}, {"likes", "favourite"}, {"learns", "speaks"}, {"works_as", "works_at"})


def generate(rounds: int, rng: random.Random) -> tuple[list[Pair], list[Message]]:
    """Questions beside statements, and messages with what they state: about 150 and 50 a round."""
    pairs: list[Pair] = []
    messages: list[Message] = []
    for _ in range(rounds):
        for template, key, questions, relation in _MINE:
            values = _drawn(rng)
            said, span = _said(template, key, values, rng)
            if span is None:
                continue
            messages.append((said, [(span, relation, True)]))
            pairs.append((_asked(rng.choice(questions), values, rng), said, span))
            pairs.append((_asked(rng.choice(_other(_MINE, relation, rng)), values, rng), said, None))
            pairs += [(_asked(q[0], values, rng), said, None) for _, _, q, r in _THEIRS if r == relation][:1]
        for template, key, questions, relation in _THEIRS:
            values = _drawn(rng)
            said, span = _said(template, key, values, rng)
            if span is None:
                continue
            another = {**values, "kin": _another("kin", values, rng)}
            messages.append((said, [(span, relation, False)]))
            pairs.append((_asked(rng.choice(questions), values, rng), said, span))
            pairs.append((_asked(rng.choice(questions), another, rng), said, None))
            pairs.append((_asked(rng.choice(_other(_THEIRS, relation, rng)), values, rng), said, None))
            pairs += [(_asked(q[0], values, rng), said, None) for _, _, q, r in _MINE if r == relation][:1]
        for template, key, questions in _CALLED:
            values = _drawn(rng)
            said, span = _said(template, key, values, rng)
            if span is None:
                continue
            pairs.append((_asked(rng.choice(questions), values, rng), said, span))
            pairs.append((f"Who is {_another('name', values, rng)}?", said, None))
            pairs.append(
                (_asked("What is my {kin} called?", {"kin": _another("kin", values, rng)}, rng), said, None)
            )
            if key == "name":
                messages.append((said, [(span, _RELATIVES.get(values["kin"], "has_relative"), True)]))
        for _ in range(6):
            pairs += _of_two(rng)
        for template in rng.sample(_NOTHING, 12):
            values = _drawn(rng)
            said, _ = _said(template, "", values, rng)
            messages.append((said, []))
            pairs += [(_asked(q, values, rng), said, None) for q in rng.sample(_ASKED_OF_NOTHING, 2)]
    return pairs, messages


_OF_TWO = (
    ("is a {}", "job", "What does {} do?"), ("lives in {}", "city", "Where does {} live?"), ("loves {}", "thing", "What does {} love?"),
    ("plays the {}", "instrument", "What does {} play?"), ("is {}", "age", "How old is {}?"), ("speaks {}", "language", "What does {} speak?"),
)  # fmt: skip


def _of_two(rng: random.Random) -> list[Pair]:
    """Two people of whom the same is said: who is who, and who is neither."""
    says, kind, question = rng.choice(_OF_TWO)
    whoever = "name" if rng.random() < 0.5 else "kin"
    one, two, neither = rng.sample(_VALUES[whoever], 3)
    if whoever == "kin":
        one, two, neither = f"my {one}", f"my {two}", f"my {neither}"
    mine, yours = rng.sample(_VALUES[kind], 2)
    first, second = f"{one} {says.format(mine)}", f"{two} {says.format(yours)}"
    said = f"{first[0].upper()}{first[1:]}{rng.choice([' and ', ', ', ' but ', '. '])}{second}."
    at, behind = said.find(mine), said.rfind(yours)
    alone = f"{first[0].upper()}{first[1:]}."
    return [
        (question.format(one), said, (at, at + len(mine))),
        (question.format(two), said, (behind, behind + len(yours))),
        (question.format(neither), said, None),
        (question.format(two), alone, None),
    ]


def _drawn(rng: random.Random) -> dict[str, str]:
    return {kind: rng.choice(values) for kind, values in _VALUES.items()}


def _another(kind: str, values: dict[str, str], rng: random.Random) -> str:
    return rng.choice([value for value in _VALUES[kind] if value != values[kind]])


def _said(template: str, key: str, values: dict[str, str], rng: random.Random) -> tuple[str, Span | None]:
    """A statement as it might be typed, and where its value stands."""
    said = template.format(**values)
    way = rng.random()
    if way < 0.2:
        said = said.lower().rstrip(".")
    elif way < 0.35:
        said = said.rstrip(".")
    elif way < 0.4:
        said = f"btw {said[0].lower()}{said[1:]}"
    if not key:
        return said, None
    at = said.casefold().rfind(values[key].casefold())
    return said, (at, at + len(values[key])) if at >= 0 else None


def _asked(question: str, values: dict[str, str], rng: random.Random) -> str:
    asked, way = question.format(**values), rng.random()
    if way < 0.25:
        return asked.lower().rstrip("?")
    if way < 0.45:
        return f"{rng.choice(['Do you remember', 'remind me,'])} {asked[0].lower()}{asked[1:]}"
    return asked.lower() if way < 0.55 else asked


def _other(
    statements: tuple[tuple[str, str, tuple[str, ...], str], ...], relation: str, rng: random.Random
) -> tuple[str, ...]:
    """The questions of another relation, not of one that may answer as well."""
    able = [q for _, _, q, other in statements if other != relation and {other, relation} not in _NEAR]
    return rng.choice(able)
