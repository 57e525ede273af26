"""What is said about the person without a capable model: only what they said themself, quoted and dated.

A small model cannot read its notes, so code decides: what is asked, which of the person's sentences state it, and
whether any does. When in doubt it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from memory.records import Recollection

from .grammar.attributes import ATTRIBUTES
from .grammar.clauses import Clause, verb_of
from .grammar.kinds import KIND_WORDS, THINGS, carries
from .grammar.paraphrases import paraphrases, stem
from .grammar.people import ABOVE, ROLE_WORDS, Mention, is_me, is_name, labels_of, same
from .grammar.spelling import sentences
from .questions import Parse, Question, understand
from .statements import Sentence, lines, read
from .wording import WORDINGS, Wording

ENGLISH = WORDINGS["en"]


REACH = 40  # memories that are read for one answer
QUOTED = 2  # at most this many sentences
LONGEST = 600  # characters of one quotation
LEAST_IF_DOUBTFUL = 0.9  # of a question that may not be about the person at all
LEAST_COVERAGE = 0.6  # of what a question is about stands in the words quoted

_FIRST_PERSON = re.compile(r"\b(i|i'm|i've|i'd|i'll|im|ive|me|my|mine|myself|we|our|us)\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(now|these days|nowadays|currently|at the moment|as of|at present|just moved|finally|new)\b", re.IGNORECASE
)
_WISHES = re.compile(r"\b(want|would like|would love|plan|hope|dream|wish|think of|consider|thinking)\b")


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer that rests on memories alone, and which ones."""

    text: str
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that answers, how well, and what part of the conversation it was said in."""

    sentence: Sentence
    fit: float
    context: Sentence | None = None  # the sentence before, where this one points back to it

    @property
    def quoted(self) -> tuple[Sentence, ...]:
        return (self.sentence,) if self.context is None else (self.context, self.sentence)


def tells(text: str) -> bool:
    """Whether a message that asks nothing of memory tells something about the person.

    >>> tells("I live in Lyon."), tells("Good morning!"), tells("What is the capital of France?")
    (True, False, False)
    """
    last = sentences(text)[-1:]
    return bool(last) and not last[0].endswith("?") and _FIRST_PERSON.search(text) is not None


def answer(recollection: Recollection, parse: Parse, words: Wording = ENGLISH) -> Grounded | None:
    """The person's own words that answer, newest first; that nothing is known; None for what asks nothing of them."""
    said, names = read(recollection.hits, parse)
    question = understand(recollection.question, parse, names)
    if question is None:
        return None
    found = evidence(question, said)
    if not question.personal:
        found = [e for e in found if e.fit >= LEAST_IF_DOUBTFUL]
    chosen = chosen_from(found, question)
    if not chosen:
        return Grounded(words.unknown) if question.personal else None
    quoted = [f"{_quotation(found, words)} [{number}]" for number, found in enumerate(chosen, start=1)]
    used = (sentence.memory.id for found in chosen for sentence in found.quoted)
    return Grounded("\n\n".join(quoted), tuple(dict.fromkeys(used)))


def evidence(question: Question, said: Sequence[Sentence]) -> list[Evidence]:
    """Every sentence that answers, in the order they were said."""
    if question.role and question.attribute is None:
        found = _existing(question, said)
        if found or question.counts:
            return found
    if question.attribute is not None:
        found = [e for s in said if (e := _stating(question, s)) is not None]
        if found or not (question.polar and question.attribute.name in _TASTES or question.attribute.name == "like"):
            return found
    if question.open:
        return [Evidence(s, 1.0) for s in said if _is_about(question, s)]
    return [e for s in said if (e := _matching(question, s)) is not None]


def chosen_from(found: Sequence[Evidence], question: Question) -> list[Evidence]:
    """The best, or the newest where there is one value at a time; newest first."""
    if not found:
        return []
    best = max(e.fit for e in found)
    fitting = [e for e in found if e.fit >= best - 0.15]
    if question.open:
        return fitting[-3:][::-1]
    if not _is_list(question):
        return fitting[-1:]
    unique = list({e.sentence.text.casefold(): e for e in fitting}.values())
    return unique[-QUOTED:][::-1]


def _is_list(question: Question) -> bool:
    """Whether there may be several answers, as to "what do I like"; elsewhere the newest is the one that holds."""
    if question.attribute is not None:
        return question.attribute.name in ("like", "dislike", "hobby", "diet") and "favourite" not in question.line
    return bool(question.role) and not question.counts


# -- attributes: answered by words that state them --------------------------------------------------


def _stating(question: Question, sentence: Sentence) -> Evidence | None:
    attribute = question.attribute
    assert attribute is not None
    if attribute.name in ("name", "nickname") and question.about is not None:
        introduction = _introducing(question, sentence)
        if introduction is not None:
            return introduction
    best: Evidence | None = None
    for clause, said in lines(sentence, question.about):
        if clause.standing not in ("stated", "told") or _belongs_to_another(question, sentence, clause, said):
            continue
        strength = _strength(question, sentence, clause, said)
        if strength and (best is None or strength > best.fit):
            best = Evidence(sentence, strength, _context(sentence, clause))
    return best


def _strength(question: Question, sentence: Sentence, clause: Clause, said: str) -> float:
    attribute = question.attribute
    assert attribute is not None
    strength = 0.0
    if question.polar and attribute.name in _TASTES:
        if any(taste.states.search(said) for taste in ATTRIBUTES if taste.name in _TASTES):
            strength = 1.0  # "do I like liver" is answered by "I hate liver" too
    elif attribute.states.search(said):
        strength = 1.0
    elif attribute.suggests.search(said):
        strength = 1.0 if _NOW.search(sentence.text) else 0.6
    elif attribute.stated_before.search(said):
        strength = 0.5
    if attribute.name == "birthday" and re.search(r"@'s (?:be|fall)", said) and not _talks_of_birthdays(sentence):
        return 0.0
    spoken = "@" in said or attribute.name == "name" or _FIRST_PERSON.search(sentence.text)
    if not strength or not spoken:
        return 0.0
    text = _text(clause)
    if attribute.answer and not carries(text, attribute.answer):
        return 0.0
    if question.answer in THINGS or question.answer in ("month", "clock", "reason", "span", "money"):
        if not carries(sentence.text, question.answer):
            return 0.0
    if attribute.name in ("like", "dislike") and question.focus and not _kind(question):
        there = _words(sentence.doc) if not question.names else _words(sentence.doc) | _behind(sentence, clause)
        linked = question.names and _covered(question.names, there)
        if _covered(question.focus, there) < 1 and not linked and not _is_said_of_it(question, clause):
            return 0.0
    rest = _rest(question)
    if rest:
        before = sentence.stated_before
        covered = _covered(rest, _words(sentence.doc) | (_words(before.doc) if before else frozenset()))
        if covered < 0.5:
            return 0.0
        strength += 0.3 * covered
    if clause.standing == "told":
        strength -= 0.3
    return strength


_TASTES = frozenset({"like", "dislike", "diet", "habit"})


def _talks_of_birthdays(sentence: Sentence, reach: int = 4) -> bool:
    """ "mum's is the 2nd of June": of what, stands before."""
    here: Sentence | None = sentence
    while here is not None and reach:
        if re.search(r"birthday|bday|turn", here.text, re.IGNORECASE):
            return True
        here, reach = here.previous, reach - 1
    return False


def _rest(question: Question) -> frozenset[str]:
    """What a question says beyond the attribute: "plum" in "who is my neighbour with the plums"."""
    attribute = question.attribute
    assert attribute is not None
    match = attribute.asks.search(question.line)
    taken = match.group().casefold().replace("_ed", "") if match else ""
    return frozenset(
        word
        for word in question.words
        if word not in taken and word not in _TIMES and word not in ("favourite", "favorite", "originally")
    )


_TIMES = frozenset("work job living live home weekend year before money time call name surname title".split())


def _introducing(question: Question, sentence: Sentence) -> Evidence | None:
    """ "my boss, Philippa, wants": said by the way, it is still her name."""
    about = question.about
    assert about is not None
    for mention in sentence.mentions:
        pronoun = sentence.doc[mention.start].pos_ == "PRON" and mention.end - mention.start == 1
        if pronoun or not same(about, mention):
            continue
        if about.names and not about.role:
            if not mention.role:
                continue  # who somebody is: their role answers
        elif not mention.names:
            continue
        elif not any(name in sentence.doc[mention.start : mention.end].text for name in mention.names):
            continue
        rest = _rest(question)
        covered = _covered(rest, _words(sentence.doc)) if rest else 1.0
        if covered < 0.5:
            continue
        return Evidence(sentence, 1.0 + 0.3 * covered)
    return None


# -- whether there is one, and how many ---------------------------------------------------------------


def _existing(question: Question, said: Sequence[Sentence]) -> list[Evidence]:
    found = []
    spellings = "|".join(
        sorted({word for word, role in ROLE_WORDS.items() if question.role in labels_of(role)}, key=len, reverse=True)
    )
    has = re.compile(
        rf"^no (?:{spellings})\b|(?:@'s|@ (?:have|get|get_ed|own|adopt|adopt_ed)) (?:[\w-]+,? ){{0,5}}?(?:{spellings})\b"
        + (r"|@ be an only child|@ be the (?:\w+ )?(?:of|out of) \d+" if question.role in ("sibling", "brother", "sister") else "")
    )
    counted = re.compile(
        rf"(?:@'s|@ (?:have|get|get_ed) (?:[\w,-]+ ){{0,6}}?)\s?(?:\d+|a couple of) (?:[\w-]+ ){{0,2}}?(?:{spellings})\b|"
        rf"\b(?:only child|twins|triplets)\b|@ be the \w+ of \d+|\d+ of @|@ (?:not have|have no) (?:any )?(?:{spellings})|\bthe \d+ (?:{spellings})"
    )
    pattern = counted if question.counts else has
    for sentence in said:
        if not question.past and re.search(r"\bused to\b", sentence.text, re.IGNORECASE):
            continue
        for clause, text in lines(sentence, question.about):
            if clause.standing != "stated":
                continue
            if pattern.search(text) and not _others_thing(text, spellings):
                found.append(Evidence(sentence, 1.0 + 0.1 * bool(re.search(r"[A-Z]\w+", text))))
                break
        else:
            if not question.counts and question.about is None and any(
                m.mine and question.role in m.labels for m in sentence.mentions
            ) and any(c.standing == "stated" for c in sentence.clauses):
                found.append(Evidence(sentence, 1.0))
    return found


def _others_thing(text: str, spellings: str) -> bool:
    """ "my friend's dog" is no dog of mine."""
    people = "|".join(sorted(ABOVE, key=len, reverse=True))
    return bool(re.search(rf"@'s (?:[\w-]+ ){{0,2}}?(?:{people})(?: [A-Z]\w+)?(?:'s| have| get) .*?(?:{spellings})\b", text))


# -- everything else: answered by words that cover what is asked -----------------------------------------


def _matching(question: Question, sentence: Sentence) -> Evidence | None:
    best: Evidence | None = None
    for clause, said in lines(sentence, question.about):
        another = _belongs_to_another(question, sentence, clause, said)
        if not _is_firm(question, clause) or (another and not _is_owned(question, sentence, clause, said)):
            continue
        fit = _fit(question, sentence, clause, said)
        if fit and (best is None or fit > best.fit):
            best = Evidence(sentence, fit, _context(sentence, clause))
    return best


def _is_firm(question: Question, clause: Clause) -> bool:
    if clause.standing == "wished":
        return bool(_WISHES.search(question.line))
    if clause.standing not in ("stated", "told"):
        return False
    return not clause.negated or question.polar or " not " in f" {question.line} "


def _fit(question: Question, sentence: Sentence, clause: Clause, said: str) -> float:
    """How much of what is asked the words cover; 0 where they do not answer."""
    own = {_base(t) for t in clause.tokens} | _roles(sentence, clause)
    around = own | _words(sentence.doc)
    before = _context(sentence, clause)
    if before is not None:  # "it is at ten": all that was said of it counts
        own |= _words(before.doc)
        around |= own
    if question.names and _covered(question.names, around | _behind(sentence, clause)) < 1:
        return 0.0
    if sentence.previous is not None:
        around |= _words(sentence.previous.doc)
    told = [*clause.tokens, *(before.doc if before is not None else ())]
    doing = {word for t in told if t.pos_ in ("VERB", "AUX", "NOUN") for word in (_base(t), verb_of(t))}
    verb = not question.verb or bool(paraphrases(question.verb) & doing) or _is_owned(question, sentence, clause, said)
    same_verb = 0.0 if not verb or question.verb in _LIGHT_VERBS else 0.8 if question.verb in doing else 0.65
    kind = _kind(question)
    focus = _focus_fit(question, kind, same_verb, clause, around)
    if focus is None:
        return 0.0
    apart = "@" not in said and before is None and clause.subject is not None
    counted = question.answer == "count" and focus == 1.0
    if apart and not counted and (not question.words or _covered(question.words, own) < 1):
        return 0.0  # of nobody in particular, and not of all that is asked
    if question.verb in _OWNING and question.focus and not verb and question.answer != "name":
        return 0.0
    parts = [(1.0 if verb else 0.0)] if question.verb and question.verb not in _LIGHT_VERBS else []
    if counted and not verb:
        parts = []  # a number of just these things needs no verb
    if not verb and not question.words and not (question.focus and focus >= 1.0):
        return 0.0
    if not question.words and not question.focus and not parts:
        return 0.0
    if question.polar:
        around = own | _words(sentence.doc)
    parts += [(_covered([w], own) + _covered([w], around)) / 2 for w in question.words]
    parts += [focus] if question.focus else []
    coverage = sum(parts) / len(parts)
    if coverage < (0.75 if question.polar else LEAST_COVERAGE):
        return 0.0
    answered = _answered(question, sentence, clause)
    if before is not None and not question.answer:
        answered *= 0.75  # what goes on from a sentence tells less of "what" than the sentence itself
    return coverage * answered + (0.1 if "@" in said else 0.0) if answered else 0.0


_LIGHT_VERBS = frozenset("happen have get do go take make be own use keep put come".split())


_OWNING = frozenset("have own drive ride keep wear use play".split())


def _is_owned(question: Question, sentence: Sentence, clause: Clause, said: str) -> bool:
    """ "my car is a Corsa", or "it's a Corsa" after "my car": what is mine, I have and drive."""
    if question.verb not in _OWNING or not question.focus:
        return False
    thing = question.focus[-1]
    if _kind(question) and re.search(rf"@'s (?:[\w-]+ )?(?:{'|'.join(map(re.escape, THINGS[question.answer]))})\b", said):
        return True  # "my neighbour's trumpet"
    if re.search(rf"@'s (?:[\w-]+ ){{0,3}}?{re.escape(thing)}\b", said):
        return True
    before = _context(sentence, clause)
    return before is not None and re.search(rf"\b(?:my|our)\b.*\b{re.escape(thing)}", before.text.lower()) is not None


def _kind(question: Question) -> str:
    return question.answer if question.answer in THINGS or question.answer == "blood type" else ""


def _focus_fit(
    question: Question, kind: str, same_verb: float, clause: Clause, around: Iterable[str]
) -> float | None:
    """Whether the thing asked for is there: itself, one of its kind, or what the very same verb is said of."""
    if not question.focus or question.answer in ("when", "clock", "month", "place") and not kind:
        return 1.0
    if kind:
        if not carries(_fresh(question, clause), kind):
            return None
        particular = [w for w in question.focus[:-1] if w not in kind.split()]  # "shoe" in "shoe size"
        return 1.0 if _covered(particular, around) == 1 else 0.3
    if question.answer == "count" and _is_counted(question.focus[-1], clause):
        return 1.0
    literal = _covered(question.focus, around)
    if literal == 1.0 or question.answer == "name" and literal:
        return 1.0
    if same_verb and not (_is_of_other_kind(clause) and question.answer != "name"):
        return max(same_verb, literal * 0.6)
    return literal * 0.6


def _is_of_other_kind(clause: Clause) -> bool:
    return any(carries(_text(clause), kind) for kind in THINGS if kind not in ("day", "month", "season"))


def _is_said_of_it(question: Question, clause: Clause) -> bool:
    """ "which perfume do I hate": what I said I hate, if it is not plainly something else."""
    return clause.head.lemma_ == question.verb and not _is_of_other_kind(clause)


def _is_counted(noun: str, clause: Clause) -> bool:
    """ "200 guests", "seat 42"."""
    things = [t for t in clause.tokens if _base(t) in paraphrases(noun)]
    return any(c.pos_ == "NUM" or c.like_num for t in things for c in (*t.children, *t.doc[t.i + 1 : t.i + 2]))


def _answered(question: Question, sentence: Sentence, clause: Clause) -> float:
    """1 where the clause holds what is asked for, a little less where its sentence does, else 0."""
    asked = question.words | set(question.focus)
    if question.answer == "name":
        known = asked | THINGS["day"] | THINGS["month"]
        named = any((t.pos_ == "PROPN" or is_name(t)) and _base(t) not in known for t in clause.tokens)
        kinds = {t.lemma_.casefold() for t in clause.tokens if any(c.dep_ in ("compound", "amod") for c in t.children)}
        return float(named or question.focus[-1] in kinds)  # "Everton", "a rowing club"
    if question.answer == "who":
        if _names_somebody(question, sentence, clause.tokens):
            return 1.0
        rest = [t for c in sentence.clauses if not _is_anothers(question, sentence, c) for t in c.tokens]
        return 0.9 if _names_somebody(question, sentence, rest) else 0.0
    if question.answer:
        if carries(_fresh(question, clause), question.answer):
            return 1.0
        rest = " ".join(_text(c) for c in sentence.clauses if not _is_anothers(question, sentence, c))
        return 0.9 if carries(rest, question.answer) else 0.0
    return float(question.polar or _news(question, clause))


def _names_somebody(question: Question, sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """Whether words name somebody, and with the preposition asked for: "who with" is answered by "with"."""
    places = {t.i for t in tokens}
    asked = question.words | set(question.focus)
    others = [m for m in sentence.mentions if m.start in places and _is_somebody(m)]
    known = [m for m in others if sentence.doc[m.start].pos_ != "PRON" or m.names or m.mine]
    named = any(is_name(t) and _base(t) not in asked and t.head.lower_ not in _AT for t in tokens)
    preposition = re.search(r" (with|from|about|by)$", question.line)
    linked = preposition is None or any(t.lower_ == preposition.group(1) for t in tokens)
    return bool(named or known) and linked


_AT = frozenset("in at near on from".split())


def _fresh(question: Question, clause: Clause) -> str:
    """What a clause says beyond the question's own words."""
    asked = question.words | set(question.focus)
    return " ".join(t.text for t in clause.tokens if t.lemma_.casefold() not in asked)


def _is_anothers(question: Question, sentence: Sentence, clause: Clause) -> bool:
    subject = clause.subject
    whose = [m for m in sentence.mentions if subject is not None and m.start <= subject.i < m.end and _is_somebody(m)]
    return question.of_subject and any(
        question.about is None or not _is_of(question.about, m, sentence) for m in whose
    )


def _is_of(about: Mention, mention: Mention, sentence: Sentence) -> bool:
    """Whether somebody mentioned is whom a question is about, or something of theirs: "my wife's birthday"."""
    within = [m for m in sentence.mentions if mention.start <= m.start < mention.end]
    return any(same(about, m) for m in (mention, *within))


def _behind(sentence: Sentence, clause: Clause) -> frozenset[str]:
    """The words of the sentence before, where this one goes on from it."""
    before = sentence.stated_before
    if before is None:
        return frozenset()
    points = any(t.lower_ in _POINTING for t in clause.tokens)
    same_message = before.memory.id == sentence.memory.id
    return _words(before.doc) if points or same_message or len(clause.tokens) < 6 else frozenset()


def _roles(sentence: Sentence, clause: Clause) -> frozenset[str]:
    """Who is mentioned, by all that is known of them: Yusra is "wife" too."""
    places = {t.i for t in clause.tokens}
    return frozenset(label for m in sentence.mentions if m.start in places for label in m.labels)


_POINTING = frozenset("it that this they those these them one there".split())


def _news(question: Question, clause: Clause) -> bool:
    """Whether the words tell more than the question already says."""
    asked = {*question.words, *question.focus, question.verb}
    known = {near for word in asked for near in paraphrases(word)}
    return any(
        t.pos_ in (("VERB",) if question.verb == "happen" else ("NOUN", "PROPN", "NUM", "ADJ")) and t.lemma_.casefold() not in known and not t.is_stop
        for t in clause.tokens
    )


def _belongs_to_another(question: Question, sentence: Sentence, clause: Clause, said: str) -> bool:
    """Whether somebody else is the subject of words that would have to be about the person asked about."""
    subject = clause.subject
    if question.about is not None and "@" not in said:
        before = _context(sentence, clause)
        return before is None or not any(same(question.about, m) for m in before.mentions)
    if not question.of_subject:
        return False
    if subject is None:
        return False
    whose = [m for m in sentence.mentions if m.start <= subject.i < m.end and _is_somebody(m)]
    if question.about is None:
        together = any(is_me(t) and t.dep_ == "conj" for t in subject.subtree)  # "Leanne and I"
        mine = re.search(r"\bbe(?:_ed)? @'s ", said)  # "Hanoi was my favourite"
        return not is_me(subject) and bool(whose) and not together and not mine
    if any(_is_of(question.about, m, sentence) for m in whose):
        return False
    if question.attribute is not None and _HAS_ONE.search(said):
        return False
    return is_me(subject) or bool(whose)


_HAS_ONE = re.compile(r"\b(?:have|get|get_ed|adopt|adopt_ed|rescue|rescue_ed|own|buy|buy_ed|call|call_ed|name|name_ed) @")


def _is_somebody(mention: Mention) -> bool:
    role = mention.role.split("<")[0]
    own = "<" in mention.role  # "my brother's wedding" is my brother's
    return bool(mention.names) or own or role in ABOVE or role.endswith("-in-law") or "somebody" in mention.labels


def _is_about(question: Question, sentence: Sentence) -> bool:
    for clause, said in lines(sentence, question.about):
        if clause.standing == "stated" and re.search(r"^(?:\w+ ){0,3}@", said):
            return True
    return False


# -- words ------------------------------------------------------------------------------------------


def _covered(wanted: Iterable[str], words: Iterable[str]) -> float:
    """The share of words that stand there or are paraphrased."""
    wanted, there = list(wanted), frozenset(words)
    if not wanted:
        return 1.0
    stems = {stem(word) for word in there}
    found = [bool(paraphrases(w) & there) or stem(w) in stems or _is_kind(w, there) for w in wanted]
    return sum(found) / len(found)


def _is_kind(word: str, there: frozenset[str]) -> bool:
    kind = KIND_WORDS.get(word)
    return kind is not None and bool(THINGS[kind] & there)


def _base(token: Token) -> str:
    return token.lemma_.casefold()


def _words(doc: Iterable[Token]) -> frozenset[str]:
    return frozenset(_base(token) for token in doc)


def _text(clause: Clause) -> str:
    return " ".join(token.text for token in clause.tokens)


def _context(sentence: Sentence, clause: Clause) -> Sentence | None:
    """The sentence before, where this one means something said there: "it's in June"."""
    subject = clause.subject
    if subject is None:  # "every Tuesday", "due in November"
        head = clause.head
        goes_on = head.pos_ in ("ADP", "ADJ", "ADV", "NUM") or head.lemma_.casefold() in THINGS["day"] | THINGS["month"]
    else:
        goes_on = subject.lower_ in ("it", "that", "this", "they", "those", "these")
    return sentence.stated_before if goes_on else None


def _quotation(found: Evidence, words: Wording) -> str:
    together = len({sentence.memory.id for sentence in found.quoted}) == 1
    said = (" " if together else " … ").join(" ".join(sentence.text.split()) for sentence in found.quoted)
    return words.quotation(found.sentence.memory.occurred_at, said[:LONGEST])
