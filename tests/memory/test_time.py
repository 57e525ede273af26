"""What was when: time expressions, and questions that ask for a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent.models.scripted import ScriptedModel
from agent.settings import Settings
from agent.wiring import open_app
from memory.records import Utterance
from memory.times.periods import period_of, until_of
from memory.times.when import Event, when_of
from privacy.identity import Principal, Scope

as_ada = {"scope": Scope("ada"), "by": Principal("ada")}
BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 11, 24, 16, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("What did I do over the weekend?", "2026-11-21 2026-11-23"),
        ("What did I eat on Monday?", "2026-11-23 2026-11-24"),
        ("What am I doing on Friday?", "2026-11-27 2026-11-28"),
        ("Who did I meet last Christmas?", "2025-12-24 2025-12-27"),
        ("Where was I in March?", "2026-03-01 2026-04-01"),
        ("What did I do in December?", "2025-12-01 2026-01-01"),
        ("Are we planning anything for December?", "2026-12-01 2027-01-01"),
        ("in the second week of October", "2026-10-08 2026-10-15"),
        ("between March and May", "2026-03-01 2026-06-01"),
        ("from the 3rd to the 7th of May", "2026-05-03 2026-05-08"),
        ("a couple of months ago", "2026-09-01 2026-10-01"),
        ("in the last three days", "2026-11-21 2026-11-25"),
        ("the week before last", "2026-11-09 2026-11-16"),
        ("since Easter", "2026-04-03 2026-11-25"),
        ("on May 3rd, 2025", "2025-05-03 2025-05-04"),
        ("last night", "2026-11-23 2026-11-24"),
        ("Qu'est-ce que j'ai fait la semaine dernière ?", "2026-11-16 2026-11-23"),
        ("Wo war ich letzten Sommer?", "2026-06-01 2026-09-01"),
        ("¿Qué dije hace tres días?", "2026-11-21 2026-11-22"),
    ],
)
def test_a_time_in_words_is_these_days(text: str, days: str) -> None:
    """Absolute and relative times in four languages are calendar days in the person's zone."""
    found = period_of(text, TUESDAY, BERLIN)
    assert found is not None
    assert f"{found.start:%Y-%m-%d} {found.end:%Y-%m-%d}" == days


@pytest.mark.parametrize(
    "text",
    [
        "may I ask something?",
        "my Monday class",
        "every Monday",
        "room 2021",
        "my 30th birthday",
        "How was my day?",
        "I march on.",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    """Words that only look like a time narrow nothing down."""
    assert period_of(text, TUESDAY, BERLIN) is None


def test_the_year_changes_between_question_and_answer() -> None:
    """In January "last week" and "in November" lie in the year before."""
    january = datetime(2027, 1, 2, 11, tzinfo=BERLIN)
    week, month = period_of("last week", january, BERLIN), period_of("in November", january, BERLIN)
    assert week
    assert month
    assert (week.start.date().isoformat(), month.start.date().isoformat()) == ("2026-12-21", "2026-11-01")


def test_a_day_of_23_hours_is_a_day() -> None:
    """Days begin at midnight where the person is, also when the clocks change; the same moment is another day elsewhere."""
    monday = datetime(2026, 3, 30, 8, tzinfo=BERLIN)  # the clocks went forward on Sunday
    sunday = period_of("yesterday", monday, BERLIN)
    assert sunday is not None
    assert sunday.end.astimezone(UTC) - sunday.start.astimezone(UTC) == timedelta(hours=23)
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert [period_of("today", late, ZoneInfo(z)).start.day for z in ("UTC", "Asia/Kolkata")] == [24, 25]


UNTIL = {  # what stands behind "until", "bis", "jusqu'à", "hasta", by the last day that it means
    "year": [
        *("the end of the year", "the end of this year", "end of year", "year's end"),
        *("Ende des Jahres", "Jahresende", "Ende dieses Jahres"),
        *("la fin de l'année", "fin d'année", "la fin de cette année"),
        *("final del año", "fin de año", "finales de este año"),
    ],
    "month": [
        *("the end of the month", "the end of this month"),
        *("Ende des Monats", "Monatsende"),
        *("la fin du mois", "fin de mois"),
        *("fin del mes", "final de mes"),
    ],
    "week": [
        *("the end of the week", "the end of this week"),
        *("Ende der Woche", "Ende dieser Woche"),
        *("la fin de la semaine", "la fin de cette semaine"),
        *("final de la semana", "fin de la semana"),
    ],
    "next month": [
        *("the end of next month", "Ende nächsten Monats", "la fin du mois prochain"),
        "finales del próximo mes",
    ],
    "new year": [
        *("new year", "the new year", "New Year's Day", "Neujahr", "neuen Jahr"),
        *("nouvel an", "la nouvelle année", "Año Nuevo", "el nuevo año"),
    ],
    "new year's eve": ["New Year's Eve", "Silvester", "la Saint-Sylvestre", "Nochevieja"],
}
EDGE = datetime(2026, 12, 31, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "days"),
    [
        (
            "Europe/Berlin",
            datetime(2026, 11, 24, 15, tzinfo=UTC),
            {"year": "2026-12-31", "month": "2026-11-30", "week": "2026-11-29", "next month": "2026-12-31"}
            | {"new year": "2027-01-01", "new year's eve": "2026-12-31"},
        ),
        (  # half past eleven in the evening, in Auckland; its last half hour of the year
            "Pacific/Auckland",
            EDGE,
            {"year": "2026-12-31", "month": "2026-12-31", "week": "2027-01-03", "next month": "2027-01-31"}
            | {"new year": "2027-01-01"},
        ),
        (  # half past midnight on Kiritimati: it is another year there already
            "Pacific/Kiritimati",
            EDGE,
            {"year": "2027-12-31", "month": "2027-01-31", "week": "2027-01-03", "next month": "2027-02-28"}
            | {"new year": "2028-01-01", "new year's eve": "2027-12-31"},
        ),
        (
            "America/Los_Angeles",
            EDGE,
            {"year": "2026-12-31", "month": "2026-12-31", "week": "2027-01-03", "new year": "2027-01-01"},
        ),
        (  # a Sunday: the week ends today; and a leap year
            "Asia/Kolkata",
            datetime(2028, 2, 27, 20, tzinfo=ZoneInfo("Asia/Kolkata")),
            {"year": "2028-12-31", "month": "2028-02-29", "week": "2028-02-27", "next month": "2028-03-31"}
            | {"new year": "2029-01-01", "new year's eve": "2028-12-31"},
        ),
    ],
)
def test_until_the_end_of_something(zone: str, now: datetime, days: dict[str, str]) -> None:
    """In four languages, where the person is: still to come, at noon or, that very afternoon, at its end."""
    there = ZoneInfo(zone)
    for meant, day in days.items():
        for words in UNTIL[meant]:
            found = period_of(words, now, there, ahead=True)
            assert found is not None, words
            until = until_of(found, now)
            assert f"{until.astimezone(there):%Y-%m-%d}" == day, (words, zone)
            assert until > now, words
            assert until.hour == 12 or f"{now.astimezone(there):%Y-%m-%d}" == day, words


def test_a_weekend_and_what_is_going_on_stay_what_they_are() -> None:
    """ "Wochenende" ends nothing; "until June" in June is the next one, "the end of June" this one."""
    for words in ("weekend", "week-end", "Wochenende", "fin de semana"):
        found = period_of(words, TUESDAY, BERLIN, ahead=True)
        assert found is not None, words
        assert f"{found.start:%Y-%m-%d} {found.end:%Y-%m-%d}" == "2026-11-28 2026-11-30", words
    for words, day in (("November", "2027-11-01"), ("the end of November", "2026-11-30")):
        found = period_of(words, TUESDAY, BERLIN, ahead=True)
        assert found is not None, words
        assert f"{until_of(found, TUESDAY):%Y-%m-%d}" == day, words


def test_an_event_and_an_order_are_times_too() -> None:
    """A question may measure time by an event, or ask for the first time."""
    assert when_of("What did I eat before the trip to Oslo?", TUESDAY, BERLIN).event == Event(
        "the trip to Oslo", True
    )
    assert when_of("When did I first mention Rome?", TUESDAY, BERLIN).order == "first"


async def test_questions_about_time_find_what_was_then(tmp_path) -> None:
    """Last week, a month, before an event, the first time: what was said then comes to mind first, or what speaks of it."""
    settings = Settings(home=tmp_path / "home", config_home=tmp_path / "config", masking=False)
    app = await open_app(settings, clock=lambda: TUESDAY, model=ScriptedModel())
    said = {
        "I had lunch with Carla.": datetime(2025, 12, 30, 12, tzinfo=BERLIN),
        "I had lunch with Tom.": datetime(2026, 11, 18, 12, tzinfo=BERLIN),
        "I had lunch with Nora.": datetime(2026, 10, 2, 12, tzinfo=BERLIN),
        "In March I had lunch with the mayor.": datetime(2026, 4, 20, 12, tzinfo=BERLIN),
        "I am off on the trip to Oslo today.": datetime(2026, 6, 1, 8, tzinfo=BERLIN),
    }

    async def first(question: str) -> str:
        return (await app.memory.recall(question, **as_ada)).hits[0].memory.text

    try:
        await app.memory.remember([Utterance(text=text, at=at) for text, at in said.items()], **as_ada)
        await app.memory.settle()
        assert "Tom" in await first("Who did I have lunch with last week?")
        assert "Carla" in await first("Who did I have lunch with last year?")
        assert "mayor" in await first("Who did I have lunch with in March?")
        assert "Carla" in await first("When did I have lunch the first time?")
        found = await app.memory.recall("Who did I have lunch with after the trip to Oslo?", **as_ada)
        lunches = [hit.memory.text[-5:-1] for hit in found.hits if "lunch" in hit.memory.text]
        assert set(lunches[:2]) == {" Tom", "Nora"}  # the trip itself is spoken of, and may stand among them
    finally:
        await app.aclose()
