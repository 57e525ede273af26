"""The chat on a full disk: it says so, goes on, and works again by itself once there is space."""

from __future__ import annotations

from tests.kit.chatting import chatting
from tests.kit.disks import filled, small_disk
from tests.kit.serving import served


async def test_the_chat_survives_a_full_disk(tmp_path):
    """What cannot be kept is said in the chat and answers still come; with space again all is kept, and nothing broke."""
    with small_disk(tmp_path / "disk", 48) as disk:
        folder = disk / "person"
        folder.mkdir()
        with served(folder) as address:
            async with chatting(address) as chat:
                await chat.say("I keep bees.")
                with filled(disk):
                    answers = [
                        await chat.say(f"Number {number}: do I keep bees? " + "x" * 4000)
                        for number in range(12)
                    ]
                said = " ".join(message["output"] for answer in answers for message in answer.messages)
                assert "Free some space" in said
                assert all(answer.messages for answer in answers)
                await chat.say("I grow figs.")
                answer = await chat.say("What do I grow?")
                assert "figs" in answer.text
                threads = (
                    await chat.http.post("/project/threads", json={"pagination": {"first": 20}, "filter": {}})
                ).json()
                assert any(thread["id"] == chat.thread for thread in threads["data"])
                thread = (await chat.http.get(f"/project/thread/{chat.thread}")).json()
                outputs = [step.get("output") or "" for step in thread["steps"]]
                assert any("I grow figs." in output for output in outputs)
                known = (await chat.http.get("/api/v1/memories", params={"kind": "episode"})).json()
                texts = [memory["text"] for memory in known["memories"]]
                assert "I keep bees." in texts
                assert "I grow figs." in texts
        assert "Traceback" not in (folder / "serve.log").read_text()
