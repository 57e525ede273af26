"""A simulated person with habits of their own, for `benchmarks/learn.py`.

Written before the learning was, and knowing nothing of it: it imports nothing of the product. Each habit is a kind of
request, put in many ways, and something the answer must have. Half of the habits are said once, outright; the other half
show only in corrections, edited answers and thumbs. The person sees answers, never prompts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Channel = Literal["stated", "corrected", "edited", "thumbs"]


@dataclass(frozen=True, slots=True)
class Habit:
    """What one person wants of one kind of answer."""

    name: str
    channel: Channel
    sign: str  # an expression that finds the habit in an instruction
    plain: str  # what an answer says that does not know the habit
    done: str  # what an answer says that does
    says: tuple[str, ...]  # stated: outright, once; corrected, thumbs: each time it is missed
    again: tuple[str, ...]  # what is said when it is missed although it was stated
    requests: tuple[str, ...]
    things: tuple[str, ...]


HABITS: tuple[Habit, ...] = (
    Habit(
        "grams in recipes",
        "stated",
        r"\bgrams?\b",
        "Take two cups of flour and a cup of milk.",
        "Take 250 grams of flour and 200 grams of milk.",
        (
            "From now on, whenever I want to cook something, give me the quantities in grams.",
            "When I ask for a recipe, always use grams. I have no cups here.",
            "For recipes, please stick to grams in future.",
        ),
        ("Grams, please, as I told you.", "You forgot the grams."),
        (
            "How do I make {}?", "What goes into {}?", "I'd like to cook {} tonight.", "Give me a recipe for {}.",
            "Can you tell me how {} is prepared?", "Any idea how to bake {}?", "I have guests, and they want {}. How do I cook it?",
            "What's a good way to do {}?", "Dinner idea: {}. How?", "My grandmother made {}. How does one do that?",
            "Teach me to make {}.", "Which ingredients do I need for {}?",
        ),
        ("lasagne", "pancakes", "a lentil soup", "apple pie", "ratatouille", "gnocchi", "a chicken curry"),
    ),
    Habit(
        "type hints in code",
        "stated",
        r"\btype hints?\b|\bhints\b|\btyped\b",
        "def f(x): return x",
        "def f(x: int) -> int: return x",
        (
            "When I ask you for code, always write it with type hints.",
            "From now on all Python you write for me should have type hints.",
            "Every time you program something for me, please put type hints in.",
        ),
        ("The type hints are missing.", "With type hints, please."),
        (
            "Write a function that {}.", "I need a Python script that {}.", "How would you code something that {}?",
            "Can you program a tool that {}?", "My script should be one that {}. Write it.", "Show me Python that {}.",
            "Implement a class that {}.", "Code me a little helper that {}.", "Could you write a method that {}?",
            "What would a program look like that {}?", "Give me a snippet that {}.", "Please code a routine that {}.",
        ),
        ("sorts a list of dates", "parses a CSV file", "removes duplicates", "counts words", "reverses a string", "downloads a file"),
    ),
    Habit(
        "no exclamation marks in mails",
        "stated",
        r"\bexclamation",
        "Dear Sir! Thank you! Best wishes!",
        "Dear Sir, thank you. Best wishes.",
        (
            "Whenever you draft an email for me, never use exclamation marks.",
            "If I ask you for a mail, don't put exclamation marks in it, ever.",
            "In emails, please avoid exclamation marks from now on.",
        ),
        ("No exclamation marks, please.", "There are exclamation marks in it again."),
        (
            "Draft an email to {}.", "Write a mail to {}, please.", "I have to answer {} by email. What do I write?",
            "Help me reply to a message from {}.", "Compose a polite email for {}.", "I need a short mail to {}.",
            "Can you word an email to {} for me?", "What would you write to {} in an email?", "Put together a mail for {}.",
            "I must write to {} today. Draft it.", "An email to {}, friendly but firm.", "Reply to {} for me by mail.",
        ),
        ("my landlord", "the tax office", "my boss", "the insurance", "a customer", "the school"),
    ),
    Habit(
        "weather of a place to travel to",
        "stated",
        r"\bweather\b",
        "There is an old town and a market.",
        "There is an old town; the weather is mild in that month.",
        (
            "If I ask about a trip, always mention the weather there.",
            "From now on, when we plan a journey, tell me about the weather too.",
            "Each time I talk about travelling somewhere, include what the weather is like.",
        ),
        ("And the weather?", "You left out the weather."),
        (
            "I'm thinking of going to {}. What is there to see?", "Plan a weekend in {} for me.", "Is {} worth a visit?",
            "What should I do on a trip to {}?", "We are flying to {} in May. Any tips?", "How many days do I need for {}?",
            "Which sights are a must in {}?", "I want to spend my holiday in {}.", "Make me an itinerary for {}.",
            "Where should I stay in {}?", "We're off to {} soon, what shall we visit?", "A city break in {}: what would you do?",
        ),
        ("Lisbon", "Prague", "Kyoto", "Edinburgh", "Naples", "Oslo", "Marrakesh"),
    ),
    Habit(
        "no jumping in workouts",
        "stated",
        r"\bjump",
        "Do burpees and jumping jacks.",
        "Do squats and planks, all low impact.",
        (
            "When I ask for exercises, leave out everything with jumping, always.",
            "From now on no jumping in any workout you give me; my knees are bad.",
            "Whenever you suggest a workout, skip the jumping.",
        ),
        ("No jumping!", "That has jumping in it. No jumping, please."),
        (
            "Give me a workout for {}.", "Which exercises are good for {}?", "I want to train {} today.",
            "Put together a training plan for {}.", "How can I strengthen {} at home?", "A ten-minute session for {}, please.",
            "What can I do at the gym for {}?", "Suggest some exercises for {}.", "I'd like to get fitter in {}.",
            "How do I build muscle in {}?", "A fitness routine for {}?", "My trainer is ill. What should I do for {}?",
        ),
        ("my legs", "my back", "my core", "my shoulders", "my arms", "the whole body"),
    ),
    Habit(
        "no spoilers",
        "stated",
        r"\bspoil|\bending\b",
        "In the end the butler did it.",
        "It is tense until the last page, I won't say more.",
        (
            "When we talk about films or books, never give away the ending.",
            "From now on, if I ask about a novel or a film, don't tell me the ending.",
            "Whenever I ask what a book is about, no spoilers.",
        ),
        ("No spoilers, please.", "You gave away the ending."),
        (
            "What is {} about?", "Should I read or watch {}?", "Is {} any good?", "Tell me about the story of {}.",
            "My friend loves {}. What happens in it?", "Summarise the plot of {}.", "Who are the characters in {}?",
            "Would I enjoy {}?", "What kind of story is {}?", "Everybody talks about {}. What's it about?",
            "I'm starting {} tonight. What is the plot?", "Give me an idea of the plot of {}.",
        ),
        ("the novel Rebecca", "the film Vertigo", "the novel Dracula", "the film Alien", "the book Dune", "the film Psycho"),
    ),
    Habit(
        "formal address in translations",
        "corrected",
        r"\bformal",
        "Kannst du mir helfen?",
        "Können Sie mir helfen?",
        (
            "No, use the formal form.", "Not like that: use the formal form.", "That's too familiar. Use the formal form, please.",
            "No, formal please.", "Please make it formal.",
        ),
        (),
        (
            "How do you say “{}” in German?", "Translate “{}” into German.", "What's the German for “{}”?",
            "Put this into German: {}", "I need this in German: {}", "German translation of “{}”, please.",
            "Could you translate “{}” to German for me?", "How would a German say “{}”?", "In German, please: {}",
            "Say “{}” the German way.", "Help me translate into German: {}", "How does “{}” sound in German?",
        ),
        ("Can you help me?", "Where is the station?", "When do you open?", "I would like a table.", "Thank you very much."),
    ),
    Habit(
        "bullet points for notes of meetings",
        "corrected",
        r"\bbullet",
        "First the budget was discussed, then the move, and then the party.",
        "- budget\n- move\n- party",
        (
            "No, bullet points please.", "Not like that: use bullet points.", "Use bullet points instead.",
            "I'd rather have bullet points.", "No, I want it as bullet points.",
        ),
        (),
        (
            "Summarise my notes from {}.", "Here are my notes of {}. Sum them up.", "What were the main points of {}?",
            "Make minutes of {} from this.", "Condense what was said in {}.", "I missed half of {}. Give me the gist of the notes.",
            "Write up {} from my scribbles.", "Turn my scribbles about {} into minutes.", "A summary of {}, please.",
            "Boil down the discussion in {}.", "Recap {} for my colleagues.", "Give me a recap of {}.",
        ),
        ("the team meeting", "the budget meeting", "the call with sales", "the board meeting", "the kick-off meeting", "the weekly call"),
    ),
    Habit(
        "signed birthday wishes",
        "edited",
        r"Hugs, Robin",
        "Happy birthday and all the best for the new year of your life.",
        "Happy birthday and all the best for the new year of your life.\nHugs, Robin",
        (),
        (),
        (
            "Write a birthday card for {}.", "What do I put on a birthday card to {}?", "It's {}'s birthday. Write some wishes.",
            "A few warm birthday words for {}, please.", "Happy-birthday message for {}?", "Congratulate {} on their birthday for me.",
            "I need birthday wishes for {}.", "Help me wish {} a happy birthday.", "Birthday greeting for {}, please.",
            "Think of something nice for the birthday of {}.", "{} turns forty. What do I write in the card?",
            "Compose a birthday text for {}.",
        ),
        ("my sister", "my uncle", "my niece", "grandma", "my cousin", "my brother"),
    ),
    Habit(
        "numbered steps for repairs",
        "edited",
        r"\bnumber",
        "Turn off the water, then open the trap, then clean it, then close it again.",
        "1. Turn off the water.\n2. Open the trap.\n3. Clean it.\n4. Close it again.",
        (),
        (),
        (
            "How do I fix {}?", "{} is broken. What can I do?", "Can I repair {} myself?", "What do I do about {}?",
            "Help me mend {}.", "I want to repair {} at home.", "How does one go about fixing {}?", "Explain how to repair {}.",
            "Who can tell me how to fix {}?", "There's a problem with {}. How do I mend it?", "Fixing {}: where do I start?",
            "What is the way to repair {}?",
        ),
        ("a dripping tap", "a blocked sink", "a squeaking door", "a flat bicycle tyre", "a loose socket", "a leaking pipe"),
    ),
    Habit(
        "years in history",
        "thumbs",
        r"\byears?\b|\bdates?\b",
        "It began with a quarrel between two houses and ended in a peace.",
        "It began in 1455 with a quarrel between two houses and ended in 1487.",
        (
            "Please add the years.", "Give the years next time.", "I want the years in it.", "The years are missing.",
            "Needs years.",
        ),
        (),
        (
            "Explain {} to me.", "What caused {}?", "How did {} begin?", "Who was involved in {}?", "Why did {} happen?",
            "Tell me the history of {}.", "What were the consequences of {}?", "Give me some background on {}.",
            "I have an exam about {}. What matters?", "What led to {}?", "How did {} end?", "What should I know about {}?",
        ),
        ("the French Revolution", "the Thirty Years War", "the fall of Rome", "the Reformation", "the Cold War", "the Crusades"),
    ),
    Habit(
        "every step in mathematics",
        "thumbs",
        r"\b(?:every|each|all|the) steps?\b",
        "The answer is 4.",
        "Subtract 3: 2x = 8. Divide by 2: x = 4.",
        (
            "Show every step.", "Please show the steps.", "I need to see each step next time.", "The steps are missing.",
            "Show all steps of the working.",
        ),
        (),
        (
            "Solve {}.", "What is the solution of {}?", "How do I calculate {}?", "Can you work out {}?",
            "My maths homework: {}.", "I'm stuck on {}.", "Help me with the maths of {}.", "What do I get for {}?",
            "Compute {}.", "Find the result of {}.", "Check my algebra: {}.", "What's the answer to {}?",
        ),
        ("2x + 3 = 11", "the integral of x squared", "the root of 1764", "3x - 7 = 20", "15 percent of 240", "the derivative of sin x"),
    ),
)  # fmt: skip

SMALL_TALK: tuple[str, ...] = (
    "Good morning!", "How are you today?", "It rained all day here.", "My neighbour has a new dog.", "I slept badly.",
    "What a long week.", "Tell me a joke.", "Who won the match yesterday?", "I had coffee with an old friend.",
    "Do you like music?", "My phone battery is always empty.", "What should I give my colleague as a present?",
    "The train was late again.", "I am learning to juggle.", "Recommend me a podcast.", "What's a good name for a cat?",
    "I bought new shoes.", "Which plants do well in the shade?", "How much sleep does a person need?",
    "My daughter started school.", "What does the word ‘sonder’ mean?", "I can't find my keys.", "Is it going to be a cold winter?",
    "How tall is a giraffe?", "I painted the kitchen wall green.", "What's the capital of Mongolia?", "I feel a bit down today.",
    "Which phone should I buy?", "How do bees find their way?", "Let's talk about something else.",
)  # fmt: skip

PRAISE = ("Perfect, thanks.", "Thank you!", "Great.", "That's exactly it.", "Lovely, thanks.")
INTRUSIONS = ("That wasn't called for here.", "Not needed here.", "Why that? It doesn't belong here.")


@dataclass(frozen=True, slots=True)
class Request:
    """Something asked for, and the habit that it falls under, if one."""

    text: str
    habit: Habit | None


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the person does about an answer: says something, or gives a thumb with or without words."""

    says: str = ""
    thumb: bool | None = None
    comment: str = ""
    wrong: bool = False


@dataclass(slots=True)
class Person:
    """Asks, looks at the answer, and reacts; one reaction in ten is wrong."""

    rng: random.Random
    mistaken: float = 0.1
    patience: float = 0.8  # how often something missed is minded at all
    content: float = 0.5  # how often something right is praised
    soured: frozenset[str] = frozenset()  # habits that they do not want any more, and never say so
    stated: set[str] = field(default_factory=set)

    def conversation(self, requests: int = 3) -> list[Request]:
        """What one conversation will be about: three in ten messages fall under no habit."""
        return [self._request() for _ in range(requests)]

    def _request(self) -> Request:
        if self.rng.random() < 0.3:
            return Request(self.rng.choice(SMALL_TALK), None)
        habit = self.rng.choice(HABITS)
        return Request(self.rng.choice(habit.requests).format(self.rng.choice(habit.things)), habit)

    def reaction(self, request: Request, answer: str) -> Reaction:
        wanted = None if request.habit is None or request.habit.name in self.soured else request.habit
        intruders = [habit for habit in HABITS if habit is not wanted and habit.done in answer]
        missed = wanted is not None and wanted.done not in answer
        if self.rng.random() < self.mistaken:
            return self._mistake(good=not missed and not intruders)
        if missed and wanted is not None:
            return self._minds(wanted) if self.rng.random() < self.patience else Reaction()
        if intruders and self.rng.random() < self.patience:
            soured = any(habit.name in self.soured for habit in intruders)
            return Reaction(thumb=False, comment="" if soured else self.rng.choice(INTRUSIONS))
        if not intruders and wanted is not None and self.rng.random() < self.content:
            praise = self.rng.choice(PRAISE)
            return self.rng.choice([Reaction(thumb=True), Reaction(says=praise)])
        return Reaction()

    def _mistake(self, *, good: bool) -> Reaction:
        """A slip: the wrong thumb, or a correction meant for something else."""
        if good and self.rng.random() < 0.3:
            other = self.rng.choice([habit for habit in HABITS if habit.channel == "corrected"])
            return Reaction(says=self.rng.choice(other.says), wrong=True)
        return Reaction(thumb=not good, wrong=True)

    def _minds(self, habit: Habit) -> Reaction:
        match habit.channel:
            case "stated" if habit.name not in self.stated:
                self.stated.add(habit.name)
                return Reaction(says=self.rng.choice(habit.says))
            case "stated":
                return Reaction(says=self.rng.choice(habit.again))
            case "corrected":
                return Reaction(says=self.rng.choice(habit.says))
            case "edited":
                begins = (
                    "I changed it to:",
                    "This is what I made of it:",
                    "My version:",
                    "I rewrote it like this:",
                )
                # as they want it: what does not belong there goes too
                return Reaction(says=f"{self.rng.choice(begins)}\n{habit.done}")
            case "thumbs":
                return Reaction(thumb=False, comment=self.rng.choice(habit.says))


def answer(request: Request, instructions: Sequence[str]) -> str:
    """What an obedient model says: everything its instructions name, needed or not, and nothing that they do not."""
    told = "\n".join(instructions)
    parts = [] if request.habit is None else [_part(request.habit, told)]
    parts += [
        habit.done
        for habit in HABITS
        if habit is not request.habit and re.search(habit.sign, told, re.IGNORECASE)
    ]
    return "\n\n".join(parts) or "I see. Tell me more."


def _part(habit: Habit, told: str) -> str:
    return habit.done if re.search(habit.sign, told, re.IGNORECASE) else habit.plain
