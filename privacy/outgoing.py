"""What leaves for a model elsewhere and what comes back: details leave as placeholders, and return in its answer."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

from .anonymization import Anonymizer, MaskingPolicy
from .errors import KeyDestroyed
from .identity import Scope
from .masked_text import Span
from .passing import passing_vaults
from .vault import Vaults

_TOKEN = re.compile(r"\[([A-Z_]+)_(\d+)_([0-9a-f]{8})\]")
_LONGEST_TOKEN = 40


class Outgoing:
    """Toward a model elsewhere: details leave as placeholders with a tag that proves they are ours."""

    def __init__(self, anonymizer: Anonymizer, vaults: Vaults, secret: bytes) -> None:
        self._anonymizer = anonymizer
        self._vaults = vaults
        self._secret = secret

    def hide(self, text: str, scope: Scope, treated: MaskingPolicy | None = None) -> str:
        """`treated`: kinds of details that leave otherwise than usual."""
        masked = self._anonymizer.mask(text, self._vaults.of(scope), treated=treated)

        def token(span: Span) -> str:
            if span.value is None:
                return masked.text[span.start : span.end]
            return f"[{span.label}_{span.value}_{self._tag(span.label, span.value, scope)}]"

        return masked.replaced(token)

    def in_passing(self) -> Outgoing:
        """The same guard for one request, which leaves no value behind: not even in the vault."""
        return Outgoing(self._anonymizer, passing_vaults(), secrets.token_bytes(32))

    def restorer(self, scope: Scope) -> StreamRestorer:
        return StreamRestorer(self, scope)

    def shown(self, token: re.Match[str], scope: Scope) -> str:
        """The value behind a token, or the token itself when it is forged, foreign or forgotten."""
        label, value = token.group(1), int(token.group(2))
        if not hmac.compare_digest(self._tag(label, value, scope), token.group(3)):
            return token.group()
        try:
            return self._vaults.of(scope).value(value)
        except KeyDestroyed:
            return token.group()

    def _tag(self, label: str, value: int, scope: Scope) -> str:
        return hmac.digest(self._secret, f"{scope.owner}|{label}|{value}".encode(), sha256)[:4].hex()


class StreamRestorer:
    """Puts names back into a stream, however it is cut into pieces."""

    def __init__(self, outgoing: Outgoing, scope: Scope) -> None:
        self._outgoing = outgoing
        self._scope = scope
        self._held = ""

    def feed(self, piece: str) -> str:
        text = self._held + piece
        cut = text.rfind("[")
        # an open bracket near the end may be the beginning of a token
        if cut >= 0 and "]" not in text[cut:] and len(text) - cut < _LONGEST_TOKEN:
            text, self._held = text[:cut], text[cut:]
        else:
            self._held = ""
        return self._restored(text)

    def close(self) -> str:
        text, self._held = self._held, ""
        return self._restored(text)

    def _restored(self, text: str) -> str:
        return _TOKEN.sub(lambda match: self._outgoing.shown(match, self._scope), text)
