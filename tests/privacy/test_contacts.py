"""Ways to reach somebody: mail, telephone, street, user name."""

from __future__ import annotations

import pytest

from privacy.recognizers.addresses import addresses
from privacy.recognizers.emails import emails
from privacy.recognizers.phones import phones
from privacy.recognizers.usernames import usernames
from tests.kit.details import details, hidden


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("write to kat@brewery.con today", "kat@brewery.con"),
        ("bob@corp is my mail at work", "bob@corp"),
        ("it is o'brien+news@mail.example.", "o'brien+news@mail.example"),
        ("kat @ posteo . net", "kat @ posteo . net"),
        ("kat dot wolf at posteo dot net", "kat dot wolf at posteo dot net"),
        ("kat underscore wolf (at) posteo.net", "kat underscore wolf (at) posteo.net"),
        ("kat@[203.0.113.7] works", "kat@[203.0.113.7]"),
        ("mein Postfach: kat Klammer, nein: kat ät posteo punkt de", "kat ät posteo punkt de"),
        ("jürgen@müller.de", "jürgen@müller.de"),
    ],
)
def test_mail_addresses_are_found(text, address):
    """Any domain, spaces around the signs, words for the signs."""
    assert hidden(emails, text, address)


@pytest.mark.parametrize(
    "text", ["meet me at noon", "look at that dot", "we met at the station", "5 @ $3 each"]
)
def test_other_uses_of_at_are_left_alone(text):
    """ "At" is mostly just a word."""
    assert details(emails, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("call (415) 555-2671 ext. 12", "(415) 555-2671 ext. 12"),
        ("my number is 5550123", "5550123"),
        ("meine Handynummer: 0176/55512345", "0176/55512345"),
        ("tu peux me joindre au 06 12 34 56 78", "06 12 34 56 78"),
        ("92 34 70-Office", "92 34 70"),
        ("0046 8 123 456 78", "0046 8 123 456 78"),
        ("it is 921-835-1650x94266", "921-835-1650x94266"),
    ],
)
def test_telephone_numbers_are_found(text, number):
    """By the plus, by a numbering plan, or by the words around."""
    assert hidden(phones, text, number)


@pytest.mark.parametrize(
    "text",
    [
        "on 2024-05-12 at 10:30",
        "from 1999-2003",
        "isbn 978-3-16-148410-0",
        "my order 4829137 is late",
        "it cost $1,250.50",
        "about 1234567 people",
        "version 10.2.3.4.5",
        "the years 2019 2020 2021",
    ],
)
def test_other_numbers_are_left_alone(text):
    """Dates, prices, books and orders are no telephone numbers."""
    assert details(phones, text) == []


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("I live at 221B Baker Street, London", "221B Baker Street"),
        ("18 rosewood avenue, apt 4b", "18 rosewood avenue, apt 4b"),
        ("j'habite 12 bis rue de la République, 69002 Lyon", "12 bis rue de la République, 69002 Lyon"),
        ("Lindenallee 14, 50667 Köln", "Lindenallee 14, 50667 Köln"),
        ("in der bergstraße 7", "bergstraße 7"),
        ("Am Alten Markt 5", "Am Alten Markt 5"),
        ("vivo en la calle Mayor 45, 3", "calle Mayor 45"),
        ("via Garibaldi 22, 20121 Milano", "via Garibaldi 22, 20121 Milano"),
        ("Rua das Flores 120", "Rua das Flores 120"),
        ("Prinsengracht 263, 1016 GV Amsterdam", "Prinsengracht 263, 1016 GV Amsterdam"),
        ("ul. Marszałkowska 10/5", "ul. Marszałkowska 10/5"),
        ("send it to P.O. Box 1183", "P.O. Box 1183"),
        ("Unit 4120 Box 7638, APO AP 94917", "Unit 4120 Box 7638, APO AP 94917"),
        ("Postfach 10 12 34", "Postfach 10 12 34"),
        ("ship it to Lotus Residency 65 please", "Lotus Residency 65"),
        ("my zip code is 90210", "90210"),
        ("Bristol BS8 1QE", "BS8 1QE"),
    ],
)
def test_street_addresses_are_found(text, street):
    """Seven languages, post boxes, codes, and whatever follows "ship it to"."""
    assert hidden(addresses, text, street)


@pytest.mark.parametrize(
    "text",
    [
        "it is a 10 minute drive",
        "we moved to Berlin in 2019",
        "come to the party at 8pm",
        "I live at home",
        "chapter 5 of the book",
        "3 of the people on the road",
        "send it to me by 5 pm",
        "I ate 3 apples on the way",
    ],
)
def test_other_places_and_counts_are_left_alone(text):
    """A number and a word for a way do not make an address."""
    assert details(addresses, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I am @kat_wolf99 there", "kat_wolf99"),
        ("my username is kat.wolf", "kat.wolf"),
        ("slack handle al-masri.a", "al-masri.a"),
        ("find me on steam as gamer_dude", "gamer_dude"),
        ("see github.com/katwolf", "katwolf"),
        ("linkedin.com/in/kat-wolf-123", "kat-wolf-123"),
        ("discord: katwolf#1234", "katwolf#1234"),
        ("ssh into 203.0.113.7 as katw", "katw"),
        ("mein Benutzername ist katw99", "katw99"),
        ("on reddit I'm u/katwolf", "katwolf"),
    ],
)
def test_user_names_are_found(text, name):
    """By "@", by the words before, by the address of a profile."""
    assert hidden(usernames, text, name)


@pytest.mark.parametrize(
    "text", ["my username is not working", "log in as usual tomorrow", "the handle is broken off"]
)
def test_talk_about_user_names_is_left_alone(text):
    """What is said about a user name is no user name."""
    assert "not" not in details(usernames, text)
    assert "usual" not in details(usernames, text)
