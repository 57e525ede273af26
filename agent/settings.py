"""Every setting, and the only reader of the environment."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_config_path, user_data_path
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _named(*names: str) -> AliasChoices:
    return AliasChoices(*names)


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
    milvus_uri: str | None = Field(None, validation_alias=_named("KEEPSAKE_MILVUS_URI"))
    milvus_token: SecretStr | None = Field(None, validation_alias=_named("KEEPSAKE_MILVUS_TOKEN"))
    master_key: SecretStr | None = Field(None, validation_alias=_named("KEEPSAKE_MASTER_KEY"))
    use_keyring: bool = Field(False, validation_alias=_named("KEEPSAKE_KEYRING"))
    masking: bool = Field(True, validation_alias=_named("KEEPSAKE_MASKING"))


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
    found = []
    if settings.extraction == "mem0" and not capable_model(settings):
        found.append(
            "KEEPSAKE_EXTRACTION=mem0 needs a capable model: set OPENAI_API_KEY or OPENAI_BASE_URL, or leave it at auto."
        )
    if not is_loopback(settings.host):
        found.append(
            f"KEEPSAKE_HOST={settings.host} would open this memory to the network, and accounts are not built yet. "
            "Use 127.0.0.1."
        )
    for name, url in (
        ("OPENAI_BASE_URL", settings.openai_base_url),
        ("KEEPSAKE_MILVUS_URI", settings.milvus_uri),
    ):
        parts = urlsplit(url or "")
        if parts.scheme == "http" and not is_loopback(parts.hostname or "") and not settings.allow_plain_http:
            found.append(
                f"{name} is a plain http address of another machine: what is sent there can be read on the way. "
                "Use https, or set KEEPSAKE_ALLOW_PLAIN_HTTP=1 if you are sure."
            )
    return found
