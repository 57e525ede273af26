"""What is said when something was decided about a belief, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BeliefSentences:
    """Slots: words (the belief), before (as it was), until."""

    corrected: str
    ended: str
    ended_then: str
    not_mine: str
    confirmed: str
    not_here: str
    used_again: str
    paused: str
    resumed: str
    kept_until: str
    kept_for_good: str
    which: str
    merged: str
    apart: str
    several: str
    nobody_else: str
    off: str
    on: str
    export: str
    undo: str
    as_before: str


BELIEF_SENTENCES = {
    "en": BeliefSentences(
        corrected="Corrected: “{words}” It was: “{before}”",
        ended="No longer so: “{words}”",
        ended_then="So until {until}, and no longer: “{words}”",
        not_mine="Not about you, and kept out of answers: “{words}”",
        confirmed="Confirmed: “{words}”",
        not_here="Not used for questions like this any more: “{words}”",
        used_again="Used for everything again: “{words}”",
        paused="Paused, so kept and used in no answer: “{words}”",
        resumed="Used in answers again: “{words}”",
        kept_until="Kept until {until}, then forgotten for good: “{words}”",
        kept_for_good="Kept until you forget it: “{words}”",
        which="That could be any of these, so nothing was changed. Say which in its own words, or by its number: “[1] is no longer true.”",
        merged="One and the same from now on: “{words}” and “{before}”.",
        apart="About somebody else of the same name from now on: “{words}”",
        several="More than one is called “{words}”, so nothing was changed. On the page Memory, Connections (/memory/connections) you can choose which.",
        nobody_else="Nothing else is known of “{words}”, so there is nobody to tell apart. Nothing was changed.",
        off="Memory is off: nothing new is kept as a memory, and none is used. What I know stays until you forget it. Say “turn memory on” for the contrary.",
        on="Memory is on: I remember what you say, and use it.",
        export="Everything I keep about you can be downloaded in plain files: Memory, Privacy, Download everything (/api/v1/export).",
        undo="Say “undo” to take it back.",
        as_before="Taken back: it is as it was before.",
    ),
    "fr": BeliefSentences(
        corrected="Corrigé : « {words} » C'était : « {before} »",
        ended="Ce n'est plus le cas : « {words} »",
        ended_then="C'était le cas jusqu'à {until}, et ne l'est plus : « {words} »",
        not_mine="Cela ne parle pas de vous et n'est plus utilisé : « {words} »",
        confirmed="Confirmé : « {words} »",
        not_here="N'est plus utilisé pour de telles questions : « {words} »",
        used_again="De nouveau utilisé pour tout : « {words} »",
        paused="En pause, donc gardé sans servir à aucune réponse : « {words} »",
        resumed="Sert de nouveau aux réponses : « {words} »",
        kept_until="Gardé jusqu'au {until}, puis oublié pour de bon : « {words} »",
        kept_for_good="Gardé jusqu'à ce que vous l'oubliiez : « {words} »",
        which="Il peut s'agir de plusieurs choses ; rien n'a été changé. Dites laquelle avec ses mots, ou par son numéro : « [1] n'est plus vrai ».",
        merged="Une seule et même personne ou chose désormais : « {words} » et « {before} ».",
        apart="Concerne désormais quelqu'un d'autre du même nom : « {words} »",
        several="Plusieurs s'appellent « {words} » ; rien n'a été changé. La page Mémoire, Liens (/memory/connections) permet de choisir.",
        nobody_else="On ne sait rien d'autre de « {words} » ; il n'y a personne à distinguer. Rien n'a été changé.",
        off="La mémoire est coupée : rien de nouveau n'est retenu, rien n'est utilisé. Ce que je sais reste jusqu'à ce que vous l'oubliiez. Dites « réactive ta mémoire » pour la remettre.",
        on="La mémoire est active : je retiens ce que vous dites et je l'utilise.",
        export="Tout ce que je garde de vous peut être téléchargé en fichiers simples : Mémoire, Confidentialité, Tout télécharger (/api/v1/export).",
        undo="Dites « annule » pour revenir en arrière.",
        as_before="Annulé : tout est comme avant.",
    ),
    "de": BeliefSentences(
        corrected="Korrigiert: „{words}“ Es war: „{before}“",
        ended="Gilt nicht mehr: „{words}“",
        ended_then="Galt bis {until} und gilt nicht mehr: „{words}“",
        not_mine="Nicht über Sie, und aus Antworten herausgehalten: „{words}“",
        confirmed="Bestätigt: „{words}“",
        not_here="Für solche Fragen nicht mehr benutzt: „{words}“",
        used_again="Wieder für alles benutzt: „{words}“",
        paused="Pausiert, also behalten und in keiner Antwort benutzt: „{words}“",
        resumed="In Antworten wieder benutzt: „{words}“",
        kept_until="Behalten bis {until}, dann endgültig vergessen: „{words}“",
        kept_for_good="Behalten, bis Sie es vergessen lassen: „{words}“",
        which="Damit kann mehreres gemeint sein; geändert wurde nichts. Sagen Sie es mit seinen Worten oder mit seiner Nummer: „[1] stimmt nicht mehr.“",
        merged="Von jetzt an ein und dieselbe: „{words}“ und „{before}“.",
        apart="Betrifft von jetzt an jemand anderen gleichen Namens: „{words}“",
        several="Mehrere heißen „{words}“; geändert wurde nichts. Auf der Seite Gedächtnis, Verbindungen (/memory/connections) lässt sich wählen.",
        nobody_else="Sonst ist von „{words}“ nichts bekannt, also ist niemand zu unterscheiden. Geändert wurde nichts.",
        off="Das Gedächtnis ist aus: Neues wird nicht behalten, nichts wird benutzt. Was ich weiß, bleibt, bis Sie es vergessen lassen. „Schalte das Gedächtnis ein“ stellt es wieder an.",
        on="Das Gedächtnis ist an: Ich merke mir, was Sie sagen, und benutze es.",
        export="Alles, was ich über Sie habe, lässt sich in einfachen Dateien herunterladen: Gedächtnis, Privatsphäre, Alles herunterladen (/api/v1/export).",
        undo="Sagen Sie „rückgängig“, um es zurückzunehmen.",
        as_before="Zurückgenommen: Es ist wie zuvor.",
    ),
    "es": BeliefSentences(
        corrected="Corregido: «{words}» Era: «{before}»",
        ended="Ya no es así: «{words}»",
        ended_then="Fue así hasta {until}, y ya no: «{words}»",
        not_mine="No trata de usted y queda fuera de las respuestas: «{words}»",
        confirmed="Confirmado: «{words}»",
        not_here="Ya no se usa para preguntas como esta: «{words}»",
        used_again="Se usa de nuevo para todo: «{words}»",
        paused="En pausa: se guarda y no se usa en ninguna respuesta: «{words}»",
        resumed="Se usa otra vez en respuestas: «{words}»",
        kept_until="Se guarda hasta el {until}; después se olvida para siempre: «{words}»",
        kept_for_good="Se guarda hasta que usted lo olvide: «{words}»",
        which="Puede tratarse de varias cosas; no se cambió nada. Diga cuál con sus palabras o por su número: «[1] ya no es cierto».",
        merged="Desde ahora son uno y lo mismo: «{words}» y «{before}».",
        apart="Trata desde ahora de otra persona del mismo nombre: «{words}»",
        several="Hay más de uno que se llama «{words}»; no se cambió nada. En la página Memoria, Conexiones (/memory/connections) se puede elegir.",
        nobody_else="No se sabe nada más de «{words}», así que no hay a quién distinguir. No se cambió nada.",
        off="La memoria está apagada: no se guarda nada nuevo y no se usa nada. Lo que sé queda hasta que usted lo olvide. Diga «activa tu memoria» para lo contrario.",
        on="La memoria está activa: recuerdo lo que dice y lo uso.",
        export="Todo lo que guardo sobre usted se puede descargar en archivos sencillos: Memoria, Privacidad, Descargar todo (/api/v1/export).",
        undo="Diga «deshacer» para volver atrás.",
        as_before="Deshecho: está como antes.",
    ),
}  # fmt: skip
