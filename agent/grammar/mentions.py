"""Who is mentioned: people and things by their role, by the name they were introduced with, by a pronoun."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from .lexicon import words
from .people import CONTRASTS, Mention, Names, is_known, is_me, is_my, is_name, owner_of, subject_of
from .roles import ABOVE, HE, ROLE_WORDS, SHE, THEY, labels_of, role_of

_BARE_KIN = words(
    "mum mom mam mummy dad daddy pop pops papa gran nan grandma granny nana nanna grandad granddad grandpa aunt auntie aunty uncle "
    "cousin"
)


def mentions(doc: Doc, known: Names, before: Mention | None = None) -> list[Mention]:
    """Everybody but the speaker, in order; `before` is whom "she" may point back to."""
    found: list[Mention] = []
    for token in doc:
        mention = _possessed(token, found) or _kin_by_name(token) or _neighbour(token) or _had(token)
        mention = mention or _by_name(token, known, found) or _pronoun(token, found, before)
        if mention is not None and not any(m.start <= mention.start and mention.end <= m.end for m in found):
            inside = [m for m in found if mention.start <= m.start and m.end <= mention.end]
            found = [m for m in found if m not in inside or m.role or is_known(m)]
            found.append(_with_known(mention, known))
    return sorted(found, key=lambda mention: mention.start)


def _with_known(mention: Mention, known: Names) -> Mention:
    more = (known.get(name.casefold(), frozenset()) for name in mention.names)
    return replace(mention, labels=mention.labels.union(*more))


def _role_at(token: Token) -> str:
    """The role a noun stands for; "in-law" and "guinea pig" are parts of one."""
    role = role_of(token)
    following = token.doc[token.i + 1 : token.i + 5].text.casefold().replace(" ", "")
    if role and following.startswith("-in-law"):
        return f"{role}-in-law"
    if token.lemma_.casefold() == "pig" and token.i and token.nbor(-1).lower_ == "guinea":
        return "guineapig"
    return role


def _possessed(token: Token, found: list[Mention]) -> Mention | None:
    """ "my sister Ffion", "our beagle", "my boat", "my friend's dad", "the dog"."""
    role = _role_at(token)
    of_a_name = token.dep_ == "compound" and token.head.pos_ == "PROPN"
    eldest = role in ("eldest", "youngest") and token.dep_ != "amod"
    if token.pos_ not in ("NOUN", "PROPN") and not eldest and not (role and of_a_name):
        return None
    if (
        token.dep_ == "compound"
        and token.head.pos_ == "NOUN"
        and "family" not in ABOVE.get(role, ())
        and role
    ):
        return None  # "my dentist appointment" is no dentist
    owner = owner_of(token)
    if owner is None and of_a_name and role:
        owner = owner_of(token.head)  # "my gran Agnes": the name is the head
    if owner is None and role:
        owner = _near_my(token)
    mine = owner is not None and is_my(owner)
    suffix, holder = "", None
    if owner is not None and not mine:
        holder = next((m for m in found if m.start <= owner.i < m.end), None)
        if holder is None or not holder.labels:
            return None
        suffix = "<" + (holder.role or sorted(holder.labels)[0])
    elif owner is None:
        named = token.head if token.dep_ == "compound" and token.head.pos_ == "PROPN" else token
        the = any(child.lower_ == "the" for child in (*token.children, *named.children))
        if not (the and role and (role in _OURS or "pet" in ABOVE[role] or "child" in labels_of(role))):
            return None
        if any(child.dep_ in ("relcl", "prep", "npadvmod", "advmod", "poss") for child in token.children):
            return None  # "the terrier from number 8"
        mine = True
    label = role or (token.lemma_.casefold() if token.pos_ == "NOUN" else "")
    if not label:
        return None
    start = owner.i if owner is not None else token.i - 1
    if suffix and holder is not None:
        start = holder.start
    end = token.i + 1 if not role.endswith("-in-law") else min(token.i + 5, len(token.doc))
    apposed = token.head if token.dep_ == "appos" and is_name(token.head) and role else None
    if (
        role
        and owner is None
        and start
        and is_name(token.doc[start - 1])
        and token.doc[start].lower_ == "the"
    ):
        apposed = token.doc[start - 1]  # "Declan the landlord"
    names, end = names_after(token.doc, end) if (role or not suffix) else ((), end)
    if apposed is not None and not names:  # "Ollie, my parrot"
        names, start = (apposed.text,), apposed.i
    possessive = end < len(token.doc) and token.doc[end].lower_ == "'s"
    labels = frozenset(one + suffix for one in labels_of(label)) | {name.casefold() for name in names}
    described = frozenset(
        t.lower_ for t in token.doc[start : token.i] if any(t.lower_ in c for c in CONTRASTS)
    )
    apart = bool(names) and any(t.text == "," for t in token.doc[token.i + 1 : end])
    return Mention(
        start, end, labels, label + suffix, names, described, possessive, mine and not suffix, apart
    )


_OURS = words("wife husband boss landlord landlady flatmate neighbour pet")


def _near_my(token: Token) -> Token | None:
    """The "my" just before, when the parser lost it: "my gran Agnes", "my two older brothers"."""
    for back in range(1, 5):
        if token.i - back < 0:
            return None
        word = token.doc[token.i - back]
        if is_my(word):
            return word
        if word.pos_ not in ("ADJ", "NUM", "PROPN", "NOUN") or word.is_punct:
            return None
    return None


def _is_hyphened(doc: Doc, place: int) -> bool:
    """The hyphen of "Soo-jin", or what stands behind it."""
    before = doc[place - 1]
    if doc[place].text == "-":
        return not before.whitespace_ and not doc[place].whitespace_ and place + 1 < len(doc)
    return before.text == "-" and not before.whitespace_ and doc[place].is_alpha


def names_after(doc: Doc, at: int) -> tuple[tuple[str, ...], int]:
    """Names right after a role: "Ffion", ", Philippa,", "Rex and Bella"."""
    names: list[str] = []
    end = at
    comma = at < len(doc) and doc[at].text in (",", "(", "-", "–", ":") and at + 1 < len(doc)
    place = at + 1 if comma else at
    if comma and doc[place].lower_ == "the":  # "our team, the Bullseyes"
        place += 1
    while place < len(doc) and (is_name(doc[place]) or _is_title(doc, place)):
        parts = [doc[place].text]
        place += 1
        while place < len(doc) and (is_name(doc[place]) or _is_hyphened(doc, place)):
            parts.append(doc[place].text)
            place += 1
        names.append(" ".join(parts).replace(" - ", "-"))
        end = place
        if place + 1 < len(doc) and doc[place].lower_ in ("and", ",") and is_name(doc[place + 1]):
            place += 1
    if comma and names:
        closed = end < len(doc) and (
            doc[end].is_punct or doc[end].lower_ in ("is", "was", "has", "and", "who")
        )
        if not (closed or end >= len(doc)):
            return (), at
        if end < len(doc) and doc[end].text in (",", ")", "-", "–"):
            end += 1
    return tuple(names), end


def _is_title(doc: Doc, at: int) -> bool:
    """ "Mr Pugh", "Dr. Ito"."""
    return doc[at].lower_.rstrip(".") in _TITLES and at + 1 < len(doc) and is_name(doc[at + 1])


_TITLES = words("mr mrs ms miss dr")


def _kin_by_name(token: Token) -> Mention | None:
    """ "cousin Duarte", "uncle Bob", and plain "mum"."""
    if token.lower_ not in _BARE_KIN or any(c.dep_ in ("poss", "det") for c in token.children):
        return None
    role = ROLE_WORDS[token.lower_]
    names, end = names_after(token.doc, token.i + 1)
    possessive = end < len(token.doc) and token.doc[end].lower_ == "'s"
    labels = labels_of(role) | {name.casefold() for name in names}
    return Mention(token.i, end, labels, role, names, frozenset(), possessive, True)


def _neighbour(token: Token) -> Mention | None:
    """Who lives next door or upstairs is a neighbour: "Mr Okafor next door"."""
    if not is_name(token):
        return None
    after = token.doc[token.i + 1 : token.i + 6].text.casefold().lstrip(", ")
    ways = ("next door", "from next door", "upstairs", "downstairs", "at number", "from number", "across the")
    near = after.startswith(ways) or after.startswith(("who lives next door", "over the road"))
    if not near:
        return None
    start = token.i
    while start and (
        is_name(token.nbor(start - 1 - token.i)) or token.doc[start - 1].lower_ in ("mr", "mrs")
    ):
        start -= 1
    name = token.doc[start : token.i + 1].text
    return Mention(
        start, token.i + 1, frozenset({"neighbour", name.casefold()}), "neighbour", (name,), mine=True
    )


_HAVING = words("have get adopt rescue own keep buy foster")


def _had(token: Token) -> Mention | None:
    """A pet or a relative that the speaker has: "I've got a tabby called Pixie", "we have two brothers"."""
    role = _role_at(token)
    if not role or token.dep_ not in ("dobj", "conj", "attr", "npadvmod", "appos"):
        return None
    verb = token.head
    while verb.dep_ == "conj" and verb.pos_ in ("NOUN", "PROPN"):
        verb = verb.head
    if token.dep_ == "conj":
        verb = verb.head if verb.pos_ in ("NOUN", "PROPN") else verb
    if verb.lemma_ not in _HAVING or any(child.dep_ == "neg" for child in verb.children):
        return None
    subject = subject_of(verb.head if verb.head.lemma_ == "use" else verb)  # "I used to have a dog"
    if subject is not None and not is_me(subject):
        return None
    if subject is None and not _opens(verb):
        return None
    if any(child.lower_ in ("might", "would", "could", "should", "may") for child in verb.children):
        return None
    if verb.dep_ in ("xcomp", "pcomp") and verb.head.lemma_ != "use":
        return None  # "I want to get a dog"
    start = min([child.i for child in token.children if child.i < token.i] + [token.i])
    names, end = names_after(token.doc, token.i + 1)
    for child in token.children:
        if child.lower_ in ("called", "named"):
            more, stop = names_after(token.doc, child.i + 1)
            names, end = (*names, *more), max(end, stop)
    labels = labels_of(role) | {name.casefold() for name in names}
    return Mention(start, end, labels, role, names, mine=True)


def _opens(verb: Token) -> bool:
    """Whether a verb begins its sentence, so that "I" may be left out before it."""
    lead = [t for t in verb.doc[: verb.i] if t.pos_ not in ("ADV", "CCONJ", "INTJ", "AUX", "PUNCT", "PART")]
    return not lead or verb.doc[verb.i - 1].pos_ in ("PUNCT", "CCONJ")


def _by_name(token: Token, known: Names, found: Iterable[Mention]) -> Mention | None:
    name = token.text.casefold()
    familiar = name in known and token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "INTJ")
    if not familiar and not is_name(token):
        return None
    if token.dep_ in ("pobj", "compound") and not familiar:
        return None  # "in Madrid" is a place before it is somebody
    possessive = token.i + 1 < len(token.doc) and token.nbor().lower_ == "'s"
    return Mention(token.i, token.i + 1, frozenset({name}), "", (token.text,), possessive=possessive)


def _pronoun(token: Token, found: list[Mention], before: Mention | None) -> Mention | None:
    word = token.lower_
    if token.pos_ != "PRON" or word not in _POINTS_BACK:
        return None
    wanted = _POINTS_BACK[word]
    for mention in [*reversed(found), *([before] if before else [])]:
        role = mention.role.split("<")[0]
        if _fits(role, mention, wanted):
            return Mention(
                token.i,
                token.i + 1,
                mention.labels,
                mention.role,
                mention.names,
                mention.described,
                word in _OF,
            )
    if wanted == THEY:
        return None  # "they" may be tacos
    return Mention(token.i, token.i + 1, frozenset({"somebody"}), possessive=word in _OF)


_POINTS_BACK = {
    "she": SHE, "her": SHE, "hers": SHE, "he": HE, "him": HE, "his": HE,
    "they": THEY, "them": THEY, "their": THEY, "theirs": THEY,
}  # fmt: skip


_OF = frozenset({"her", "his", "their", "hers", "theirs"})


def _fits(role: str, mention: Mention, wanted: str) -> bool:
    if not (mention.names or role in ABOVE):
        return False
    gender = ABOVE.get(role, frozenset()) & {SHE, HE, THEY}
    return wanted == THEY or not gender or wanted in gender
