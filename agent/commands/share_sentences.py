"""What is said when somebody lets another person read, or ends it, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShareSentences:
    """Slots: words (the reader), topic, count, until, how long."""

    given: str
    given_about: str
    now: str
    until: str
    no_end: str
    to_end: str
    unshared: str
    shared_again: str
    alone: str
    unknown: str
    oneself: str
    no_time: str


SHARE_SENTENCES = {
    "en": ShareSentences(
        given="Shared with {words}: everything I remember of you, {until}.",
        given_about="Shared with {words}: whatever I remember that says “{topic}”, {until}.",
        now="Memories that can be read now: {count}; what you add later can be read too.",
        until="until {until}",
        no_end="until you end it",
        to_end="To end it at once, say “stop sharing with {words}” or “undo”, or press End on the page Sharing (/memory/sharing).",
        unshared="Shared no more, from this moment on: {words} can read nothing of yours.",
        shared_again="Shared again, as it was before: {words} can read it.",
        alone="There is nobody to share with here, so nothing was shared: this memory is the only one. Accounts come with KEEPSAKE_AUTH=password.",
        unknown="Nobody called “{words}” has an account here, so nothing was shared. Say the name that they sign in with; whoever runs Keepsake here can add one.",
        oneself="That is your own account, so nothing was shared. Say the name of somebody else's.",
        no_time="I cannot tell how long “{until}” is, so nothing was shared. Say “for a week” or “until 3 May 2027”.",
    ),
    "fr": ShareSentences(
        given="Partagé avec {words} : tout ce que je retiens de vous, {until}.",
        given_about="Partagé avec {words} : tout ce que je retiens et qui dit « {topic} », {until}.",
        now="Souvenirs lisibles maintenant : {count} ; ce que vous ajouterez le sera aussi.",
        until="jusqu'au {until}",
        no_end="jusqu'à ce que vous y mettiez fin",
        to_end="Pour y mettre fin aussitôt, dites « arrête de partager avec {words} » ou « annule », ou cliquez sur Arrêter à la page Partage (/memory/sharing).",
        unshared="Plus rien n'est partagé dès maintenant : {words} ne peut rien lire de vous.",
        shared_again="Partagé de nouveau, comme avant : {words} peut le lire.",
        alone="Il n'y a personne ici avec qui partager ; rien n'a été partagé : cette mémoire est la seule. KEEPSAKE_AUTH=password apporte des comptes.",
        unknown="Personne du nom de « {words} » n'a de compte ici ; rien n'a été partagé. Dites le nom de connexion ; qui gère Keepsake ici peut en ajouter un.",
        oneself="C'est votre propre compte ; rien n'a été partagé. Dites le nom de quelqu'un d'autre.",
        no_time="Je ne sais pas combien de temps dure « {until} » ; rien n'a été partagé. Dites « pendant une semaine » ou « jusqu'au 3 mai 2027 ».",
    ),
    "de": ShareSentences(
        given="Geteilt mit {words}: alles, was ich über Sie weiß, {until}.",
        given_about="Geteilt mit {words}: alles, was „{topic}“ sagt, {until}.",
        now="Jetzt lesbare Erinnerungen: {count}; was Sie später hinzufügen, wird es auch.",
        until="bis {until}",
        no_end="bis Sie es beenden",
        to_end="Um es sofort zu beenden, sagen Sie „hör auf, mit {words} zu teilen“ oder „rückgängig“, oder klicken Sie auf der Seite Teilen mit anderen (/memory/sharing) auf Beenden.",
        unshared="Ab sofort nicht mehr geteilt: {words} kann nichts von Ihnen lesen.",
        shared_again="Wieder geteilt wie zuvor: {words} kann es lesen.",
        alone="Hier gibt es niemanden zum Teilen, also wurde nichts geteilt: Dieses Gedächtnis ist das einzige. Konten gibt es mit KEEPSAKE_AUTH=password.",
        unknown="Niemand namens „{words}“ hat hier ein Konto, also wurde nichts geteilt. Sagen Sie den Namen, mit dem sich die Person anmeldet; wer Keepsake hier betreibt, kann ein Konto anlegen.",
        oneself="Das ist Ihr eigenes Konto, also wurde nichts geteilt. Sagen Sie den Namen von jemand anderem.",
        no_time="Wie lange „{until}“ dauert, weiß ich nicht, also wurde nichts geteilt. Sagen Sie „für eine Woche“ oder „bis 3. Mai 2027“.",
    ),
    "es": ShareSentences(
        given="Compartido con {words}: todo lo que recuerdo de usted, {until}.",
        given_about="Compartido con {words}: todo lo que recuerdo que dice «{topic}», {until}.",
        now="Recuerdos que se pueden leer ahora: {count}; lo que añada después también.",
        until="hasta el {until}",
        no_end="hasta que usted lo termine",
        to_end="Para terminarlo enseguida, diga «deja de compartir con {words}» o «deshacer», o pulse Terminar en la página Compartir con otros (/memory/sharing).",
        unshared="Ya no se comparte, desde este momento: {words} no puede leer nada suyo.",
        shared_again="Compartido otra vez, como antes: {words} puede leerlo.",
        alone="Aquí no hay nadie con quien compartir; no se compartió nada: esta memoria es la única. Hay cuentas con KEEPSAKE_AUTH=password.",
        unknown="Nadie llamado «{words}» tiene cuenta aquí; no se compartió nada. Diga el nombre con el que inicia sesión; quien gestiona Keepsake aquí puede añadir una.",
        oneself="Esa es su propia cuenta; no se compartió nada. Diga el nombre de otra persona.",
        no_time="No sé cuánto dura «{until}»; no se compartió nada. Diga «durante una semana» o «hasta el 3 de mayo de 2027».",
    ),
}  # fmt: skip
