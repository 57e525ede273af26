"""Every setting, and the only reader of the environment."""

from __future__ import annotations

import hashlib
import os
import tempfile
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_config_path, user_data_path
from pydantic import AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LONGEST_RUNTIME_DIR = 80  # characters: the name of a Unix socket in it ends at 103
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _named(*names: str) -> AliasChoices:
    return AliasChoices(*names)


def _listed(value: object) -> object:
    """A list as people write it in one variable: with commas."""
    return (
        tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    )


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """Read once, from the environment or from arguments. Secrets never show in its repr."""

    # case_sensitive: otherwise the field `home` would also read $HOME, and `port` $PORT
    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, case_sensitive=True, protected_namespaces=()
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("keepsake"), validation_alias=_named("KEEPSAKE_HOME")
    )
    config_home: Path = Field(
        default_factory=lambda: user_config_path("keepsake"), validation_alias=_named("KEEPSAKE_CONFIG")
    )
    cache_home: Path = Field(
        default_factory=lambda: user_cache_path("keepsake"), validation_alias=_named("KEEPSAKE_CACHE")
    )
    host: str = Field("127.0.0.1", validation_alias=_named("KEEPSAKE_HOST"))
    port: int = Field(8000, validation_alias=_named("KEEPSAKE_PORT"))
    auth: Literal["none", "password"] = Field("none", validation_alias=_named("KEEPSAKE_AUTH"))
    ssl_certfile: Path | None = Field(None, validation_alias=_named("KEEPSAKE_SSL_CERTFILE"))
    ssl_keyfile: Path | None = Field(None, validation_alias=_named("KEEPSAKE_SSL_KEYFILE"))
    behind_proxy: bool = Field(False, validation_alias=_named("KEEPSAKE_BEHIND_PROXY"))
    proxies: Listed = Field(("127.0.0.1", "::1"), validation_alias=_named("KEEPSAKE_PROXIES"))
    public_hosts: Listed = Field((), validation_alias=_named("KEEPSAKE_PUBLIC_HOST"))
    allow_plain_http: bool = Field(False, validation_alias=_named("KEEPSAKE_ALLOW_PLAIN_HTTP"))
    openai_api_key: SecretStr | None = Field(None, validation_alias=_named("OPENAI_API_KEY"))
    openai_base_url: str | None = Field(None, validation_alias=_named("OPENAI_BASE_URL"))
    model: str = Field("gpt-4.1-mini", validation_alias=_named("KEEPSAKE_MODEL"))
    model_place: Literal["auto", "here", "elsewhere"] = Field(
        "auto", validation_alias=_named("KEEPSAKE_MODEL_PLACE")
    )
    model_timeout: float = Field(60, gt=0, validation_alias=_named("KEEPSAKE_MODEL_TIMEOUT"))  # seconds
    extraction: Literal["auto", "rules", "mem0"] = Field(
        "auto", validation_alias=_named("KEEPSAKE_EXTRACTION")
    )
    embedder: str = Field("", validation_alias=_named("KEEPSAKE_EMBEDDER"))  # empty: the one that comes along
    embedder_url: str | None = Field(None, validation_alias=_named("KEEPSAKE_EMBEDDER_URL"))
    embedder_dimensions: int = Field(
        1536, ge=8, le=8192, validation_alias=_named("KEEPSAKE_EMBEDDER_DIMENSIONS")
    )
    reranker: str = Field("", validation_alias=_named("KEEPSAKE_RERANKER"))  # "model", or a folder
    milvus_uri: str | None = Field(None, validation_alias=_named("KEEPSAKE_MILVUS_URI"))
    # strict: vectors and blind terms lie on no disk of ours
    index_in_memory: bool = Field(False, validation_alias=_named("KEEPSAKE_INDEX_IN_MEMORY"))
    milvus_token: SecretStr | None = Field(None, validation_alias=_named("KEEPSAKE_MILVUS_TOKEN"))
    master_key: SecretStr | None = Field(None, validation_alias=_named("KEEPSAKE_MASTER_KEY"))
    use_keyring: bool = Field(False, validation_alias=_named("KEEPSAKE_KEYRING"))
    masking: bool = Field(True, validation_alias=_named("KEEPSAKE_MASKING"))
    # of sensitive things, for people who decided nothing about them
    sensitive: Literal["ask", "never", "keep"] = Field("ask", validation_alias=_named("KEEPSAKE_SENSITIVE"))

    @property
    def secure(self) -> bool:
        """Whether people reach this server over https only."""
        return self.behind_proxy or self.ssl_certfile is not None

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which this server answers; any other was made up by somebody else."""
        own = () if is_unspecified(self.host) else (self.host.strip("[]"),)
        return frozenset({*LOOPBACK, *own, *(host_of(host) for host in self.public_hosts)})

    @property
    def origins(self) -> frozenset[str]:
        """Where our own pages come from when a proxy stands in front: the names that people see."""
        return frozenset(f"https://{host}".casefold() for host in self.public_hosts)


def host_of(address: str) -> str:
    """The name in a host with or without a port.

    >>> host_of("Memory.example.org:8443"), host_of("[::1]:8000")
    ('memory.example.org', '::1')
    """
    try:
        return urlsplit(f"//{address}").hostname or ""
    except ValueError:  # brackets that are not closed
        return ""


def is_unspecified(host: str) -> bool:
    """Whether an address means "every address of this machine"."""
    try:
        return ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return False


def capable_model(settings: Settings) -> bool:
    """Whether these settings name a model that can be trusted to read."""
    return bool(settings.openai_api_key or settings.openai_base_url)


def quiet_libraries(settings: Settings) -> None:
    """Set the stage before these are imported: they read their environment then, and only then."""
    # onnxruntime would keep a device id in the home folder and send events to its maker
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    # mem0 would report to its maker, and writes a random id when it is imported
    os.environ["MEM0_TELEMETRY"] = "False"
    os.environ["MEM0_DIR"] = str(settings.home / "mem0")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("example.org")
    (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def problems(settings: Settings) -> list[str]:
    """Why these settings must not be served, each with what to do instead."""
    return [
        *_reach(settings),
        *_tls(settings),
        *_plain_addresses(settings),
        *_extraction(settings),
        *_reranker(settings),
    ]


def _extraction(settings: Settings) -> list[str]:
    if settings.extraction == "mem0" and not capable_model(settings):
        return [
            "KEEPSAKE_EXTRACTION=mem0 needs a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL, or leave it at auto."
        ]
    return []


def _reranker(settings: Settings) -> list[str]:
    if not settings.reranker:
        return []
    if settings.reranker == "model":
        missing = not capable_model(settings)
        return [
            "KEEPSAKE_RERANKER=model needs a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL."
        ] * missing
    return [
        f"KEEPSAKE_RERANKER names a folder without {name}: give one with a cross-encoder's model.onnx and "
        "tokenizer.json, or unset it."
        for name in ("model.onnx", "tokenizer.json")
        if not (Path(settings.reranker) / name).is_file()
    ][:1]


def _reach(settings: Settings) -> list[str]:
    """Who can reach this server, and what that asks for."""
    found = []
    beyond = not is_loopback(settings.host)
    if settings.auth == "none" and beyond:
        found.append(
            f"KEEPSAKE_HOST={settings.host} would open this memory to the network, without accounts. "
            "Use 127.0.0.1, or set KEEPSAKE_AUTH=password and add people with `keepsake user add`."
        )
    elif settings.auth == "none" and (settings.behind_proxy or settings.public_hosts):
        found.append(
            "KEEPSAKE_BEHIND_PROXY and KEEPSAKE_PUBLIC_HOST open this memory to others, without accounts. "
            "Set KEEPSAKE_AUTH=password and add people with `keepsake user add`, or unset both."
        )
    if beyond and not settings.secure:
        found.append(
            f"KEEPSAKE_HOST={settings.host} without TLS would let the network read passwords and answers. "
            "Give --ssl-certfile and --ssl-keyfile, or set KEEPSAKE_BEHIND_PROXY=1 when a proxy does TLS."
        )
    if not settings.public_hosts and (is_unspecified(settings.host) or settings.behind_proxy):
        found.append(
            "Nobody could reach this server by name. Set KEEPSAKE_PUBLIC_HOST to what people type in the browser, "
            "for example memory.example.org (several: with commas)."
        )
    return found


def _tls(settings: Settings) -> list[str]:
    found = []
    if (settings.ssl_certfile is None) != (settings.ssl_keyfile is None):
        found.append("TLS needs both a certificate and its key: give --ssl-certfile and --ssl-keyfile.")
    for path in (settings.ssl_certfile, settings.ssl_keyfile):
        if path is not None and not path.is_file():
            found.append(f"There is no file {path}. Give the path of a PEM file for TLS.")
    if settings.behind_proxy and "*" in settings.proxies:
        found.append(
            "KEEPSAKE_PROXIES=* would believe anybody who claims to be the proxy. Give the proxy's address."
        )
    return found


def _plain_addresses(settings: Settings) -> list[str]:
    found = []
    for name, url in (
        ("OPENAI_BASE_URL", settings.openai_base_url),
        ("KEEPSAKE_MILVUS_URI", settings.milvus_uri),
        ("KEEPSAKE_EMBEDDER_URL", settings.embedder_url),
    ):
        parts = urlsplit(url or "")
        if parts.scheme == "http" and not is_loopback(parts.hostname or "") and not settings.allow_plain_http:
            found.append(
                f"{name} is a plain http address of another machine: what is sent there can be read on the way. "
                "Use https, or set KEEPSAKE_ALLOW_PLAIN_HTTP=1 if you are sure."
            )
    return found


def runtime_dir(home: Path) -> Path:
    """A private folder with a short path for sockets: Unix socket names end at about 100 characters."""
    name = f"keepsake-{os.getuid()}-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"
    folder = Path(os.path.realpath(tempfile.gettempdir())) / name
    return folder if len(str(folder)) <= LONGEST_RUNTIME_DIR else Path("/tmp") / name  # noqa: S108  # made private
