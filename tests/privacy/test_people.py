"""Names as people tell them, the person's own known names, and what follows from a name."""

from __future__ import annotations

import time

import pytest

from privacy.completion import completed
from privacy.findings import Finding
from privacy.known_names import KnownNames
from privacy.recognizers.birth_dates import birth_dates
from privacy.recognizers.introductions import introductions
from privacy.recognizers.networks import networks
from privacy.recognizers.vehicles import vehicles
from tests.kit.details import details, hidden


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is priya raghunathan", "priya raghunathan"),
        ("call me deepa from now on", "deepa"),
        ("I go by Kat online", "Kat"),
        ("je m'appelle chloé", "chloé"),
        ("ich heiße Jürgen Großmann", "Jürgen Großmann"),
        ("me llamo concepción", "concepción"),
        ("mi chiamo Giancarlo Rossi", "Giancarlo Rossi"),
        ("chamo-me João Pereira", "João Pereira"),
        ("ik heet sanne", "sanne"),
        ("my wife annelise works late", "annelise"),
        ("meine frau birgit kocht", "birgit"),
        ("ma sœur Inès arrive", "Inès"),
        ("our landlord's name is Romano Mai", "Romano Mai"),
        ("ask somto for the keys", "somto"),
        ("i owe frida 40 bucks", "frida"),
        ("had lunch with ayinke and erik today", "erik"),
        ("Will is my husband", "Will"),
        ("yasmin here, just checking in", "yasmin"),
        ("Best regards,\nAniela Sihombing", "Aniela Sihombing"),
        ("Dr. van der Berg called", "van der Berg"),
        ("Deepak, can you come over?", "Deepak"),
    ],
)
def test_announced_names_are_found(text, name):
    """Also in lower case, in seven languages."""
    assert hidden(introductions, text, name)


@pytest.mark.parametrize(
    "text",
    [
        "call me tomorrow",
        "call me when you can",
        "my wife and I went home",
        "my friend said so",
        "I'm tired of this",
        "this is great",
        "my dog is brown",
        "ask questions for fun",
        "tell people that it works",
        "thanks, that was helpful",
        "will you come in May?",
        "mein Mann und ich",
        "my boss wants a report",
    ],
)
def test_other_words_are_left_alone(text):
    """The words that announce a name announce other things, too."""
    assert details(introductions, text) == []


def test_a_known_name_is_found_in_any_case():
    """Whole or in part, in capitals or without, split over lines; a name within a word is not."""
    known = KnownNames(["Claire Dubois"])
    text = "CLAIRE met Dubois; claire\n  dubois said: claire's. Clairvoyant."
    assert details(known.find, text) == ["CLAIRE", "Dubois", "claire\n  dubois", "claire"]


def test_a_name_that_is_a_word_needs_its_capital():
    """Somebody called Will does not hide the word will."""
    assert details(KnownNames(["Will"]).find, "Will said he will come") == ["Will"]


def test_a_name_stands_as_long_as_the_models_take_it_for_one():
    """What was once taken for a name and then read ten times without being one hides nothing; a name read so does."""
    known = KnownNames(["Weather Data", "Claire Dubois", "Ксения"])
    text = "Claire asks for the weather data, Ксения asks for data."
    assert details(known.find, text) == ["Claire", "weather data", "Ксения", "data"]
    for _ in range(10):
        known.weigh(text, [Finding(0, 6, "PERSON", 0.9)])
    assert details(known.find, text) == ["Claire", "Ксения"]  # the models do not read every script
    for _ in range(5):
        known.weigh(text, person(text, "weather data"))
    assert "weather data" in details(known.find, text)


def test_what_is_written_small_is_weighed_by_itself():
    """A heading that looks like a name every time does not hide the word in the text under it; a name written small is found."""
    known = KnownNames(["Example Schedule", "Claire Dubois"])
    text = "Example Schedule: keep to the schedule, says claire, or Claire"
    assert details(known.find, text) == ["Example Schedule", "schedule", "claire", "Claire"]
    for _ in range(4):
        known.weigh(text, person(text, "Example Schedule", "claire", "Claire"))
    assert details(known.find, text) == ["Example Schedule", "claire", "Claire"]
    fresh = KnownNames(["Example Schedule"])
    assert details(lambda said: fresh.find(said, known), text) == ["Example Schedule"]


def test_thousands_of_names_take_no_longer():
    """The time to search grows with the text: 20,000 names in a text of 200 characters take well under 5 ms."""
    known = KnownNames(f"Name{n} Surname{n}" for n in range(20_000))
    text = "yesterday name77 surname77 met somebody whose name we never learned, near the old mill. " * 2
    began = time.perf_counter()
    for _ in range(20):
        found = known.find(text)
    assert len(found) == 2
    assert (time.perf_counter() - began) / 20 < 0.02


def person(text, *names):
    return [Finding(text.index(n), text.index(n) + len(n), "PERSON", 0.7) for n in names]


@pytest.mark.parametrize(
    ("text", "seen", "name"),
    [
        ("I met Isabel Rolc", ["Rolc"], "Isabel Rolc"),
        ("Sierra DeRose sings", ["Sierra"], "Sierra DeRose"),
        ("with Ji-woo there", ["Ji"], "Ji-woo"),
        ("Jan, Kristi, Nina and Wen came", ["Kristi", "Nina"], "Wen"),
        ("Anna came. later anna left", ["Anna"], "anna left"[:4]),
    ],
)
def test_the_rest_of_a_name_is_found(text, seen, name):
    """The other half of a name, the other names of a list, the same name again."""
    found = completed(text, person(text, *seen), KnownNames())
    at = text.rindex(name)
    assert any(f.start <= at and at + len(name) <= f.end for f in found if f.label == "PERSON")


def test_an_address_over_several_lines_is_one():
    """What stands between two parts of an address belongs to it."""
    text = "42 Hauptweg\n suite 834\n Montzen\n Belgium 64733"
    parts = [Finding(0, 11, "ADDRESS", 0.9), Finding(text.index("64733"), len(text), "ADDRESS", 0.7)]
    assert [(f.start, f.end) for f in completed(text, parts, KnownNames())] == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("I was born on 14 March 1987", "14 March 1987"),
        ("dob 12/04/1979", "12/04/1979"),
        ("Geburtsdatum: 12.03.1990", "12.03.1990"),
        ("je suis née le 3 mai 1985", "3 mai 1985"),
        ("what is your date of birth? It's 3/23/1940", "3/23/1940"),
        ("August 8 is my birthday", "August 8"),
    ],
)
def test_dates_of_birth_are_found(text, date):
    """By the words around."""
    assert hidden(birth_dates, text, date)


@pytest.mark.parametrize(
    "text", ["we meet on 14 March 2027", "she was born in Leeds", "the baby was born. On 3 May we moved."]
)
def test_other_dates_are_left_alone(text):
    """A memory lives by its dates."""
    assert details(birth_dates, text) == []


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("203.0.113.77", "203.0.113.77"),
        ("2001:db8::b25a", "2001:db8::b25a"),
        ("00:1b:44:11:3a:b7", "00:1b:44:11:3a:b7"),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "0x52908400098527886E0F7030069857D2E4169EE7"),
    ],
)
def test_machines_and_wallets_are_found(text, detail):
    """By rule and by check digit."""
    assert hidden(networks, text, detail)


@pytest.mark.parametrize(
    "text", ["at 11:34:35 sharp", "std::vector", "version 1.2.3.4", "127.0.0.1", "a::b", "1.2.3"]
)
def test_times_and_versions_are_left_alone(text):
    """A time is no address."""
    assert details(networks, text) == []


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("my license plate is AB12 CDE", "AB12 CDE"),
        ("mein Kennzeichen ist B-MW 1234", "B-MW 1234"),
        ("VIN 1M8GDM9AXKP042788", "1M8GDM9AXKP042788"),
    ],
)
def test_vehicles_are_found(text, plate):
    """Plates by the words before, chassis numbers by their check digit."""
    assert hidden(vehicles, text, plate)


def test_a_plate_of_food_is_left_alone():
    """Not every plate is on a car."""
    assert details(vehicles, "a plate of 12 cookies") == []
