"""Statements of this installation that anybody can check: Ed25519 over canonical JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .encryption import KeyRing
from .errors import BadSignature

SIGNING = "signing"


def signed(statement: Mapping[str, Any], keyring: KeyRing) -> dict[str, Any]:
    """The statement with the installation's public key and its signature."""
    key = Ed25519PrivateKey.from_private_bytes(keyring.installation(SIGNING))
    whole = {**statement, "public_key": _text(key.public_key().public_bytes_raw())}
    return {**whole, "signature": _text(key.sign(_canonical(whole)))}


def public_key(keyring: KeyRing) -> str:
    """By which receipts of this installation are known."""
    key = Ed25519PrivateKey.from_private_bytes(keyring.installation(SIGNING))
    return _text(key.public_key().public_bytes_raw())


def check(statement: Mapping[str, Any]) -> str:
    """The public key that signed a statement. Raises BadSignature when one letter of it is not as it was signed."""
    rest = {name: value for name, value in statement.items() if name != "signature"}
    try:
        key = base64.b64decode(statement["public_key"], validate=True)
        signature = base64.b64decode(statement["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _canonical(rest))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        raise BadSignature(
            "This receipt is not as it was signed: it was changed, or it is not a receipt. Get it again from the "
            "installation that gave it."
        ) from None
    return str(statement["public_key"])


def _canonical(statement: Mapping[str, Any]) -> bytes:
    return json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
