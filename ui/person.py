"""Who uses this installation: one local person, as long as there are no accounts."""

from __future__ import annotations

from privacy.identity import Principal, Scope

LOCAL = Principal("local")
LOCAL_SCOPE = Scope("local")

SPEAKER = "keepsake.speaker"  # in an ASGI scope: who speaks through the private socket; nothing else sets it
