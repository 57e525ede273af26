"""MiniLM as JAX computes it, with the weights of the pinned ONNX file: embeddings, six layers, BERT's arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import jax
import jax.numpy as jnp
import numpy as np
import onnx
from onnx import numpy_helper

from agent import assets

from . import bert
from .bert import Weights

WIDTH, HEADS, LAYERS, KEEP = 384, 12, 6, 2
TOKENIZER = assets.TOKENIZER
EPSILON = 1e-12

EMPTY: Mapping[str, np.ndarray] = MappingProxyType({})

_DENSE = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "o": "attention.output.dense", "i": "intermediate.dense", "f": "output.dense",
}  # fmt: skip
_NORMS = {"n1": "attention.output.LayerNorm", "n2": "output.LayerNorm"}


class Pinned:
    """The weights of the file, and where each stands in it."""

    padding = 0

    def __init__(self, cache: Path) -> None:
        path = assets.require(assets.EMBEDDER, cache)
        graph = onnx.load(str(path)).graph
        self._bytes = path.read_bytes()
        self._values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        self._made_by = {name: node for node in graph.node for name in node.output}
        self._adds = [node for node in graph.node if node.op_type == "Add"]

    def embedded(self, ids: jax.Array, types: jax.Array) -> jax.Array:
        at = "inner.embeddings."
        words = self._whole(at + "word_embeddings.weight")[ids]
        places = self._whole(at + "position_embeddings.weight")[jnp.arange(ids.shape[1])]
        of_two = jnp.array(self._values[at + "token_type_embeddings.weight"])[types]
        weight, bias = (jnp.array(self._values[f"{at}LayerNorm.{part}"]) for part in ("weight", "bias"))
        return bert.normed(words + places[None] + of_two, weight, bias, EPSILON)

    def run(self, weights: Weights, x: jax.Array, mask: jax.Array, key: jax.Array | None = None) -> jax.Array:
        return bert.layer(weights, x, mask, heads=HEADS, epsilon=EPSILON, key=key)

    def layer(self, number: int, taught: Mapping[str, np.ndarray] = EMPTY) -> Weights:
        """A layer of the file, or as it was taught: `taught` is what `written` wrote, under "layer." and the place."""
        found: Weights = {}

        def values(name: str) -> np.ndarray:
            written = taught.get(f"layer.{self._place(name)}") if taught else None
            return self._values[name] if written is None else written

        for short, name in _DENSE.items():
            quantised, scale = self._names_of(number, name)
            found["w" + short] = jnp.array(values(quantised).astype(np.float32) * values(scale))
            found["b" + short] = jnp.array(values(self._at(number, name) + ".bias"))
        for short, name in _NORMS.items():
            for part in ("weight", "bias"):
                found[short + part[0]] = jnp.array(values(f"{self._at(number, name)}.{part}"))
        return found

    def written(self, number: int, layer: Weights) -> dict[str, np.ndarray]:
        """A layer as the file keeps it: each of its arrays under its place in the file."""
        found = {}
        for short, name in _DENSE.items():
            quantised, scale = self._names_of(number, name)
            weights = np.asarray(layer["w" + short], np.float32)
            step = (np.abs(weights).max(axis=0, keepdims=True) / 127).astype(np.float32)
            found[f"layer.{self._place(scale)}"] = step
            found[f"layer.{self._place(quantised)}"] = np.clip(np.round(weights / step), -127, 127).astype(
                np.int8
            )
            found[f"layer.{self._place(self._at(number, name) + '.bias')}"] = np.asarray(
                layer["b" + short], np.float32
            )
        for short, name in _NORMS.items():
            for part in ("weight", "bias"):
                place = self._place(f"{self._at(number, name)}.{part}")
                found[f"layer.{place}"] = np.asarray(layer[short + part[0]], np.float32)
        return found

    def _at(self, number: int, name: str) -> str:
        return f"inner.encoder.layer.{number}.{name}"

    def _whole(self, name: str) -> jax.Array:
        return jnp.array(self._values[name + "_q"].astype(np.float32) * self._values[name + "_scale"])

    def _names_of(self, number: int, name: str) -> tuple[str, str]:
        """The names of a layer's int8 weights and their scale: Add(MatMul(x, Cast(q) * scale), bias)."""
        bias = self._at(number, name) + ".bias"
        add = next(node for node in self._adds if bias in node.input)
        product = self._made_by[next(one for one in add.input if one != bias)]
        scaled = self._made_by[product.input[1]]
        names = [self._made_by[one].input[0] if one in self._made_by else one for one in scaled.input]
        return next(n for n in names if n.endswith("_q")), next(n for n in names if n.endswith("_scale"))

    def _place(self, name: str) -> int:
        wanted = self._values[name].tobytes()
        place = self._bytes.find(wanted)
        if place < 0 or self._bytes.find(wanted, place + 1) >= 0:
            raise ValueError(f"{name} does not stand exactly once in the file.")
        return place
