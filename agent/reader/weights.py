"""MPNet's weights as Keepsake keeps them: a third of what is fetched, the same on every machine.

Layers that stay as they are become whole numbers of eight bits in blocks, each block with a scale, and so do the words, each
with its own; what is taught goes on from the layers above, which are kept in half precision. Files are safetensors: a header
in JSON that says where each array lies, then the arrays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

KEPT, LAYERS = 8, 12  # lower layers that stay as they were fetched, of all
BLOCK = 64  # weights that share a scale

Array = NDArray[Any]
Floats = NDArray[np.float32]

WORDS = "embeddings.word_embeddings.weight"
_KINDS = {"F32": "<f4", "F16": "<f2", "U8": "u1", "I8": "i1"}
_SMALLEST = np.float32(1e-12)  # a scale of nothing but zeros


def shrunk(fetched: Path, kept: Path) -> None:
    """Writes what is kept of the fetched file."""
    found: dict[str, Array] = {}
    for name, values in arrays(fetched).items():
        if name == WORDS:
            scales = np.maximum(np.abs(values).max(axis=1, keepdims=True) / 127, _SMALLEST)
            found |= {f"{name}.rows": np.round(values / scales).astype(np.int8), f"{name}.scales": scales}
        elif values.ndim == 2 and name.startswith("encoder.layer.") and int(name.split(".")[2]) < KEPT:
            found[f"{name}.blocks"], found[f"{name}.scales"] = blocks(values)
        elif values.ndim == 2 and name.startswith("encoder.layer."):
            found[name] = values.astype(np.float16)
        else:
            found[name] = values
    write(found, kept)


def blocks(weights: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """Weights, a row for each output, as whole numbers around 128 with a scale for each block.

    >>> whole, scales = blocks(np.eye(1, BLOCK, dtype=np.float32) * 0.5)
    >>> whole.shape, int(whole[0, 0, 0]), int(whole[0, 0, 1]), round(float(scales[0] * 127), 3)
    ((1, 1, 64), 255, 128, 0.5)
    """
    parts = weights.reshape(len(weights), -1, BLOCK)
    scales = np.maximum(np.abs(parts).max(axis=2, keepdims=True) / np.float32(127), _SMALLEST)
    return (np.round(parts / scales) + 128).astype(np.uint8), scales.reshape(-1)


def unblocked(whole: NDArray[np.uint8], scales: Floats) -> Floats:
    """What `blocks` made, as weights again.

    >>> unblocked(*blocks(np.eye(1, BLOCK, dtype=np.float32)))[0, :2].tolist()
    [1.0, 0.0]
    """
    parts = (whole.astype(np.float32) - 128) * scales.reshape(*whole.shape[:2], 1)
    return parts.reshape(len(whole), -1)


def arrays(path: Path) -> Mapping[str, Array]:
    """The arrays of a file, each read where it is looked at."""
    with path.open("rb") as file:
        header = int.from_bytes(file.read(8), "little")
        said = json.loads(file.read(header))
    content = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + header)
    return {
        name: content[slice(*one["data_offsets"])].view(_KINDS[one["dtype"]]).reshape(one["shape"])
        for name, one in said.items()
        if one.get("dtype") in _KINDS
    }


def write(given: Mapping[str, Array], path: Path) -> None:
    """A file of these arrays, in the order of their names: the same arrays make the same bytes."""
    kinds = {np.dtype(kind): name for name, kind in _KINDS.items()}
    said, at = {}, 0
    for name in sorted(given):
        long = given[name].nbytes
        said[name] = {
            "dtype": kinds[given[name].dtype],
            "shape": given[name].shape,
            "data_offsets": [at, at + long],
        }
        at += long
    header = json.dumps(said, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    with path.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        for name in sorted(given):
            file.write(np.ascontiguousarray(given[name]).tobytes())
