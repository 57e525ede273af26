"""Roles around a person: family, work, neighbours, pets; and which of them are instances of others."""

from __future__ import annotations

from spacy.tokens import Token

SHE, HE, THEY = "she", "he", "they"

# A role and what it is an instance of: a wife is a spouse too. Words before the sign mean the same.
_ROLES = """
wife wifey missus > spouse partner family she
husband hubby > spouse partner family he
spouse > partner family
partner fiancé fiancée fiance fiancee > spouse family
girlfriend gf > partner she
boyfriend bf > partner he
ex exwife exhusband ex-wife ex-husband ex-girlfriend ex-boyfriend
mother mum mom mam mummy mommy ma > parent family she
father dad daddy pa da > parent family he
parent > family they
son > child family he
daughter > child family she
child kid kiddo toddler teenager > family
baby newborn > child family
stepson > child family he
stepdaughter > child family she
eldest oldest firstborn > child family
youngest > child family
boy > child he
girl > child she
brother bro > sibling family he
sister sis > sibling family she
twin > sibling family
sibling > family
half-brother > brother sibling family he
half-sister > sister sibling family she
stepbrother > sibling family he
stepsister > sibling family she
grandmother gran nan grandma granny nana nanna grandmum > grandparent family she
grandfather grandad granddad grandpa gramps > grandparent family he
grandparent > family
grandson > grandchild family he
granddaughter > grandchild family she
grandchild grandkid > family
aunt auntie aunty > family she
uncle > family he
cousin > family
niece > family she
nephew > family he
stepmother stepmum stepmom > family she
stepfather stepdad > family he
mother-in-law mum-in-law > family she
father-in-law > family he
sister-in-law > family she
brother-in-law > family he
godmother > she
godfather > he
goddaughter > she
godson > he
boss manager supervisor gaffer
colleague coworker co-worker workmate teammate
flatmate housemate roommate roomie lodger
friend mate pal buddy bestie
neighbour neighbor
landlord > he
landlady > she
teacher tutor lecturer professor
therapist counsellor counselor
doctor gp
dentist
physio physiotherapist
hairdresser barber
trainer coach
nanny childminder babysitter
accountant
lawyer solicitor
midwife
plumber
cleaner
student pupil
client
dog puppy pup doggo hound beagle terrier labrador lab spaniel poodle dachshund collie whippet greyhound retriever pug corgi bulldog husky alsatian rottweiler labradoodle cockapoo schnauzer mutt > pet
cat kitten kitty tabby moggy tomcat siamese ragdoll > pet
rabbit bunny > pet
hamster > pet
gerbil > pet
guineapig > pet
parrot > bird pet
budgie parakeet > bird pet
cockatiel > bird pet
canary > bird pet
bird > pet
tortoise > pet
turtle > pet
goldfish > fish pet
snake > pet
gecko > lizard pet
lizard > pet
ferret > pet
horse pony mare > pet
donkey > pet
hen chicken > pet
rat > pet
goat > pet
pet
"""


def _read(roles: str) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    words: dict[str, str] = {}
    above: dict[str, frozenset[str]] = {}
    for line in roles.strip().splitlines():
        same, _, more = line.partition(" > ")
        first, *others = same.split()
        above[first] = frozenset(more.split())
        words.update(dict.fromkeys([first, *others], first))
        for breed in others if first in ("dog", "cat") else ():
            above[breed] = frozenset({first, "pet"})
            words[breed] = breed
    for word in ("puppy", "pup", "doggo", "hound", "kitten", "kitty", "mutt", "moggy"):
        words[word] = "dog" if word in ("puppy", "pup", "doggo", "hound", "mutt") else "cat"
    return words, above


ROLE_WORDS, ABOVE = _read(_ROLES)


def role_of(token: Token) -> str:
    """The role a word stands for, in its first spelling; empty for all other words."""
    for word in (token.lower_, token.lemma_.casefold()):
        if word in ROLE_WORDS:
            return ROLE_WORDS[word]
    return ""


def labels_of(role: str) -> frozenset[str]:
    """A role with all that it is an instance of.

    >>> sorted(labels_of("wife"))
    ['family', 'partner', 'spouse', 'wife']
    """
    return (ABOVE.get(role, frozenset()) | {role}) - {SHE, HE, THEY}


def is_role(role: str) -> bool:
    """Whether this is somebody's part in a life: "sister<friend" is, "boat" is not."""
    own = role.partition("<")[0]
    return own in ABOVE or own.endswith("-in-law")
