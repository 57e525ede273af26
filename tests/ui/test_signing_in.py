"""Nobody comes in without signing in, and a sign-in that ended is worth nothing."""

from __future__ import annotations

import uuid
from pathlib import Path

import httpx
import pytest
import socketio

from tests.kit.serving import keepsake
from tests.ui.conftest import PASSWORDS
from tests.ui.visitor import Visitor, same

UNKNOWN = str(uuid.uuid4())

# -- signing in --------------------------------------------------------------------------------------


def test_nobody_gets_anything_without_signing_in(stranger: httpx.Client) -> None:
    """REST answers 401 with a sentence, pages lead to the login page, and Chainlit's routes answer 401."""
    for path in ("/api/v1/memories", f"/api/v1/memories/{UNKNOWN}", "/api/v1/status", "/api/v1/receipts/x"):
        answer = stranger.get(path)
        assert answer.status_code == 401
        assert "Sign in first" in answer.json()["error"]
    assert stranger.post("/api/v1/ask", json={"text": "hello"}).status_code == 401
    assert stranger.post("/api/v1/forget", json={"ids": [UNKNOWN]}).status_code == 401
    page = stranger.get("/memory")
    assert (page.status_code, page.headers["location"]) == (303, "/login")
    assert stranger.get("/memory", headers={"HX-Request": "true"}).headers["hx-redirect"] == "/login"
    assert stranger.post("/memory/forget", data={"memory": UNKNOWN}).headers["location"] == "/login"
    assert stranger.get(f"/project/thread/{UNKNOWN}").status_code == 401
    body = {"pagination": {"first": 10}, "filter": {}}
    assert stranger.post("/project/threads", json=body).status_code == 401
    assert stranger.get("/auth/config").json()["passwordAuth"] is True
    assert stranger.post("/auth/header").status_code == 400
    assert stranger.post("/set-session-cookie", json={"session_id": "planted"}).status_code == 401
    assert not stranger.cookies


def test_the_login_page_asks_for_a_name(stranger: httpx.Client) -> None:
    """People have names here, not e-mail addresses."""
    texts = stranger.get("/project/translations", params={"language": "en-US"}).json()["translation"]
    assert texts["auth"]["login"]["form"]["email"]["label"] == "Name"
    assert stranger.get("/project/translations", params={"language": "../en-US"}).status_code == 422


def test_a_wrong_password_and_an_unknown_name_look_the_same(stranger: httpx.Client) -> None:
    """Nobody finds out by trying who has an account."""
    wrong = stranger.post("/login", data={"username": "ada", "password": "a boat needs no garden"})
    unknown = stranger.post("/login", data={"username": "eve", "password": "a boat needs no garden"})
    hidden = stranger.post("/login", data={"username": "a\u200bda", "password": "short"})
    assert same(wrong, unknown)
    assert same(wrong, hidden)
    assert wrong.status_code == 401
    assert not stranger.cookies


def test_each_sign_in_gets_a_cookie_of_its_own(house: tuple[str, Path], ben: Visitor) -> None:
    """A cookie that was there before is replaced, so nobody can plant one and wait."""
    form = {"username": "BEN ", "password": PASSWORDS["ben"]}
    answer = httpx.post(f"{house[0]}/login", data=form, headers={"Cookie": "keepsake=planted"})
    flags = answer.headers["set-cookie"]
    assert "planted" not in flags
    assert answer.cookies["keepsake"] != ben.http.cookies["keepsake"]
    assert "httponly" in flags.lower()
    assert "samesite=lax" in flags.lower()
    assert "secure" not in flags.lower()  # plain http on loopback


def test_another_site_can_neither_sign_in_nor_out(ada: Visitor, stranger: httpx.Client) -> None:
    """A page of another origin cannot put its visitor into an account, nor act in one."""
    evil = {"Origin": "http://127.0.0.1:9"}  # another port is another origin, though cookies do not know it
    form = {"username": "ben", "password": PASSWORDS["ben"]}
    assert stranger.post("/login", data=form, headers=evil).status_code == 403
    assert stranger.post("/login", data=form, headers={"Origin": "null"}).status_code == 403
    assert ada.http.post("/logout", headers=evil).status_code == 403
    assert ada.http.post("/api/v1/memories", json={"text": "x"}, headers=evil).status_code == 403
    assert ada.http.get("/api/v1/status").status_code == 200


def test_two_cookies_or_a_broken_one_let_nobody_in(
    ada: Visitor, ben: Visitor, stranger: httpx.Client
) -> None:
    """What two readers could read differently is refused."""
    both = httpx.Headers([("Cookie", ada.cookie), ("Cookie", ben.cookie)])
    assert stranger.get("/api/v1/status", headers=both).status_code == 400
    head, body, signature = ada.http.cookies["keepsake"].split(".")
    for forged in (f"{head}.{body}.", f"{head}.{body}.{signature[::-1]}", "x", "keepsake"):
        assert stranger.get("/api/v1/status", headers={"Cookie": f"keepsake={forged}"}).status_code == 401
        answer = stranger.get("/user", headers={"Authorization": f"Bearer {forged}"})
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
    assert stranger.get("/api/v1/status", headers={"keepsake-person": "ada"}).status_code == 401
    assert stranger.get("/api/v1/accounts", headers={"keepsake-person": "ada"}).headers["content-type"] != (
        "application/json"
    )


# -- the end of a sign-in ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def eve(house: tuple[str, Path]) -> str:
    """Somebody whose account changes while she is signed in."""
    assert keepsake(house[1], "user", "add", "Eve", "--password-stdin", typed="one two three").returncode == 0
    return "eve"


async def test_a_new_password_ends_sign_ins_and_sockets(house: tuple[str, Path], eve: str) -> None:
    """With the server up: the old cookie is refused and the open socket closed, without a message getting in."""
    address, folder = house
    with Visitor.signed_in(address, eve, "one two three") as before:
        async with before.chat() as chat:
            await chat.says("I like chess.")
            changed = keepsake(folder, "user", "passwd", eve, "--password-stdin", typed="four five six")
            assert changed.returncode == 0, changed.stderr
            assert "new password is in force" in changed.stdout
            await chat.says("This must not arrive.")
            assert chat.gone.is_set(), chat.events[-8:]
        assert before.http.get("/api/v1/status").status_code == 401
        assert before.http.get("/user").status_code == 401
        with pytest.raises(socketio.exceptions.ConnectionError):
            async with before.chat(session=chat.session):
                pass
    with Visitor.signed_in(address, eve, "four five six") as after:
        assert "must not arrive" not in after.http.get("/api/v1/memories").text
        assert "chess" in after.http.get("/api/v1/memories").text


async def test_one_may_change_one_s_own_password(house: tuple[str, Path], eve: str) -> None:
    """With the current one; then every browser signs in anew."""
    with (
        Visitor.signed_in(house[0], eve, "four five six") as phone,
        Visitor.signed_in(house[0], eve, "four five six") as laptop,
    ):
        wrong = {"current": "one two three", "new": "seven eight nine"}
        assert laptop.http.post("/api/v1/password", json=wrong).status_code == 403
        short = {"current": "four five six", "new": "seven"}
        refused = laptop.http.post("/api/v1/password", json=short)
        assert (refused.status_code, "8 to" in refused.text) == (400, True)
        right = {"current": "four five six", "new": "seven eight nine"}
        async with phone.chat() as chat:
            assert laptop.http.post("/api/v1/password", json=right).status_code == 204
            await chat.gone_for_good()
        assert phone.http.get("/api/v1/status").status_code == 401
        assert laptop.http.get("/api/v1/status").status_code == 401


def test_signing_out_ends_the_sign_in_on_the_server(house: tuple[str, Path], eve: str) -> None:
    """A copy of the cookie is worth nothing after signing out; the other browser stays in."""
    with (
        Visitor.signed_in(house[0], eve, "seven eight nine") as phone,
        Visitor.signed_in(house[0], eve, "seven eight nine") as laptop,
    ):
        copied = phone.cookie
        assert phone.http.post("/logout").status_code == 200
        assert not phone.http.cookies
        stolen = httpx.get(f"{house[0]}/api/v1/status", headers={"Cookie": copied})
        assert stolen.status_code == 401
        assert laptop.http.get("/api/v1/status").status_code == 200


def test_a_removed_account_is_gone_at_once(house: tuple[str, Path], eve: str) -> None:
    """Neither the cookie nor the password opens anything any more."""
    with Visitor.signed_in(house[0], eve, "seven eight nine") as visitor:
        assert keepsake(house[1], "user", "disable", eve).returncode == 0
        assert visitor.http.get("/memory").headers["location"] == "/login"
        form = {"username": eve, "password": "seven eight nine"}
        assert visitor.http.post("/login", data=form).status_code == 401
        assert keepsake(house[1], "user", "remove", eve).returncode == 0
        assert visitor.http.get("/api/v1/memories").status_code == 401
        assert visitor.http.post("/login", data=form).status_code == 401
        assert eve not in keepsake(house[1], "user", "list").stdout
