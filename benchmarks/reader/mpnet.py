"""MPNet as JAX computes it, with the weights of the pinned file; and what was taught, as a difference of low rank."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from agent import assets
from agent.reader import mpnet, weights
from agent.reader.mpnet import DENSE, FIRST_PLACE, HEADS, NORMS, PADDING, buckets
from agent.reader.weights import WORDS, arrays, unblocked

from . import bert
from .bert import Weights

WIDTH, LAYERS, KEEP = mpnet.WIDTH, weights.LAYERS, weights.KEPT
TOKENIZER = assets.READER_TOKENIZER
EPSILON = 1e-5
RANK = 64  # of the difference between a layer as it was fetched and as it was taught

_SHORT = dict(zip(("wq", "wk", "wv", "wo", "wi", "wf"), DENSE, strict=True))
_NORMS = dict(zip(("n1", "n2"), NORMS, strict=True))


class Pinned:
    """The weights of the file."""

    padding = PADDING

    def __init__(self, cache: Path) -> None:
        self._values = arrays(assets.require(assets.READER, cache))
        self._relative = jnp.array(self._values["encoder.relative_attention_bias.weight"])

    def embedded(self, ids: jax.Array, types: jax.Array) -> jax.Array:
        del types  # MPNet tells two texts apart by the marks between them
        at = "embeddings."
        words = jnp.array(self._values[f"{WORDS}.rows"].astype(np.float32) * self._values[f"{WORDS}.scales"])[
            ids
        ]
        places = jnp.array(self._values[at + "position_embeddings.weight"])[
            jnp.arange(ids.shape[1]) + FIRST_PLACE
        ]
        weight, bias = (jnp.array(self._values[f"{at}LayerNorm.{part}"]) for part in ("weight", "bias"))
        return bert.normed(words + places, weight, bias, EPSILON)

    def layer(self, number: int, taught: Mapping[str, np.ndarray] | None = None) -> Weights:
        """A layer of the file, or as it was taught: `taught` is what `written` wrote."""
        found: Weights = {}
        for short, name in _SHORT.items():
            at, kept = f"layer.{number}.{name}.weight", self._value(number, f"{name}.weight")
            if taught and f"{at}.up" in taught:
                kept = kept + taught[f"{at}.up"].astype(np.float32) @ taught[f"{at}.down"].astype(np.float32)
            found[short] = jnp.array(kept.T)
            found["b" + short[1]] = jnp.array(self._plain(number, f"{name}.bias", taught))
        for short, name in _NORMS.items():
            for part in ("weight", "bias"):
                found[short + part[0]] = jnp.array(self._plain(number, f"{name}.{part}", taught))
        return found

    def run(self, weights: Weights, x: jax.Array, mask: jax.Array, key: jax.Array | None = None) -> jax.Array:
        away = np.arange(x.shape[1])[:, None] - np.arange(x.shape[1])[None, :]
        near = self._relative[buckets(away)].transpose(2, 0, 1)[None]
        return bert.layer(weights, x, mask, heads=HEADS, epsilon=EPSILON, near=near, key=key)

    def written(self, number: int, layer: Weights) -> dict[str, np.ndarray]:
        """What differs from the file: of the large matrices the nearest difference of low rank."""
        found = {}
        for short, name in _SHORT.items():
            at = f"layer.{number}.{name}"
            change = np.asarray(layer[short], np.float32).T - self._value(number, f"{name}.weight")
            left, sizes, right = np.linalg.svd(change, full_matrices=False)
            root = np.sqrt(sizes[:RANK])
            found[f"{at}.weight.up"] = (left[:, :RANK] * root).astype(np.float16)
            found[f"{at}.weight.down"] = (root[:, None] * right[:RANK]).astype(np.float16)
            found[f"{at}.bias"] = np.asarray(layer["b" + short[1]], np.float32)
        for short, name in _NORMS.items():
            for part in ("weight", "bias"):
                found[f"layer.{number}.{name}.{part}"] = np.asarray(layer[short + part[0]], np.float32)
        return found

    def _value(self, number: int, name: str) -> Any:
        at = f"encoder.layer.{number}.{name}"
        if at in self._values:
            return self._values[at].astype(np.float32)
        return unblocked(self._values[f"{at}.blocks"], self._values[f"{at}.scales"])

    def _plain(self, number: int, name: str, taught: Mapping[str, np.ndarray] | None) -> Any:
        return (taught or {}).get(f"layer.{number}.{name}", self._value(number, name))
