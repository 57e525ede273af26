"""What people say about answers changes the next ones: theirs, where it fits, and as long as it helps."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from agent.learning import Learning
from agent.wiring import App
from privacy.identity import Scope
from tests.kit.teaching import Talk, Willing, taught

pytestmark = pytest.mark.asyncio(loop_scope="module")
RECIPES = "From now on, when I ask for a recipe, always use grams."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[App, Willing]]:
    async with taught(tmp_path_factory.mktemp("learning")) as both:
        yield both


@pytest.fixture
def ada(opened: tuple[App, Willing]) -> Talk:
    return Talk(*opened)


async def test_an_instruction_reaches_the_next_fitting_prompt_and_no_other(ada: Talk) -> None:
    """Said once, it is in the prompt where it applies, also in a new conversation; the receipt names it and opens exactly."""
    await ada.say(RECIPES)
    ada.anew()
    finished = await ada.say("How do I make pancakes? I need a recipe.")
    assert "use grams" in ada.told
    (procedure,) = await ada.known()
    assert (procedure.status, procedure.learned, procedure.quote) == ("active", "instruction", RECIPES)
    receipt = await ada.app.receipts.open(finished.receipt, **ada.me)
    assert [m.text for m in receipt.messages] == [m.text for m in ada.model.requests[-1].messages]
    assert procedure.id in receipt.procedures
    assert procedure.id in finished.used
    await ada.say("How late is it in Tokyo?")
    assert ada.told == ""


async def test_a_correction_is_tried_where_it_was_wanted(ada: Talk) -> None:
    """“Not like that” makes a procedure on trial for situations like this one; praise makes it stay."""
    await ada.say("Sum up my notes from the team meeting.")
    await ada.say("Not like that: use bullet points.")
    (procedure,) = await ada.known()
    assert (procedure.status, procedure.rule, procedure.scope) == ("trial", "use bullet points", "situation")
    told = 0
    for meeting in ("budget meeting", "sales meeting", "board meeting", "staff meeting", "parents' meeting"):
        ada.anew()
        await ada.say(f"Sum up my notes from the {meeting}.")
        told += "Use bullet points" in ada.told
        await ada.say("Perfect, thanks.")
    assert told >= 3
    (procedure,) = await ada.known()
    assert procedure.status == "active"
    await ada.say("Which bird sings at night?")
    assert "bullet" not in ada.told


async def test_a_challenger_replaces_what_it_corrects_only_when_it_is_better(ada: Talk) -> None:
    """A correction of what was on trial is another edition beside it: one of the two is in a prompt, and praise decides."""
    await ada.say("Sum up my notes from the team meeting.")
    await ada.say("Not like that: use bullet points.")
    for number in range(8):
        ada.anew()
        await ada.say(f"Sum up my notes from meeting number {number}.")
        if "bullet points" in ada.told:
            break
    await ada.say("No, use a table.")
    first, second = await ada.known()
    assert (second.rule, second.replaces, second.edition) == ("use a table", first.id, 2)
    for number in range(40):
        ada.anew()
        finished = await ada.say(f"Sum up my notes from meeting number {number}.")
        assert not ("bullet points" in ada.told and "table" in ada.told)
        if ada.told:
            await ada.thumb(finished, "table" in ada.told)
        first, second = await ada.known()
        if first.status == "retired":
            break
    assert (first.status, second.status) == ("retired", "active")
    assert number >= 3


async def test_an_edited_answer_counts_from_the_second_time(ada: Talk) -> None:
    """What somebody changes twice in like answers is done from then on."""
    for friend in ("Tom", "Eva"):
        ada.anew()
        await ada.say(f"Write a birthday card for {friend}.", "Happy birthday and all the best for the year.")
        assert "Hugs" not in ada.told
        await ada.say("My version:\nHappy birthday and all the best for the year.\nHugs, Robin")
    ada.anew()
    await ada.say("Write a birthday card for my sister.")
    finished = [("Hugs, Robin" in ada.told), bool((await ada.known())[0].status == "trial")]
    assert finished[0] or finished[1]
    (procedure,) = await ada.known()
    assert procedure.rule == "end with “Hugs, Robin”"


async def test_thumbs_give_credit_and_blame_once_for_each_run(ada: Talk) -> None:
    """A thumb counts for what was in that prompt, can be turned over, and be taken back."""
    await ada.say(RECIPES)
    finished = await ada.say("Give me a recipe for lasagne.")
    (procedure,) = await ada.known()
    for good, counted in ((True, (1, 0)), (True, (1, 0)), (False, (0, 1))):
        assert await ada.thumb(finished, good)
        tally = (await ada.app.outcomes.tallies(**ada.me))[procedure.id]
        assert (tally.helpful, tally.harmful) == counted
    await ada.app.learning.withdraw(finished.receipt, **ada.me)
    tally = (await ada.app.outcomes.tallies(**ada.me))[procedure.id]
    assert (tally.helpful, tally.harmful) == (0, 0)


async def test_a_comment_on_a_thumb_teaches(ada: Talk) -> None:
    """What the comment misses is tried from now on, and rests on the comment."""
    finished = await ada.say("Explain the fall of Rome to me.")
    await ada.thumb(finished, False, "Please add the years next time.")
    (procedure,) = await ada.known()
    assert (procedure.rule, procedure.learned, procedure.status) == ("add the years", "thumb", "trial")
    assert procedure.quote == "Please add the years next time."


async def test_what_does_harm_retires_with_notice_and_can_be_rolled_back(ada: Talk) -> None:
    """Marked down again and again it goes by itself, says so once, and comes back when its person wants it."""
    await ada.say(RECIPES)
    (procedure,) = await ada.known()
    for uses in range(1, 16):
        ada.anew()
        finished = await ada.say(f"Give me a recipe for soup number {uses}.")
        if not ada.told:
            break
        await ada.thumb(finished, False)
    assert 3 < uses < 15
    (retired,) = await ada.known()
    assert retired.status == "retired"
    assert [n for n in ada.notices if "I have stopped" in n and "use grams" in n] == ada.notices
    await ada.say("Give me a recipe for bread.")
    assert len(ada.notices) == 1
    await ada.app.practice.roll_back(procedure.id, **ada.me)
    await ada.say("Give me a recipe for cake.")
    assert "use grams" in ada.told


async def test_a_reworded_one_is_tried_on_the_past_and_waits(ada: Talk) -> None:
    """Replay shows which past prompts would differ; the new version applies once approved, and can be rolled back."""
    await ada.say(RECIPES)
    for dish in ("lasagne", "pancakes"):
        await ada.say(f"Give me a recipe for {dish}.")
    await ada.say("Who painted the Night Watch?")
    (first,) = await ada.known()
    second = await ada.app.practice.reword(first.id, "use ounces", None, **ada.me)
    assert second.procedure.needs_approval
    assert "-do: always use grams\n+do: use ounces" in second.history[0]
    tried = await ada.app.practice.replay(second.procedure.id, **ada.me)
    changed = {case.asked: case.difference for case in tried.cases}
    assert {"Give me a recipe for lasagne.", "Give me a recipe for pancakes."} <= set(changed)
    assert "Who painted the Night Watch?" not in changed
    assert "use ounces" in changed["Give me a recipe for lasagne."]
    await ada.say("Give me a recipe for bread.")
    assert "use grams" in ada.told
    assert "ounces" not in ada.told
    await ada.app.practice.approve(second.procedure.id, **ada.me)
    await ada.say("Give me a recipe for rolls.")
    assert "use ounces" in ada.told
    assert "grams" not in ada.told
    await ada.app.practice.roll_back(second.procedure.id, **ada.me)
    await ada.say("Give me a recipe for jam.")
    assert "use grams" in ada.told
    assert "ounces" not in ada.told


async def test_praised_answers_that_share_a_form_become_a_procedure(ada: Talk) -> None:
    """Three praised answers to like questions have points and the others have not: points are tried."""
    await ada.say("Who was Ada Lovelace?", "A mathematician.")
    await ada.say("Hm.", "Yes.")
    for city in ("Rome", "Paris", "Vienna"):
        ada.anew()
        await ada.say(f"What should I pack for a weekend in {city}?", "- a coat\n- good shoes\n- a book")
        await ada.say("Great, thank you!")
    (procedure,) = await ada.known()
    assert (procedure.rule, procedure.learned, procedure.status) == ("use bullet points", "pattern", "trial")
    assert procedure.origin == "inferred"


async def test_a_capable_model_proposes_and_code_decides(ada: Talk) -> None:
    """A lesson that quotes the person's words is tried; a malformed or invented one changes nothing."""
    app = ada.app
    learning = Learning(
        app.memory, app.procedures, app.outcomes, app.receipts, app.learning._notices, app.choices, ada.model,
        sending=app.learning._sending,
    )  # fmt: skip
    await ada.say("Tell me about bees.")
    remark = "Honestly I would have wanted the Latin names too."
    await ada.say(remark)
    page = await app.memory.browse(kind="episode", words="Latin", **ada.me)
    for lessons in (
        None,
        [],
        {"lessons": "all"},
        {"lessons": [{"do": 1}]},
        {"lessons": [{"when": "", "do": "obey", "quote": "the bank"}]},
    ):
        ada.model.lessons = lessons
        await learning.distil(page.memories, scope=Scope(ada.name), known=ada.believed)
        assert await ada.known() == []
    ada.model.lessons = {
        "lessons": [{"when": "", "do": "give the Latin names", "quote": "the Latin names too"}]
    }
    await learning.distil(page.memories, scope=Scope(ada.name), known=ada.believed)
    (procedure,) = await ada.known()
    assert (procedure.rule, procedure.status, procedure.learned) == ("give the Latin names", "trial", "model")
