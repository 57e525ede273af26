"""The arithmetic that MiniLM and MPNet share, as JAX computes it: an attention layer after Devlin et al. (2018)."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Weights = dict[str, Any]


def normed(x: jax.Array, weight: jax.Array, bias: jax.Array, epsilon: float) -> jax.Array:
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(spread + epsilon) * weight + bias


def layer(
    weights: Weights,
    x: jax.Array,
    mask: jax.Array,
    *,
    heads: int,
    epsilon: float,
    near: jax.Array | float = 0.0,
    key: jax.Array | None = None,
    drop: float = 0.1,
) -> jax.Array:
    """One layer; `near` is added to how much a piece looks at another. With a key some of what it adds is dropped, as in training."""
    count, long, width = x.shape

    def of_heads(name: str) -> jax.Array:
        states = x @ weights["w" + name] + weights["b" + name]
        return states.reshape(count, long, heads, width // heads).transpose(0, 2, 1, 3)

    def dropped(y: jax.Array, part: int) -> jax.Array:
        if key is None:
            return y
        kept = jax.random.bernoulli(jax.random.fold_in(key, part), 1 - drop, y.shape)
        return y * kept / (1 - drop)

    looks = of_heads("q") @ of_heads("k").transpose(0, 1, 3, 2) / np.sqrt(width // heads)
    looks = jax.nn.softmax(looks + near + (1 - mask[:, None, None, :]) * -1e9, -1)
    seen = (looks @ of_heads("v")).transpose(0, 2, 1, 3).reshape(count, long, width)
    x = normed(x + dropped(seen @ weights["wo"] + weights["bo"], 0), weights["n1w"], weights["n1b"], epsilon)
    inner = jax.nn.gelu(x @ weights["wi"] + weights["bi"], approximate=False)
    return normed(
        x + dropped(inner @ weights["wf"] + weights["bf"], 1), weights["n2w"], weights["n2b"], epsilon
    )
