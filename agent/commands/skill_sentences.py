"""What is said of ways of answering that somebody decided about, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkillSentences:
    """Slots: words (what it says), before (what it said), state."""

    listed: str
    line: str
    waits: str
    trial: str
    active: str
    nothing: str
    approved: str
    rejected: str
    given_up: str
    waiting: str
    reworded: str
    gone_back: str
    again: str
    unknown: str
    which: str
    in_use: str
    not_in_use: str
    first: str


SKILL_SENTENCES = {
    "en": SkillSentences(
        listed="These are the ways of answering that I learned from you:",
        line="“{words}” ({state})",
        waits="waits for your approval",
        trial="on trial",
        active="in use",
        nothing="I have not learned yet how you want things done. Say it in so many words: “From now on, when I ask for a recipe, use grams.”",
        approved="Approved, so I do this from now on: “{words}”",
        rejected="Rejected, so I will not do this: “{words}”",
        given_up="I do this no more: “{words}”",
        waiting="This waits for your approval, in place of “{before}”: “{words}” Say “approve it” or “reject it”.",
        reworded="From now on I do it like this: “{words}” It was: “{before}”",
        gone_back="Back to how it was: “{words}” No longer: “{before}”",
        again="I do this again: “{words}”",
        unknown="I know no rule from you about “{words}”, so nothing was changed. Ask “which rules do you follow?” to see what there is.",
        which="That could be any of these, so nothing was changed. Say it again with more of its own words, or ask “which rules do you follow?” and give its number:",
        in_use="In use already, so there is nothing to approve: “{words}”",
        not_in_use="Given up before, so nothing was changed: “{words}” Say “use that rule again” to have it back.",
        first="There is no version before this one, so nothing was changed: “{words}” To end it, say “don't use that rule”.",
    ),
    "fr": SkillSentences(
        listed="Voici les façons de répondre que j'ai apprises de vous :",
        line="« {words} » ({state})",
        waits="attend votre accord",
        trial="à l'essai",
        active="utilisée",
        nothing="Je n'ai pas encore appris comment vous voulez les choses. Dites-le tel quel : « Désormais, quand je demande une recette, utilise des grammes. »",
        approved="Approuvé, je le fais donc désormais : « {words} »",
        rejected="Refusé, je ne le ferai donc pas : « {words} »",
        given_up="Je ne le fais plus : « {words} »",
        waiting="Ceci attend votre accord, à la place de « {before} » : « {words} » Dites « approuve ça » ou « rejette ça ».",
        reworded="Désormais je fais ainsi : « {words} » C'était : « {before} »",
        gone_back="Retour à l'état d'avant : « {words} » Et non plus : « {before} »",
        again="Je le fais de nouveau : « {words} »",
        unknown="Je ne connais de vous aucune règle sur « {words} » ; rien n'a été changé. Demandez « quelles règles suis-tu ? » pour les voir.",
        which="Il peut s'agir de plusieurs règles ; rien n'a été changé. Redites-le avec davantage de ses mots, ou demandez « quelles règles suis-tu ? » et donnez son numéro :",
        in_use="Déjà utilisée, il n'y a donc rien à approuver : « {words} »",
        not_in_use="Déjà abandonnée ; rien n'a été changé : « {words} » Dites « réutilise cette règle » pour la retrouver.",
        first="Il n'y a pas de version avant celle-ci ; rien n'a été changé : « {words} » Pour y mettre fin, dites « n'utilise plus cette règle ».",
    ),
    "de": SkillSentences(
        listed="Diese Arten zu antworten habe ich von Ihnen gelernt:",
        line="„{words}“ ({state})",
        waits="wartet auf Ihre Zustimmung",
        trial="auf Probe",
        active="in Gebrauch",
        nothing="Ich habe noch nicht gelernt, wie Sie etwas haben möchten. Sagen Sie es einfach: „Ab jetzt nimm Gramm, wenn ich nach einem Rezept frage.“",
        approved="Genehmigt, also mache ich das ab jetzt: „{words}“",
        rejected="Abgelehnt, also mache ich das nicht: „{words}“",
        given_up="Das mache ich nicht mehr: „{words}“",
        waiting="Das wartet auf Ihre Zustimmung, anstelle von „{before}“: „{words}“ Sagen Sie „genehmige das“ oder „lehne das ab“.",
        reworded="Ab jetzt mache ich es so: „{words}“ Bisher: „{before}“",
        gone_back="Wieder wie zuvor: „{words}“ Nicht mehr: „{before}“",
        again="Das mache ich wieder: „{words}“",
        unknown="Ich kenne von Ihnen keine Regel über „{words}“; geändert wurde nichts. Fragen Sie „welche Regeln befolgst du?“, um alle zu sehen.",
        which="Damit können mehrere gemeint sein; geändert wurde nichts. Sagen Sie es mit mehr von ihren eigenen Worten, oder fragen Sie „welche Regeln befolgst du?“ und nennen Sie die Nummer:",
        in_use="Schon in Gebrauch, also gibt es nichts zu genehmigen: „{words}“",
        not_in_use="Schon aufgegeben; geändert wurde nichts: „{words}“ Mit „benutze diese Regel wieder“ holen Sie sie zurück.",
        first="Davor gibt es keine Fassung; geändert wurde nichts: „{words}“ Um sie zu beenden, sagen Sie „benutze diese Regel nicht mehr“.",
    ),
    "es": SkillSentences(
        listed="Estas son las formas de responder que aprendí de usted:",
        line="«{words}» ({state})",
        waits="espera su aprobación",
        trial="a prueba",
        active="en uso",
        nothing="Todavía no he aprendido cómo quiere usted las cosas. Dígalo tal cual: «A partir de ahora, cuando pida una receta, usa gramos».",
        approved="Aprobado, así que lo hago desde ahora: «{words}»",
        rejected="Rechazado, así que no lo haré: «{words}»",
        given_up="Ya no hago esto: «{words}»",
        waiting="Esto espera su aprobación, en lugar de «{before}»: «{words}» Diga «aprueba eso» o «rechaza eso».",
        reworded="Desde ahora lo hago así: «{words}» Era: «{before}»",
        gone_back="Otra vez como antes: «{words}» Ya no: «{before}»",
        again="Vuelvo a hacer esto: «{words}»",
        unknown="No conozco ninguna regla suya sobre «{words}»; no se cambió nada. Pregunte «¿qué reglas sigues?» para verlas.",
        which="Puede tratarse de varias; no se cambió nada. Dígalo con más de sus propias palabras, o pregunte «¿qué reglas sigues?» y diga su número:",
        in_use="Ya está en uso, así que no hay nada que aprobar: «{words}»",
        not_in_use="Ya se abandonó; no se cambió nada: «{words}» Diga «vuelve a usar esa regla» para recuperarla.",
        first="No hay versión anterior a esta; no se cambió nada: «{words}» Para terminarla, diga «no uses esa regla».",
    ),
}  # fmt: skip
