"""The fixed sentences of embedded mode, in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from memory.reminding import Occasion

LOCALES = {"en": "en_GB"}  # for dates: 3 May 2026


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said around a person's own words, in one language."""

    language: str
    unknown: str
    told: str  # slots: day, words
    thanks: str
    kept: str
    off: str
    follows: str  # slot: names
    history: str  # slots: day, number
    went: str = "How did it go?"
    today: str = "The time has come."
    which: str = "These two do not go together. Which is right?"
    vocative: str = "{sentence}"  # slots: name, sentence

    def day(self, moment: datetime) -> str:
        """A date in words: 3 May 2026."""
        return format_date(moment.date(), "long", locale=LOCALES.get(self.language, self.language))

    def quotation(self, day: datetime, words: str) -> str:
        return self.told.format(day=self.day(day), words=words)

    def how_did_it_go(self, day: datetime, words: str) -> str:
        return f"{self.quotation(day, ' '.join(words.split())[:300])} {self.went}"

    def reminder(self, occasion: Occasion, told: Sequence[tuple[datetime, str]]) -> str:
        """What is brought up unasked, in the person's own words."""
        asks = {"open loop": self.went, "date": self.today, "conflict": self.which}[occasion]
        quoted = [self.quotation(day, " ".join(words.split())[:300]) for day, words in told]
        return " ".join([*quoted, asks])

    def together(self, since: date, number: int) -> str:
        day = format_date(since, "long", locale=LOCALES.get(self.language, self.language))
        return self.history.format(day=day, number=number)

    def acknowledgement(self, *, kept: bool) -> str:
        return f"{self.thanks} {self.kept}" if kept else self.thanks

    def to(self, name: str, sentence: str) -> str:
        """A sentence said to somebody by name, or to nobody in particular.

        >>> WORDINGS["en"].to("Sam", "I don't know that yet.")
        "Sam, I don't know that yet."
        """
        return self.vocative.format(name=name, sentence=sentence) if name else sentence


WORDINGS = {
    "en": Wording(
        "en",
        unknown="I don't know that yet.",
        told="You told me on {day}: “{words}”",
        thanks="Thank you for telling me.",
        kept="I'll remember that.",
        follows="{names}: that follows from what you told me.",
        off="Memory is off, so I look nothing up. You can turn it on at the top of the memory page.",
        history="We have talked since {day}; this is conversation number {number}.",
        vocative="{name}, {sentence}",
    ),
    "fr": Wording(
        "fr",
        unknown="Je ne le sais pas encore.",
        told="Vous m'avez dit le {day} : « {words} »",
        thanks="Merci de me l'avoir dit.",
        kept="Je m'en souviendrai.",
        follows="{names} : cela découle de ce que vous m'avez dit.",
        off="La mémoire est désactivée : je ne cherche rien. Vous pouvez l'activer en haut de la page Mémoire.",
        history="Nous parlons ensemble depuis le {day} ; c'est notre conversation numéro {number}.",
        went="Comment cela s'est-il passé ?",
        today="Le moment est venu.",
        which="Ces deux choses ne vont pas ensemble. Laquelle est juste ?",
        vocative="{name}, {sentence}",
    ),
    "de": Wording(
        "de",
        unknown="Das weiß ich noch nicht.",
        told="Am {day} haben Sie mir gesagt: „{words}“",
        thanks="Danke, dass Sie mir das sagen.",
        kept="Ich merke es mir.",
        follows="{names}: Das folgt aus dem, was Sie mir gesagt haben.",
        off="Das Gedächtnis ist aus, ich schlage nichts nach. Oben auf der Gedächtnisseite lässt es sich einschalten.",
        history="Wir sprechen seit dem {day} miteinander; dies ist das {number}. Gespräch.",
        went="Wie ist es gelaufen?",
        today="Jetzt ist es so weit.",
        which="Beides zusammen kann nicht stimmen. Was ist richtig?",
        vocative="{name}: {sentence}",
    ),
    "es": Wording(
        "es",
        unknown="Todavía no lo sé.",
        told="El {day} me dijo: «{words}»",
        thanks="Gracias por contármelo.",
        kept="Lo recordaré.",
        follows="{names}: se deduce de lo que me contó.",
        off="La memoria está apagada y no busco nada. Puede encenderla en lo alto de la página de memoria.",
        history="Hablamos desde el {day}; esta es la conversación número {number}.",
        went="¿Cómo fue?",
        today="Ha llegado el momento.",
        which="Las dos cosas no van juntas. ¿Cuál es la correcta?",
        vocative="{name}: {sentence}",
    ),
}


def wording(language: str) -> Wording:
    """The sentences of a language; English where we have none of our own."""
    return WORDINGS.get(language, WORDINGS["en"])
