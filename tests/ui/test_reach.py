"""Who can reach the server: what it refuses to start with, and what it does when others can."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import socketio

from tests.kit.certificate import made_in
from tests.kit.serving import keepsake, served
from tests.ui.visitor import Visitor, chatting

pytestmark = pytest.mark.long

PASSWORD = "the bees are on the roof"
ACCOUNTS = {"KEEPSAKE_AUTH": "password"}
OPEN = {"KEEPSAKE_HOST": "0.0.0.0"}
PROXY = {"KEEPSAKE_BEHIND_PROXY": "1", "KEEPSAKE_PUBLIC_HOST": "memory.example.org, Other.example:8443"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (OPEN, "KEEPSAKE_AUTH=password"),
        ({"KEEPSAKE_HOST": "192.0.2.1"}, "Use 127.0.0.1"),
        (PROXY, "KEEPSAKE_AUTH=password"),
        ({"KEEPSAKE_PUBLIC_HOST": "memory.example.org"}, "KEEPSAKE_AUTH=password"),
        (OPEN | ACCOUNTS, "Give --ssl-certfile and --ssl-keyfile, or set KEEPSAKE_BEHIND_PROXY=1"),
        (OPEN | ACCOUNTS | {"KEEPSAKE_BEHIND_PROXY": "1"}, "Set KEEPSAKE_PUBLIC_HOST"),
        (ACCOUNTS | PROXY | {"KEEPSAKE_PROXIES": "*"}, "Give the proxy's address"),
        ({"KEEPSAKE_SSL_CERTFILE": __file__}, "both a certificate and its key"),
        (
            {"KEEPSAKE_SSL_CERTFILE": "/no/file", "KEEPSAKE_SSL_KEYFILE": __file__},
            "There is no file /no/file",
        ),
        ({"KEEPSAKE_SSL_CERTFILE": __file__, "KEEPSAKE_SSL_KEYFILE": __file__}, "PEM files that belong"),
        ({"KEEPSAKE_MILVUS_URI": "http://milvus.example:19530"}, "KEEPSAKE_ALLOW_PLAIN_HTTP=1"),
        ({"OPENAI_BASE_URL": "http://models.example/v1"}, "KEEPSAKE_ALLOW_PLAIN_HTTP=1"),
    ],
)
def test_what_others_could_read_is_not_served(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    """Each refusal says what to do, before anything is loaded."""
    refused = keepsake(tmp_path, "serve", **settings)
    assert refused.returncode == 1
    assert sentence in " ".join(refused.stderr.split())
    assert not (tmp_path / "data").exists()


def test_open_to_the_network_with_accounts_and_tls(tmp_path: Path) -> None:
    """Every address, https, Secure cookies; what one was signed in with is worth nothing after a new password."""
    certificate, key = made_in(tmp_path)
    trust = ssl.create_default_context(cafile=str(certificate))
    settings = {
        **OPEN,
        **ACCOUNTS,
        "KEEPSAKE_PUBLIC_HOST": "memory.example.org",
        "KEEPSAKE_SSL_CERTFILE": str(certificate),
        "KEEPSAKE_SSL_KEYFILE": str(key),
    }
    added = keepsake(tmp_path, "user", "add", "Ada", "--password-stdin", typed=PASSWORD, **settings)
    assert added.returncode == 0, added.stderr
    form = {"username": "ada", "password": PASSWORD}
    with served(tmp_path, **settings) as address, httpx.Client(base_url=address, verify=trust) as browser:
        answer = browser.post("/login", data=form, headers={"Origin": address})
        assert answer.status_code == 200
        flags = answer.headers["set-cookie"].lower()
        assert flags.startswith("__host-keepsake=")
        assert all(flag in flags for flag in ("; secure", "httponly", "samesite=lax", "path=/"))
        assert "strict-transport-security" not in answer.headers  # other programs are on 127.0.0.1 as well
        assert browser.get("/api/v1/status").status_code == 200
        assert browser.get("/health", headers={"Host": "0.0.0.0"}).status_code == 400
        public = browser.get("/health", headers={"Host": "memory.example.org"})
        assert public.headers["strict-transport-security"].startswith("max-age=")
        with pytest.raises(httpx.HTTPError):
            httpx.get(address.replace("https", "http") + "/health")
        old = {"Cookie": answer.headers["set-cookie"].split(";")[0]}
    changed = keepsake(tmp_path, "user", "passwd", "ada", "--password-stdin", typed="another one", **settings)
    assert changed.returncode == 0, changed.stderr
    with served(tmp_path, **settings) as address, httpx.Client(base_url=address, verify=trust) as browser:
        assert browser.get("/api/v1/status", headers=old).status_code == 401
        assert browser.post("/login", data=form).status_code == 401
        assert browser.post("/login", data=form | {"password": "another one"}).status_code == 200


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("proxied")
    with served(folder, **ACCOUNTS, **PROXY) as address:
        added = keepsake(folder, "user", "add", "ada", "--password-stdin", typed=PASSWORD, **ACCOUNTS)
        assert added.returncode == 0, added.stderr
        yield address


def through_proxy(host: str = "memory.example.org", client: str = "192.0.2.7") -> dict[str, str]:
    """What a proxy on this machine adds to what a browser sends."""
    return {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": client}


def test_behind_a_proxy_people_come_by_https_only(proxied: str) -> None:
    """What did not come through TLS is refused before a password is looked at; /health may be asked by anybody."""
    form = {"username": "ada", "password": PASSWORD}
    assert httpx.post(f"{proxied}/login", data=form).status_code == 403
    assert "https" in httpx.get(f"{proxied}/memory").json()["error"]
    assert httpx.get(f"{proxied}/health").status_code == 200
    plain = through_proxy() | {"X-Forwarded-Proto": "http"}
    assert httpx.post(f"{proxied}/login", data=form, headers=plain).status_code == 403


def test_behind_a_proxy_names_and_pages_are_the_public_ones(proxied: str) -> None:
    """The host may be any of ours, the page that writes too, and the cookie is Secure."""
    form = {"username": "ada", "password": PASSWORD}
    for host, origin, status in (
        ("memory.example.org", "https://memory.example.org", 200),
        ("other.example:8443", "https://other.example:8443", 200),
        ("127.0.0.1:8000", "https://memory.example.org", 200),  # a proxy that does not pass the host on
        ("memory.example.org", "http://memory.example.org", 403),
        ("memory.example.org", "https://evil.example", 403),
        ("memory.example.org", "https://memory.example.org.evil.example", 403),
        ("evil.example", "https://evil.example", 400),
        ("memory.example.org; x", "https://memory.example.org", 400),
        ("[memory.example.org", "https://memory.example.org", 400),
    ):
        headers = through_proxy(host) | {"Origin": origin}
        answer = httpx.post(f"{proxied}/login", data=form, headers=headers)
        assert answer.status_code == status, (host, origin)
        assert ("; secure" in answer.headers.get("set-cookie", "").lower()) == (status == 200)


async def test_behind_a_proxy_sockets_follow_the_same_rules(proxied: str) -> None:
    """A socket needs https, a page of ours and a sign-in."""
    with Visitor.signed_in(proxied, "ada", PASSWORD, headers=through_proxy()) as ada:
        good = through_proxy() | {"Origin": "https://memory.example.org"}
        async with chatting(proxied, ada.cookie, headers=good) as chat:
            await chat.until("task_end")
        for bad in (
            good | {"Origin": "https://evil.example"},
            good | {"X-Forwarded-Proto": "http"},
            good | {"Host": "evil.example"},
        ):
            with pytest.raises(socketio.exceptions.ConnectionError):
                async with chatting(proxied, ada.cookie, headers=bad):
                    pass


def test_guessing_is_slowed_down_by_address_and_by_name(proxied: str) -> None:
    """Too many tries from one address, or at one name from everywhere: 429, whether the name exists or not."""
    wrong = {"username": "ada", "password": "not this one"}

    def tries(name: str, client: str) -> int:
        return httpx.post(
            f"{proxied}/login", data=wrong | {"username": name}, headers=through_proxy(client=client)
        ).status_code

    at_ada = [tries("ada", f"198.51.100.{number}") for number in range(14)]
    at_eve = [tries("eve", f"203.0.113.{number}") for number in range(14)]
    for seen in (at_ada, at_eve):
        assert seen[:10] == [401] * 10
        assert 429 in seen[10:]
    assert httpx.post(
        f"{proxied}/login", data=wrong | {"password": PASSWORD}, headers=through_proxy()
    ).headers["retry-after"]
    network = [tries(f"name{number}", f"2001:db8::{number:x}") for number in range(40)]
    assert network[:20] == [401] * 20
    assert 429 in network[20:]
    assert tries("name1", "2001:db8:1::1") == 401


def test_without_a_proxy_nobody_s_word_is_taken_for_an_address(house: tuple[str, Path]) -> None:
    """X-Forwarded-For from a browser does not make it somebody else, and X-Forwarded-Proto does not make it https."""
    claims = [
        httpx.post(
            f"{house[0]}/login",
            data={"username": f"nobody{number}", "password": "not this one"},
            headers={"X-Forwarded-For": f"192.0.2.{number}", "X-Forwarded-Proto": "https"},
        ).status_code
        for number in range(40)
    ]
    assert 429 in claims
