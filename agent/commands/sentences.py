"""What is said when a command is carried out, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentences:
    """Slots: words, count, more, trouble."""

    kept: str
    known: str
    known_of: str
    more: str
    nothing_known: str
    nothing_known_of: str
    nothing_found: str
    forgotten: str
    forgotten_with: str
    undo: str
    ask: str
    ask_all: str
    ask_one: str
    left: str
    everything: str
    everything_gone: str
    undone: str
    taken_back: str
    nothing_to_undo: str
    because: str
    because_of_nothing: str
    because_of_model: str
    nothing_said: str
    told: str
    asked_for: str


SENTENCES = {
    "en": Sentences(
        kept="I'll remember: “{words}”.",
        known="This is what you told me about yourself:",
        known_of="This is what you told me about “{words}”:",
        more="… and {count} more, on the Memory page.",
        nothing_known="I don't know anything about you yet.",
        nothing_known_of="I don't know anything about “{words}” yet.",
        nothing_found="I found nothing that says this, so nothing was forgotten. The Memory page lists all there is.",
        forgotten="Forgotten: {words}",
        forgotten_with="With it go {count} that rested on it.",
        undo="Say “undo” within ten seconds to have it back.",
        ask="These {count} messages speak of it. Shall I forget them, and all that rests on them?",
        ask_all="Is this what you mean? Shall I forget it?",
        ask_one="This message says more than that. Shall I forget all of it?",
        left="Nothing was forgotten.",
        everything="That destroys all {count} memories at once, and cannot be undone. If you mean it, answer: yes, forget everything",
        everything_gone="Everything is forgotten.",
        undone="I remember it again.",
        taken_back="Taken back, so it is as it was before: {words}",
        nothing_to_undo="There is nothing to take back.",
        because="My last answer rests on this:",
        because_of_nothing="My last answer rests on nothing that I remember of you.",
        because_of_model="My last answer rests on nothing that I remember of you; {words} made it from the talk alone.",
        nothing_said="I have not said anything in this conversation yet.",
        told="on {day}: “{words}”",
        asked_for="how you want to be answered: “{words}”",
    ),
    "fr": Sentences(
        kept="Je retiens : « {words} ».",
        known="Voici ce que vous m'avez dit de vous :",
        known_of="Voici ce que vous m'avez dit de « {words} » :",
        more="… et {count} de plus, sur la page Mémoire.",
        nothing_known="Je ne sais encore rien de vous.",
        nothing_known_of="Je ne sais encore rien de « {words} ».",
        nothing_found="Je n'ai rien trouvé qui le dise ; rien n'a été oublié. La page Mémoire montre tout.",
        forgotten="Oublié : {words}",
        forgotten_with="Ce qui en dépendait part aussi ({count}).",
        undo="Dites « annule » dans les dix secondes pour le retrouver.",
        ask="Ces {count} messages en parlent. Dois-je les oublier, avec tout ce qui en dépend ?",
        ask_all="Est-ce bien cela ? Dois-je l'oublier ?",
        ask_one="Ce message en dit davantage. Dois-je l'oublier en entier ?",
        left="Rien n'a été oublié.",
        everything="Cela détruit d'un coup les {count} souvenirs, sans retour. Si c'est voulu, répondez : oui, oublie tout",
        everything_gone="Tout est oublié.",
        undone="Je m'en souviens de nouveau.",
        taken_back="Annulé, donc comme avant : {words}",
        nothing_to_undo="Il n'y a rien à annuler.",
        because="Ma dernière réponse s'appuie sur ceci :",
        because_of_nothing="Ma dernière réponse ne s'appuie sur aucun souvenir de vous.",
        because_of_model="Ma dernière réponse ne s'appuie sur aucun souvenir de vous ; {words} l'a tirée de la conversation.",
        nothing_said="Je n'ai encore rien dit dans cette conversation.",
        told="le {day} : « {words} »",
        asked_for="comment vous voulez mes réponses : « {words} »",
    ),
    "de": Sentences(
        kept="Ich merke mir: „{words}“.",
        known="Das haben Sie mir über sich gesagt:",
        known_of="Das haben Sie mir über „{words}“ gesagt:",
        more="… und {count} weitere, auf der Gedächtnisseite.",
        nothing_known="Ich weiß noch nichts über Sie.",
        nothing_known_of="Über „{words}“ weiß ich noch nichts.",
        nothing_found="Ich habe nichts gefunden, was das sagt; vergessen wurde nichts. Auf der Gedächtnisseite steht alles.",
        forgotten="Vergessen: {words}",
        forgotten_with="Was darauf beruhte, geht mit ({count}).",
        undo="Sagen Sie innerhalb von zehn Sekunden „rückgängig“, um es wiederzuhaben.",
        ask="Diese {count} Nachrichten sprechen davon. Soll ich sie vergessen, mit allem, was darauf beruht?",
        ask_all="Ist das gemeint? Soll ich es vergessen?",
        ask_one="Diese Nachricht sagt mehr als das. Soll ich sie ganz vergessen?",
        left="Vergessen wurde nichts.",
        everything="Damit werden alle {count} Erinnerungen auf einmal zerstört, unwiderruflich. Wenn Sie das wollen: ja, vergiss alles",
        everything_gone="Alles ist vergessen.",
        undone="Ich erinnere mich wieder daran.",
        taken_back="Zurückgenommen, also wie zuvor: {words}",
        nothing_to_undo="Es gibt nichts zurückzunehmen.",
        because="Meine letzte Antwort beruht darauf:",
        because_of_nothing="Meine letzte Antwort beruht auf keiner Erinnerung an Sie.",
        because_of_model="Meine letzte Antwort beruht auf keiner Erinnerung an Sie; {words} hat sie aus dem Gespräch gemacht.",
        nothing_said="In diesem Gespräch habe ich noch nichts gesagt.",
        told="am {day}: „{words}“",
        asked_for="wie Sie Antworten wünschen: „{words}“",
    ),
    "es": Sentences(
        kept="Lo recordaré: «{words}».",
        known="Esto es lo que me contó de usted:",
        known_of="Esto es lo que me contó de «{words}»:",
        more="… y {count} más, en la página de memoria.",
        nothing_known="Todavía no sé nada de usted.",
        nothing_known_of="Todavía no sé nada de «{words}».",
        nothing_found="No encontré nada que lo diga; no se olvidó nada. La página de memoria lo muestra todo.",
        forgotten="Olvidado: {words}",
        forgotten_with="Lo que dependía de ello se va también ({count}).",
        undo="Diga «deshacer» en diez segundos para recuperarlo.",
        ask="Estos {count} mensajes hablan de ello. ¿Los olvido, con todo lo que depende de ellos?",
        ask_all="¿Es esto? ¿Lo olvido?",
        ask_one="Este mensaje dice más que eso. ¿Lo olvido entero?",
        left="No se olvidó nada.",
        everything="Esto destruye los {count} recuerdos a la vez, sin vuelta atrás. Si lo desea, responda: sí, olvida todo",
        everything_gone="Todo está olvidado.",
        undone="Lo recuerdo de nuevo.",
        taken_back="Deshecho, así que está como antes: {words}",
        nothing_to_undo="No hay nada que deshacer.",
        because="Mi última respuesta se apoya en esto:",
        because_of_nothing="Mi última respuesta no se apoya en ningún recuerdo de usted.",
        because_of_model="Mi última respuesta no se apoya en ningún recuerdo de usted; {words} la hizo con la conversación.",
        nothing_said="Todavía no he dicho nada en esta conversación.",
        told="el {day}: «{words}»",
        asked_for="cómo quiere las respuestas: «{words}»",
    ),
}  # fmt: skip
