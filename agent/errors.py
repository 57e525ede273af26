"""What can go wrong between us and a model; the tree hangs below `privacy.errors.KeepsakeError`.

AgentFault
├── ModelUnavailable   the model refuses, hangs or is not there
├── AssetMissing       a model file was not fetched yet
├── AssetDamaged       a model file is not the pinned one
└── BadSettings        the settings cannot be served as they are
"""

from __future__ import annotations

from privacy.errors import KeepsakeError


class AgentFault(KeepsakeError):
    """Something about thinking and speaking."""


class ModelUnavailable(AgentFault):
    """The model refuses, hangs or is not there; what was typed is kept."""


class AssetMissing(AgentFault):
    """A model file was not fetched yet."""


class AssetDamaged(AgentFault):
    """A model file is not the pinned one."""


class BadSettings(AgentFault):
    """The settings cannot be served as they are."""
