"""The one door to ONNX Runtime.

Its builds for Linux count how they are used: on import they write a device id into the person's cache folder and
start to collect events for their maker. Only this variable, set before the import, keeps them from it;
`disable_telemetry_events()` comes too late.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

THREADS = 2


def _onnxruntime() -> Any:
    """ONNX Runtime, silent."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime as runtime

    runtime.disable_telemetry_events()
    return runtime


def opened(model: Path | bytes, weights: Mapping[str, NDArray[Any]] | None = None) -> Any:
    """A model, opened, with the weights that its file leaves to be handed in.

    Its threads sleep while they wait: awake, they would take the processor from everybody else.
    """
    runtime = _onnxruntime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if weights:
        values = [runtime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(one)) for one in weights.values()]
        options.add_external_initializers(list(weights), values)
    given = model if isinstance(model, bytes) else str(model)
    return runtime.InferenceSession(given, options, providers=["CPUExecutionProvider"])
