"""Files that people bring along, as memories: our own export, ChatGPT's, Claude's, and plain text. Pure; nothing is kept here."""

from __future__ import annotations

from .opening import LARGEST_PACKED, Bundle, opened

__all__ = ["LARGEST_PACKED", "Bundle", "opened"]
