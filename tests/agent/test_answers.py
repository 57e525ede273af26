"""What embedded mode says about a person: their own words, where they answer, and else that nothing is known."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from agent.answers import answer, tells
from agent.embedders.minilm import MiniLM
from agent.embedders.nearness import nearness
from agent.grammar.clauses import clauses
from agent.grammar.standing import is_intended
from agent.models.embedded import EmbeddedModel
from agent.models.scripted import ScriptedModel
from agent.parsing import parse
from agent.reader.answering import Answering
from agent.settings import Settings
from agent.turns import Finished, Turn
from agent.wiring import open_app
from agent.wording import WORDINGS
from memory.records import Hit, Recollection, Shown
from memory.shelf import Wanted
from privacy.identity import Principal, Scope

UNKNOWN = WORDINGS["en"].unknown
NEAR = nearness(MiniLM(Settings().cache_home), Scope("ada"))
READS = Answering(Settings().cache_home)
START = datetime(2026, 5, 3, 9, tzinfo=UTC)


def recollection(question: str, *said: str, speaker: str = "user") -> Recollection:
    hits = [
        Hit(
            memory=Shown(
                id=f"m{place}", kind="episode", text=text, occurred_at=START + timedelta(days=place),
                recorded_at=START, origin="said", status="active", version=1, importance=0.5, confidence=1.0,
                speaker=speaker, session="a", position=place,
            ),
            score=0.0,
        )
        for place, text in enumerate(said)
    ]  # fmt: skip
    return Recollection(question=question, hits=tuple(reversed(hits)))


def ask(question: str, *said: str) -> str | None:
    grounded = answer(recollection(question, *said), parse, NEAR, READS)
    return grounded.text if grounded else None


def test_an_answer_is_a_quotation_with_its_date_and_citation() -> None:
    """What is said about the person is what they said, when, and which memory that is."""
    grounded = answer(
        recollection("Where do I live?", "So tired.", "I live in Ghent. It rains a lot."), parse, NEAR, READS
    )
    assert grounded is not None
    assert grounded.text == "You told me on 4 May 2026: “I live in Ghent.” [1]"
    assert grounded.used == ("m1",)


def test_it_is_given_in_the_language_of_fixed_sentences() -> None:
    """Around the person's own words stand sentences of their language."""
    grounded = answer(recollection("Where do I live?"), parse, NEAR, READS, WORDINGS["de"])
    assert grounded is not None
    assert grounded.text == WORDINGS["de"].unknown


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("Where does my sister live?", ["I live in Leeds.", "My sister Ffion lives in Bath."], "Bath"),
        ("Where do I live?", ["My sister lives in Bath.", "I live in Leeds."], "Leeds"),
        ("Where does Ffion live?", ["My sister Ffion is a nurse.", "My sister lives in Bath."], "Bath"),
        ("How old is my son?", ["My daughter is 9.", "my son Idris is 12 and tall"], "12"),
        (
            "What's my boss called?",
            ["My boss, Philippa, wants it by Thursday.", "Graham just hums."],
            "Philippa",
        ),
        ("What is my dog's name?", ["We've got a beagle.", "He's called Biscuit."], "Biscuit"),
        ("Who is Petra?", ["My cousin Petra has five kids."], "cousin"),
    ],
)
def test_it_knows_who_is_meant(question: str, said: list[str], expected: str) -> None:
    """A question about one person is answered by words about them: by role, by name, by pronoun."""
    assert expected in (ask(question, *said) or "")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Where do I live?", "My sister lives in Bath."),
        ("What do I do for a living?", "My wife Keziah's a paramedic."),
        ("What's my sister's name?", "My colleague Carla is from Bath too."),
        ("How old am I?", "My son Idris is 12."),
        ("What's my cat called?", "My flatmate's cat is called Miso."),
        ("When is my birthday?", "Mum's birthday is on the 2nd of June."),
        ("Am I married?", "My brother's wedding is on 8 September."),
        ("What did my mum buy me?", "I bought my mum a scarf."),
        ("What car do I drive?", "My brother drives a Mini, my sister a Jeep."),
    ],
)
def test_words_about_another_answer_nothing(question: str, said: str) -> None:
    """What is true of somebody else is never said of the person."""
    assert ask(question, said) == UNKNOWN


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Where do I live?", "If I lived in Rome I'd eat gelato every day."),
        ("Where do I live?", "Maybe we'll move to Spain when I retire."),
        ("Where do I live?", "I don't live in Berlin anymore."),
        ("Where do I live?", "Do I live in Rome?"),
        ("Do I have a dog?", "I wish I had a dog."),
        ("What do I do for a living?", 'He said "I\'m a plumber" and flooded my kitchen.'),
        ("What's my boat called?", "If I had a boat I'd call it Dolphin."),
    ],
)
def test_what_is_supposed_wished_asked_or_quoted_is_no_fact(question: str, said: str) -> None:
    """Only what the person states counts."""
    assert ask(question, said) == UNKNOWN


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What time is my dentist appointment?", "The dentist is on Tuesday, I've cracked a molar."),
        ("What colour is my tent?", "We're camping with our tent at Loch Awe."),
        ("What's my blood type?", "I gave some blood on Wednesday."),
        ("How many cousins do I have?", "My cousin Petra has 5 kids."),
        ("When did I go to Greece?", "I was in Morocco for 2 weeks in May."),
        ("What's my favourite film?", "My favourite food is goulash."),
    ],
)
def test_words_that_hold_no_such_answer_are_not_quoted(question: str, said: str) -> None:
    """A question for a time, a colour, a number is answered by one, or not at all."""
    assert ask(question, said) == UNKNOWN


@pytest.mark.parametrize(
    ("question", "older", "newer"),
    [
        ("Where do I live?", "I live in Leeds with two mates.", "big news, as of last weekend I'm in York"),
        ("Where do I work?", "I work at a bakery.", "I started at the town library on Monday."),
        ("How old is my daughter?", "My daughter Noor is 6.", "Noor turned 7 on Saturday."),
        (
            "What's my favourite tea?",
            "My favourite tea is Earl Grey.",
            "These days my favourite tea is rooibos.",
        ),
        ("When is my eye test?", "My eye test is on Monday at 2.", "My eye test is on Friday at 11 instead."),
    ],
)
def test_of_values_that_replace_each_other_the_newest_is_quoted_alone(
    question: str, older: str, newer: str
) -> None:
    """A value that was replaced is not brought up again."""
    found = ask(question, older, newer) or ""
    assert newer in found
    assert older not in found


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        (
            "When does my passport expire?",
            ["My passport runs out on 19 November, I need to sort that."],
            "19",
        ),
        ("How did I hurt my ankle?", ["I sprained my ankle playing badminton, its all swollen"], "badminton"),
        ("What was I cooking yesterday?", ["I made a massive lasagne last night."], "lasagne"),
        ("Who looks after the kids?", ["The mother-in-law has the kids while I'm at work."], "mother-in-law"),
        ("How do I feel about snakes?", ["Snakes give me the creeps.", "I am scared of them."], "scared"),
        ("Am I right or left handed?", ["I'm left-handed, scissors hate me."], "left-handed"),
        ("What's Ines's line of work?", ["My friend Ines builds harpsichords."], "harpsichords"),
        ("What does my husband do?", ["My husband is a stay-at-home dad."], "stay-at-home"),
        ("What position do I play?", ["we drew again, im the goalie so it's not on me"], "goalie"),
        (
            "Where does my family come from?",
            ["My grandparents came over from Malta in the fifties."],
            "Malta",
        ),
        ("What's my pet's name?", ["I've got a tortoise myself, Pickle."], "Pickle"),
        ("What is our boat called?", ["We bought a boat.", "It is called Second Wind."], "Second Wind"),
        ("Where are the decorations?", ["christmas decorations are in the loft, future me"], "loft"),
    ],
)
def test_a_question_may_share_no_words_with_its_answer(question: str, said: list[str], expected: str) -> None:
    """What means the same is found, if it is about the person and holds the kind of thing wanted."""
    assert expected in (ask(question, *said, "It rains.") or "")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What do I study?", "my bf studies architecture and has to build a bridge"),
        ("What am I saving money for?", "my mate's saving for a wedding, poor guy"),
        ("What date is my exam?", "my brothers exam is on the 5th, hes relaxed as anything"),
        ("How much was my fine?", "mate from work got a parking fine for 70 quid and hes raging"),
        ("Do I play the piano?", "my neighbour plays the piano. it's driving everyone up the wall"),
        (
            "How many languages do I speak?",
            "my teacher used to say 'I speak seven languages and I lie in all'",
        ),
        ("Where does Ines work?", "My friend Ines lives in Bergen."),
        ("Where does my family come from?", "My husband's parents came over from Goa."),
        ("What is my cat called?", "Our neighbours have a puppy, it's called Bruno. I have a cat."),
        ("How do I take my coffee?", "My mate takes his coffee black."),
        ("Where was I arrested?", "Someone I know got arrested in Riga."),
        ("Where am I travelling this autumn?", "I went to Japan two years ago and loved the trains"),
    ],
)
def test_what_is_near_but_of_another_or_of_another_time_is_no_answer(question: str, said: str) -> None:
    """Nearness of meaning decides only among words about the person."""
    assert ask(question, said) == UNKNOWN


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("Which colour is the pantry?", ["The pantry is done, in a dusty coral.", "The porch stays grey for now."], "coral"),
        ("Who has my tent?", ["lent my tent to Odile until June", "my stove's with the scouts"], "Odile"),
        ("When is my hearing test?", ["My hearing test is on Monday.", "They've pushed my hearing test to Thursday."], "Thursday"),
    ],
)  # fmt: skip
def test_what_holds_the_thing_asked_about_goes_before_what_is_newer(
    question: str, said: list[str], expected: str
) -> None:
    """Another thing of the same kind is no newer value of this one; this one moved is."""
    assert expected in str(ask(question, *said))


def test_what_reading_is_certain_of_is_quoted_where_grammar_is_lost() -> None:
    """The parser finds no clause of the speaker's own in these; nothing else comes near."""
    said = ["dentist on Tuesday at 9:40, root canal, wish me luck", "the garage wants the car on Friday"]
    assert "9:40" in str(ask("What time do I need to be at the dentist's?", *said))
    assert ask("Where was I arrested?", "Someone I know got arrested in Riga.") == UNKNOWN
    assert ask("Where do I keep the key?", "Perhaps I should keep the key under the mat.") == UNKNOWN
    assert ask("Who am I meeting on Friday?", "I'm not meeting Odile on Friday after all.") == UNKNOWN


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Wish me luck for my interview at Siemens.", "stated"),
        ("I'm running the marathon in May, wish me luck!", "stated"),
        ("Wish us luck!", "stated"),
        ("I wish I had a dog.", "wished supposed"),
        ("I wish to move to Rome.", "wished"),
    ],
)
def test_wishing_somebody_luck_is_no_wish(text: str, standing: str) -> None:
    (doc,) = parse([text])
    assert {clause.standing for clause in clauses(doc)} == set(standing.split())


@pytest.mark.parametrize(
    ("text", "intended"),
    [
        ("I hope the key is under the mat.", True),
        ("I'm hoping to keep the key under the mat.", True),
        ("I'm thinking of keeping the key under the mat.", True),
        ("I'm thinking about my exam.", False),
        ("I keep the key under the mat.", False),
    ],
)
def test_what_is_hoped_for_is_told_from_what_is(text: str, intended: bool) -> None:
    (doc,) = parse([text])
    assert any(is_intended(clause.head) for clause in clauses(doc)) == intended


def test_what_says_that_it_has_changed_is_quoted_though_the_older_is_nearer() -> None:
    """ "From now on it's one cup" replaces "six cups of tea a day"."""
    found = ask(
        "How many cups of tea do I have a day?",
        "I drink about six cups of tea a day.",
        "OK, decided. From now on it's one cup in the morning.",
    )
    assert "one cup" in (found or "")
    assert "six" not in (found or "")


def test_what_goes_on_from_a_sentence_is_quoted_with_it() -> None:
    """ "It's in June" says nothing alone, so what it is about stands before it."""
    found = ask("When is my exam?", "I study at night for my exam.", "It's in June and I'm not ready.") or ""
    assert "“I study at night for my exam. … It's in June and I'm not ready.”" in found


def test_likes_may_be_several() -> None:
    """Where there can be more than one answer, more than one is quoted, newest first."""
    found = ask("What food do I like?", "I love aubergine.", "It rained.", "I really like dumplings.") or ""
    assert found.index("dumplings") < found.index("aubergine")
    assert "[2]" in found


@pytest.mark.parametrize(
    "question",
    [
        "where do i live",
        "Remind me where I live.",
        "Do you remember where I live?",
        "Tell me which city I live in",
        "What do you know about my home?",
        "I forgot, where do I live again?",
        "Where's home for me these days?",
    ],
)
def test_a_question_may_be_put_in_many_ways(question: str) -> None:
    """With or without a question mark, straight or round about."""
    assert "I have a flat in Uppsala" in (ask(question, "I have a flat in Uppsala.") or "")


@pytest.mark.parametrize(
    "message",
    [
        "Good morning!",
        "How are you?",
        "What is the capital of France?",
        "How do I boil an egg?",
        "What should I cook?",
    ],
)
def test_what_is_not_about_the_person_is_left_to_the_model(message: str) -> None:
    """Small talk, the world and advice are no questions to memory."""
    assert ask(message, "I live in Ghent.", "I like eggs.") is None
    assert not tells(message, parse)


def test_advice_is_taken_from_what_was_said_of_the_very_same_doing() -> None:
    """Who asks how to do what they do themselves is reminded; a thing that is merely mentioned is no advice."""
    assert ask("How do I descale the kettle?", "My kettle is full of limescale.") is None
    assert "vinegar" in (ask("How do I descale the kettle?", "I descale the kettle with vinegar.") or "")


def test_a_very_long_message_does_not_keep_anybody_waiting() -> None:
    """Of a long text only as much is read as can be while somebody waits; the answer is found all the same."""
    began = time.perf_counter()
    found = ask("Where do I live?", *["I live in Ghent. " + "word " * 80_000] * 30)
    assert "Ghent" in (found or "")
    assert time.perf_counter() - began < 20  # seconds, on a busy machine; unread limits would take minutes


def test_the_assistants_words_are_no_evidence() -> None:
    """What a model once said about the person is never quoted as theirs."""
    grounded = answer(
        recollection("Where do I live?", "You live in Rome, I think.", speaker="assistant"),
        parse,
        NEAR,
        READS,
    )
    assert grounded is not None
    assert grounded.text == UNKNOWN


async def test_embedded_mode_quotes_thanks_and_chats(tmp_path) -> None:
    """A statement is thanked for, a question about the person is answered by their words, the rest is small talk."""
    model = ScriptedModel(["Hello!"], capable=EmbeddedModel.capable)
    app = await open_app(Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=model)

    async def say(text: str, thread: str) -> Finished:
        turn = Turn(principal=Principal("ada"), scope=Scope("ada"), thread=thread, text=text)
        *_, finished = [event async for event in app.assistant.reply(turn)]
        return finished

    try:
        told = await say("I live in Ghent and I keep bees.", "a")
        assert told.text == "Thank you for telling me. I'll remember that."
        asked = await say("Where do I live?", "b")
        assert "“I live in Ghent and I keep bees.” [1]" in asked.text
        assert asked.used == told.remembered[:1]
        assert (await say("What's my sister called?", "b")).text == UNKNOWN
        assert (await say("Good morning!", "b")).text == "Hello!"
        assert model.left == 0
    finally:
        await app.aclose()


@pytest.mark.parametrize(
    ("told", "unknown", "known", "nothing"),
    [
        ("I live in Ghent.", "What's my sister called?", "Where do I live?", "What do you know about Rome?"),
        ("Ich wohne in Graz.", "Wie heißt meine Schwester?", "Wo wohne ich?", "Was weißt du über Rom?"),
        ("Je vis à Lyon.", "Comment s'appelle ma sœur ?", "Où est-ce que je vis ?", "Que sais-tu sur Rome ?"),
        ("Vivo en Lugo.", "¿Cómo se llama mi hermana?", "¿Dónde vivo?", "¿Qué sabes de Roma?"),
    ],
)
async def test_fixed_sentences_of_ours_become_no_memories(
    tmp_path, told: str, unknown: str, known: str, nothing: str
) -> None:
    """In every language: thanks and "I don't know that yet" are answered and not kept; what quotes a memory is none, and goes with it."""
    model = ScriptedModel(["Hello!"] * 9, capable=EmbeddedModel.capable)
    app = await open_app(Settings(home=tmp_path / "home", config_home=tmp_path / "config"), model=model)
    ada = {"scope": Scope("ada"), "by": Principal("ada")}

    async def say(text: str) -> Finished:
        turn = Turn(principal=ada["by"], scope=ada["scope"], thread="a", text=text)
        *_, finished = [event async for event in app.assistant.reply(turn)]
        return finished

    try:
        said = [await say(text) for text in (told, unknown, nothing, "Why did you say that?")]
        assert all(one.text for one in said)
        quoting = await say(known)
        assert told.split()[-1].rstrip(".") in quoting.text
        listed = (await app.memory.browse(kind="episode", limit=100, **ada)).memories
        by_assistant = [memory.text for memory in listed if memory.speaker == "assistant"]
        made = [text for text in by_assistant if text != "Hello!"]  # what a model said was said
        assert made == []
        quoted = Wanted(status="quotation")
        (quotation,) = (await app.memory.find(quoted, **ada)).memories
        assert quotation.text == quoting.text
        brought = (await app.memory.recall(quoting.text, limit=50, **ada)).hits
        assert quotation.id not in [hit.memory.id for hit in brought]
        talk = await app.memory.conversation("a", **ada)
        assert quoting.text in [memory.text for memory in talk]  # when the talk is taken up again
        assert all(one.receipt for one in said)
        await app.memory.forget([quoting.used[0]], now=True, **ada)
        assert (await app.memory.find(quoted, **ada)).total == 0
        talk = await app.memory.conversation("a", **ada)
        assert quoting.text not in [memory.text for memory in talk]
    finally:
        await app.aclose()
