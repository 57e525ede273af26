"""The one door to ONNX Runtime.

Its builds for Linux count how they are used: on import they write a device id into the person's cache folder and
start to collect events for their maker. Only this variable, set before the import, keeps them from it;
`disable_telemetry_events()` comes too late.
"""

from __future__ import annotations

import os
from typing import Any


def onnxruntime() -> Any:
    """ONNX Runtime, silent."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime as runtime

    runtime.disable_telemetry_events()
    return runtime
