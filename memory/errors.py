"""What can go wrong with remembering; the tree hangs below `privacy.errors.KeepsakeError`.

MemoryFault
├── UnknownMemory     no such memory, or not yours: the two look the same
├── BadInput          what was given cannot be remembered as it is
├── MemoryOff         the person chose that nothing is remembered
├── BadBackup         there is no backup, it is damaged, or it must not go there
├── InUse             another process holds this data directory
├── StorageFault      the disk is full, read-only or damaged
└── IndexFault        Milvus cannot be reached; the journal goes on without it
    └── IndexDamaged  its files cannot be read: they are made anew from the journal
"""

from __future__ import annotations

from privacy.errors import KeepsakeError


class MemoryFault(KeepsakeError):
    """Something about remembering, recalling or forgetting."""


class UnknownMemory(MemoryFault):
    """No such memory, or not the caller's: the answer is the same for both."""


class BadInput(MemoryFault):
    """What was given cannot be used; the message says what would do."""


class MemoryOff(MemoryFault):
    """The person chose that nothing new is remembered."""


class BadBackup(MemoryFault):
    """A backup cannot be made or used like this; nothing was changed."""


class InUse(MemoryFault):
    """Another process writes to this data directory."""


class StorageFault(MemoryFault):
    """The disk is full, read-only or damaged; nothing was half-written."""


class IndexFault(MemoryFault):
    """The vector index cannot be reached; nothing is lost, the journal catches it up later."""


class IndexDamaged(IndexFault):
    """The index's files cannot be read. Nothing is lost: everything in them is in the ledger too."""
