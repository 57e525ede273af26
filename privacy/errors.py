"""Everything that can go wrong below the surface, as one tree.

    KeepsakeError                 the message is shown to a person: it says what to do next
    ├── PrivacyError
    │   ├── WrongKey              the master key does not open this data
    │   ├── NoKey                 there is no master key, or it cannot be read or kept
    │   ├── Locked                the keys were put away until somebody unlocks
    │   ├── KeyDestroyed          the key is gone: what it sealed was forgotten
    │   ├── Unreadable            sealed bytes are damaged or were moved to another place
    │   ├── ChainBroken           the journal does not verify
    │   ├── BadSignature          a receipt is not as it was signed
    │   ├── Forbidden             this principal may not do this to this scope
    │   └── BadAccount            a name or password that cannot be used, or no such account
    ├── MemoryFault               memory/errors.py
    └── AgentFault                agent/errors.py

A message never holds text of a person: it may end up in a log.
"""

from __future__ import annotations


class KeepsakeError(Exception):
    """The root: its message is a sentence for a person and tells what to do next."""


class PrivacyError(KeepsakeError):
    """Something about keys, sealing, masking or permission."""


class WrongKey(PrivacyError):
    """The master key at hand is not the one that this data was sealed with."""


class NoKey(PrivacyError):
    """There is no master key to be had: it is missing, or it can neither be read nor kept."""


class Locked(PrivacyError):
    """The keys were put away: nothing is read or kept until somebody unlocks."""


class KeyDestroyed(PrivacyError):
    """The key was destroyed, so what it sealed can never be read again."""


class Unreadable(PrivacyError):
    """Sealed bytes fail authentication: damaged, or moved from another row."""


class ChainBroken(PrivacyError):
    """An entry of the journal was edited, removed, reordered or cut off."""


class BadSignature(PrivacyError):
    """A signed statement was changed, or never was one."""


class Forbidden(PrivacyError):
    """The principal may not do this. Shown outside as "not found", so that ids cannot be probed."""


class BadAccount(PrivacyError):
    """A name or a password cannot be used, or there is no such account; only its administrator reads this."""
