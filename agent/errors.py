"""What can go wrong between us and a model; the tree hangs below `privacy.errors.KeepsakeError`.

AgentFault
├── ModelUnavailable   the model refuses, hangs or is not there
│   └── ModelRefuses   it will not read this request, today or tomorrow
├── NotAgreed          the person did not agree that anything is sent to this model
├── ExtractionFailed   turns could not be read for facts; they are read again
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


class ModelRefuses(ModelUnavailable):
    """The model will not read this one request: too long, or against its rules. Asking again does not help."""


class NotAgreed(AgentFault):
    """The person did not agree that anything is sent to this model."""


class ExtractionFailed(AgentFault):
    """Turns could not be read for facts; they are kept and read again."""


class AssetMissing(AgentFault):
    """A model file was not fetched yet."""


class AssetDamaged(AgentFault):
    """A model file is not the pinned one."""


class BadSettings(AgentFault):
    """The settings cannot be served as they are."""
