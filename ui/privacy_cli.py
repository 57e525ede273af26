"""keepsake consent, keepsake privacy: what may be done with your memory, and what waits for your yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .speaking import speaking

if TYPE_CHECKING:
    from .terminal import Terminal

consent = typer.Typer(no_args_is_help=True, help="Your yes or no, for each purpose and each sensitive thing.")
privacy = typer.Typer(invoke_without_command=True, help="What you decided about your memory.")
out = Console()
User = Annotated[str, typer.Option("--user", help="Whose memory, where there are accounts.")]
PATH = "/api/v1/privacy"


# -- consent -------------------------------------------------------------------------------------------


@consent.command("list")
def listed(user: User = "") -> None:
    """What you agreed to, and since when."""
    _changed(user, lambda terminal: terminal.get(PATH))


@consent.command()
def give(purpose: str, user: User = "") -> None:
    """Yes, from now on: remember, answer, learn, history or provider."""
    _changed(user, lambda terminal: terminal.put(f"{PATH}/purposes/{purpose}", given=True))


@consent.command()
def withdraw(purpose: str, user: User = "") -> None:
    """No, from now on."""
    _changed(user, lambda terminal: terminal.put(f"{PATH}/purposes/{purpose}", given=False))


@consent.command()
def sensitive(
    category: Annotated[str, typer.Argument(help="health, beliefs, politics, sexuality, union, biometrics")],
    handling: Annotated[str, typer.Argument(help="ask, never or keep")],
    user: User = "",
) -> None:
    """What becomes of sentences about something sensitive."""
    _changed(user, lambda terminal: terminal.put(f"{PATH}/categories/{category}", handling=handling))


@consent.command("ask-first")
def ask_first(
    wanted: Annotated[bool, typer.Option("--on/--off", help="On: all that you say waits for a yes.")] = True,
    user: User = "",
) -> None:
    """Whether everything you say waits for your yes before it is remembered."""
    _changed(user, lambda terminal: terminal.put(f"{PATH}/ask-first", wanted=wanted))


@consent.command()
def waiting(user: User = "") -> None:
    """What waits for your yes."""

    async def work(terminal: Terminal) -> None:
        found = (await terminal.get(f"{PATH}/waiting"))["waiting"]
        table = Table("id", "why", "until", "what", box=None)
        table.columns[0].no_wrap = True
        for one in found:
            table.add_row(one["id"], ", ".join(one["reasons"]), one["until"][:10], Text(one["text"][:200]))
        out.print(table if found else "Nothing waits for your yes.")

    speaking(user, work)


@consent.command()
def accept(id: str, user: User = "") -> None:
    """Yes: remember it."""
    _decided(user, id, "accept", "It is remembered now.")


@consent.command()
def refuse(id: str, user: User = "") -> None:
    """No: it goes for good, out of the chat's lines too."""
    _decided(user, id, "refuse", "It is gone.")


def _decided(user: str, id: str, verb: str, said: str) -> None:
    async def work(terminal: Terminal) -> None:
        await terminal.post(f"{PATH}/waiting/{id}/{verb}")
        out.print(said)

    speaking(user, work)


# -- privacy -------------------------------------------------------------------------------------------


@privacy.callback()
def overview(context: typer.Context, user: User = "") -> None:
    """Everything you decided; the commands below change it."""
    if context.invoked_subcommand is None:
        _changed(user, lambda terminal: terminal.get(PATH), whole=True)


@privacy.command()
def inventory(user: User = "") -> None:
    """Everything that is held about you, counted by place and kind."""

    async def work(terminal: Terminal) -> None:
        for place, kinds in (await terminal.get(f"{PATH}/inventory")).items():
            counted = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
            out.print(f"{place}: {counted or 'nothing'}", markup=False)

    speaking(user, work)


@privacy.command("destroy-vault")
def destroy_vault(user: User = "") -> None:
    """No placeholder can be turned back any more, in no memory, chat or backup. Memories stay."""
    typed = str(typer.prompt('What placeholders stand for goes for good. Type "destroy the vault"'))

    async def work(terminal: Terminal) -> None:
        done = await terminal.post(f"{PATH}/vault/destroy", confirm=typed)
        out.print(f"Destroyed: {done['destroyed']} details.")

    speaking(user, work)


@privacy.command("keep")
def keep_for(
    kind: Annotated[str, typer.Argument(help="episode, fact, preference, procedure, history ...")],
    days: Annotated[int | None, typer.Option(help="Days; without it, until you forget it.")] = None,
    user: User = "",
) -> None:
    """How long memories of a kind are kept."""
    _changed(user, lambda terminal: terminal.put(f"{PATH}/retention/{kind}", days=days), whole=True)


@privacy.command()
def restrict(
    lift: Annotated[bool, typer.Option("--lift", help="Use it again.")] = False, user: User = ""
) -> None:
    """Store everything and use nothing."""
    _changed(user, lambda terminal: terminal.put(f"{PATH}/restriction", restricted=not lift), whole=True)


@privacy.command("object")
def object_to(
    topic: str,
    memory: Annotated[str, typer.Option(help="Only this memory, when the talk is about the topic.")] = "",
    user: User = "",
) -> None:
    """Do not use what is about a topic."""

    async def work(terminal: Terminal) -> None:
        made = await terminal.post(f"{PATH}/objections", topic=topic, memory=memory)
        out.print(f"Not used any more. To take it back: keepsake privacy withdraw {made['id']}", markup=False)

    speaking(user, work)


@privacy.command("withdraw")
def withdraw_objection(objection: str, user: User = "") -> None:
    """Take an objection back."""
    _changed(user, lambda terminal: terminal.post(f"{PATH}/objections/{objection}/withdraw"), whole=True)


@privacy.command()
def details(
    kind: Annotated[str, typer.Argument(help="PERSON, EMAIL, LOCATION ...")],
    treatment: Annotated[str, typer.Argument(help="placeholder, redact or keep")],
    user: User = "",
) -> None:
    """How details of a kind are masked; what is stored follows in the background."""

    async def change(terminal: Terminal) -> Any:
        now = (await terminal.get(PATH))["masking"]["treatment"]
        return await terminal.put(f"{PATH}/masking", treatment={**now, kind.upper(): treatment})

    _changed(user, change, whole=True)


@privacy.command()
def send(
    about: Annotated[str, typer.Argument(help="memories, PERSON, EMAIL, LOCATION ..., health, beliefs ...")],
    how: Annotated[str, typer.Argument(help="send, mask, never, or usual")],
    to: Annotated[str, typer.Option("--to", help="The host of a model elsewhere; without it, any.")] = "any",
    user: User = "",
) -> None:
    """What may go to a model elsewhere: memories never, some kinds of details, some sensitive topics."""
    wanted = None if how == "usual" else how
    path = f"{PATH}/sending/{quote(to, safe='')}/{quote(about, safe='')}"
    _changed(user, lambda terminal: terminal.put(path, how=wanted), whole=True)


@privacy.command()
def words(
    always: Annotated[list[str] | None, typer.Option(help="Always mask this.")] = None,
    never: Annotated[list[str] | None, typer.Option(help="Never mask this.")] = None,
    user: User = "",
) -> None:
    """Words that are always or never masked; they are added to those there are."""

    async def change(terminal: Terminal) -> Any:
        now = (await terminal.get(PATH))["masking"]
        listed = {"always": [*now["always"], *(always or [])], "never": [*now["never"], *(never or [])]}
        return await terminal.put(f"{PATH}/masking", **listed)

    _changed(user, change, whole=True)


def _changed(user: str, work: Any, *, whole: bool = False) -> None:
    async def run(terminal: Terminal) -> None:
        _print(await work(terminal), whole=whole)

    speaking(user, run)


def _print(charter: dict[str, Any], *, whole: bool) -> None:
    table = Table("", "", "since", "", box=None)
    for one in charter["purposes"]:
        since = (one["since"] or "")[:10]
        table.add_row(one["purpose"], "yes" if one["given"] else "no", since, one["says"])
    for one in charter["categories"]:
        table.add_row(one["category"], one["handling"], "", f"Sentences about {one['says']}.")
    out.print(table)
    out.print(f"Everything waits for a yes: {'yes' if charter['ask_first'] else 'no'}")
    if charter["restricted_at"]:
        out.print(f"Restricted since {charter['restricted_at'][:10]}: stored and not used.")
    if whole:
        _print_rest(charter)


def _print_rest(charter: dict[str, Any]) -> None:
    kept = ", ".join(f"{kind} {days} days" for kind, days in charter["keep_days"].items() if days)
    out.print(f"Kept until forgotten, but for: {kept or 'nothing'}", markup=False)
    for one in charter["objections"]:
        only = f" (memory {one['memory']})" if one["memory"] else ""
        out.print(f"Not used: {one['topic']}{only}  {one['id']}", markup=False, soft_wrap=True)
    for place in charter["sending"]:
        own = [f"{rule['about']} {rule['how']}" for rule in place["rules"] if rule["decided"]]
        where = "any model elsewhere" if place["provider"] == "any" else place["provider"]
        out.print(f"Sent to {where}: {', '.join(own) or 'as usual'}", markup=False)
    masking = charter["masking"]
    treated = ", ".join(f"{kind} {how}" for kind, how in masking["treatment"].items())
    out.print(f"Details: {treated}", markup=False)
    out.print(f"Always masked: {', '.join(masking['always']) or 'nothing more'}", markup=False)
    out.print(f"Never masked: {', '.join(masking['never']) or 'nothing'}", markup=False)
