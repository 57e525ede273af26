"""Letting somebody read, ending it, and leaving with everything, on the pages."""

from __future__ import annotations

import re
from pathlib import Path

from tests.kit.serving import keepsake
from tests.ui.visitor import Visitor

HTMX = {"HX-Request": "true"}


def test_sharing_is_looked_at_given_and_ended(ada: Visitor, ben: Visitor) -> None:
    """A preview shows what would be seen and gives nothing; given it is read without names; ended it is not found."""
    ada.remembers("My aunt Wilhelmina Sorrel grows tulips in Utrecht.")
    ada.remembers("I fold paper cranes.")
    wish = {"reader": "ben", "topic": "tulips", "anonymised": "true", "days": "7"}
    told = ada.http.post("/memory/sharing/preview", data=wish, headers=HTMX).text
    assert "tulips" in told
    assert "Wilhelmina" not in told
    assert "cranes" not in told
    assert "Nobody shares anything with you now" in ben.http.get("/memory/sharing").text
    assert ben.http.get("/memory/shared/ada").status_code == 404
    given = ada.http.post("/memory/sharing/give", data=wish, headers=HTMX).text
    assert 'href="/memory/shared/ada"' in ben.http.get("/memory/sharing").text
    seen = ben.http.get("/memory/shared/ada").text
    assert "tulips" in seen
    assert not {"Wilhelmina", "Sorrel", "cranes"} & set(re.findall(r"\w+", seen))
    assert "tulips" not in ben.http.get("/memory/shared/ada", params={"words": "zebra"}).text
    (grant,) = re.findall(r"/memory/sharing/(\w{32})/revoke", given)
    assert ben.http.post(f"/memory/sharing/{grant}/revoke", headers=HTMX).status_code == 404
    ada.http.post(f"/memory/sharing/{grant}/revoke", headers=HTMX).raise_for_status()
    assert ben.http.get("/memory/shared/ada").status_code == 404


def test_what_cannot_be_shared_is_a_sentence(ada: Visitor) -> None:
    """Nobody, a stranger, oneself and a time that never was: each is told what to do instead."""
    for wish in ({}, {"reader": "nobody-here"}, {"reader": "ada"}, {"reader": "ben", "days": "-3"}):
        answer = ada.http.post("/memory/sharing/give", data=wish, headers=HTMX)
        assert answer.status_code == 400
        assert 'class="trouble"' in answer.text


def test_an_account_goes_with_everything(house: tuple[str, Path], ada: Visitor) -> None:
    """Not with a wrong password; then every sign-in, memory and share ends, and the next of that name starts empty."""
    address, folder = house
    typed = "a kite over the dunes"
    assert keepsake(folder, "user", "add", "cleo", "--password-stdin", typed=typed).returncode == 0
    grant = ada.http.post("/api/v1/shares", json={"reader": "cleo"})
    assert grant.status_code == 200
    with Visitor.signed_in(address, "cleo", typed) as cleo:
        cleo.remembers("I repair accordions.")
        assert cleo.http.get("/memory/shared/ada").status_code == 200
        refused = cleo.http.post("/memory/privacy/account", data={"password": "wrong wrong"}, headers=HTMX)
        assert refused.status_code == 400
        assert "Nothing was deleted" in refused.text
        gone = cleo.http.post("/memory/privacy/account", data={"password": typed}, headers=HTMX)
        assert gone.headers["HX-Redirect"] == "/login"
        assert cleo.http.get("/api/v1/memories").status_code == 401
    assert keepsake(folder, "user", "add", "cleo", "--password-stdin", typed=typed).returncode == 0
    with Visitor.signed_in(address, "cleo", typed) as cleo:
        assert cleo.http.get("/api/v1/memories").json()["total"] == 0
        assert cleo.http.get("/memory/shared/ada").status_code == 404
    assert not any(share["holds"] for share in ada.http.get("/api/v1/shares").json()["given"])
