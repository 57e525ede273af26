"""The relations of facts as data: how many of one somebody has, which is its inverse, what is its value, how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Value = Literal["name", "place", "person", "date", "number", "thing"]


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation. Of a slot a person has one value at a time: a newer statement closes the older."""

    name: str
    says: str  # the sentence, with {who} and {value}
    slot: bool = False
    inverse: str = ""  # read from the other end; a symmetric one is its own
    value: Value = "thing"
    single: bool = False  # two values at once exclude each other, though neither is plainly newer in force


def _relations() -> dict[str, Relation]:
    listed = (
        Relation("name", "{who} is called {value}", slot=True, value="name"),
        Relation("nickname", "{who} goes by {value}", slot=True, value="name"),
        Relation("age", "{who} is {value} years old", slot=True, value="number"),
        Relation("birthday", "{who}'s birthday is {value}", single=True, value="date"),
        Relation("anniversary", "{who}'s anniversary is {value}", single=True, value="date"),
        Relation("lives_in", "{who} lives in {value}", slot=True, inverse="home_of", value="place"),
        Relation("born_in", "{who} comes from {value}", single=True, value="place"),
        Relation("nationality", "{who} is {value}"),
        Relation("speaks", "{who} speaks {value}"),
        Relation("job", "{who}'s job: {value}", slot=True),
        Relation("works_at", "{who} works at {value}", slot=True, inverse="employs"),
        Relation("studies", "{who} studies {value}"),
        Relation("studies_at", "{who} studies at {value}"),
        Relation("learns", "{who} is learning {value}"),
        Relation("partner", "{who}'s partner is {value}", single=True, inverse="partner", value="person"),
        Relation("child", "{who} has a child, {value}", inverse="parent", value="person"),
        Relation("parent", "{who}'s parent is {value}", inverse="child", value="person"),
        Relation("sibling", "{who}'s sibling is {value}", inverse="sibling", value="person"),
        Relation("grandchild", "{who} has a grandchild, {value}", inverse="grandparent", value="person"),
        Relation("grandparent", "{who}'s grandparent is {value}", inverse="grandchild", value="person"),
        Relation("relative", "{who} has a relative, {value}", inverse="relative", value="person"),
        Relation("friend", "{who} has a friend, {value}", inverse="friend", value="person"),
        Relation("colleague", "{who} works with {value}", inverse="colleague", value="person"),
        Relation("flatmate", "{who} shares a home with {value}", inverse="flatmate", value="person"),
        Relation("neighbour", "{who}'s neighbour is {value}", inverse="neighbour", value="person"),
        Relation("boss", "{who}'s boss is {value}", value="person"),
        Relation("pet", "{who} has a pet: {value}"),
        Relation("owns", "{who} owns {value}"),
        Relation("drives", "{who} drives {value}"),
        Relation("has", "{who} has {value}"),
        Relation("allergy", "{who} is allergic to {value}"),
        Relation("diet", "{who}'s diet: {value}"),
        Relation("health", "{who}'s health: {value}"),
        Relation("hobby", "{who}'s hobby: {value}"),
        Relation("plays", "{who} plays {value}"),
        Relation("member_of", "{who} belongs to {value}", inverse="member"),
        Relation("skill", "{who} can: {value}"),
        Relation("plans", "{who} plans: {value}"),
        Relation("appointment", "{who} has an appointment: {value}"),
        Relation("routine", "{who}'s habit: {value}"),
        Relation("likes", "{who} likes {value}"),
        Relation("dislikes", "{who} dislikes {value}"),
        Relation("prefers", "{who} prefers {value}"),
        Relation("favourite", "{who}'s favourite: {value}"),
        Relation("is", "{who} is {value}"),
        Relation("does", "{who}, in their own words: {value}"),
        Relation("did", "{who}'s past: {value}"),
        Relation("was", "{who} was {value} for years"),
        Relation("worked_as", "{who} was {value} by trade"),
        Relation("goal", "{who}'s goal: {value}"),
        Relation("takes", "{who} takes {value}"),
        Relation("wants_answers", "{who} wants answers like this: {value}"),
        *(Relation(name, "{who}'s " + name + ": {value}", slot=True) for name in ("phone", "email", "timezone", "employer")),
    )  # fmt: skip
    return {relation.name: relation for relation in listed}


RELATIONS = _relations()
_SPELLINGS = {
    "home": "lives_in", "works_as": "job", "birth_date": "birthday", "born_on": "birthday", "birthplace": "born_in",
    "favorite": "favourite", "dob": "birthday", "residence": "lives_in", "occupation": "job", "spouse": "partner",
}  # fmt: skip


def relation_named(name: str) -> Relation:
    """A relation by its name or a common other spelling; one of its own kind where nobody listed it.

    >>> relation_named("home").name, relation_named("home").slot, relation_named("godmother").slot
    ('lives_in', True, False)
    """
    key = _SPELLINGS.get(name, name)
    return RELATIONS.get(key) or Relation(key, "{who}'s " + key.replace("_", " ") + ": {value}")


def sentence_of(subject: str, relation: str, value: str) -> str:
    """A fact as one sentence in the third person.

    >>> sentence_of("user", "lives_in", "Lyon"), sentence_of("brother", "likes", "jazz"), sentence_of("Gaz", "age", "30")
    ('The user lives in Lyon.', "The user's brother likes jazz.", 'Gaz is 30 years old.')
    >>> sentence_of("user", "lives_in", "near Lyon")
    'The user lives near Lyon.'
    """
    who = "The user" if subject == "user" else subject if subject[:1].isupper() else f"The user's {subject}"
    says = relation_named(relation).says
    if value.startswith(_WHERE):  # it brings its own word for where
        says = says.replace(" in {value}", " {value}")
    return says.format(who=who, value=value) + "."


_WHERE = ("near ", "outside ", "close to ", "not far from ", "just off ")
