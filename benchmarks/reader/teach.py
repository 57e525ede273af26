"""Teaches the reading model: python -m benchmarks.reader.teach --out FILE [--tasks answers,states] [--begin FILE]
[--epochs 6] [--rate 1e-4] [--keep 2] [--seed 1].

The lower layers stay as they are; the upper ones and a head for each task are taught together, in batches of one task each.
Writes FILE after every epoch: the taught layers as the pinned file keeps them, and the heads. With --begin the layers start
from such a file. On two cores an epoch of answers and states takes about fifteen minutes, one of what is special three.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from tokenizers import Tokenizer

from agent import assets
from agent.reader.special import CATEGORIES
from agent.reader.stating import RELATIONS
from agent.settings import Settings

from .examples import Asked, Secret, Told, asked, secrets, told
from .minilm import LAYERS, WIDTH, Pinned, Weights, embedded, layer

BATCH = 32
LONGEST = 128  # word pieces
LENGTHS = (16, 24, 32, 40, 48, 64, 96, 128)  # batches are padded to one of these: few programs to compile
DOUBT = 0.02  # no example is taken for quite certain
RATE, HEADS_FASTER = 1e-4, 10
PLAIN_ROUNDS = 12

Batch = tuple[np.ndarray, ...]


class Pieces:
    """Examples in word pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def asked(self, one: Asked) -> dict[str, Any]:
        encoded = self._tokenizer.encode(one.question, one.passage)
        inside = [
            place
            for place, ((start, end), second) in enumerate(
                zip(encoded.offsets, encoded.type_ids, strict=True)
            )
            if one.span and second and end > start and start < one.span[1] and end > one.span[0]
        ]
        inside = [place for place in inside if place < LONGEST]
        return {
            "ids": encoded.ids[:LONGEST], "types": encoded.type_ids[:LONGEST], "answers": float(bool(inside)),
            "first": inside[0] if inside else 0, "last": inside[-1] if inside else 0,
        }  # fmt: skip

    def told(self, one: Told) -> dict[str, Any]:
        encoded = self._tokenizer.encode(one.text)
        tags, mine = [0] * len(encoded.ids), [-1] * len(encoded.ids)
        for (start, end), relation, of_writer in one.spans:
            begun = False
            for place, (first, last) in enumerate(encoded.offsets):
                if last > first and first < end and last > start:
                    tags[place] = 1 + 2 * RELATIONS.index(relation) + begun
                    mine[place] = int(of_writer)
                    begun = True
        return {"ids": encoded.ids[:LONGEST], "tags": tags[:LONGEST], "mine": mine[:LONGEST]}

    def secret(self, one: Secret) -> dict[str, Any]:
        tells = [float(bool(one.category)), *(float(one.category == name) for name in CATEGORIES)]
        return {"ids": self._tokenizer.encode(one.text).ids[:LONGEST], "tells": tells}


def batches(examples: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[dict[str, np.ndarray]]:
    """Batches of examples of about one length, in no order."""
    order = list(range(len(examples)))
    rng.shuffle(order)
    near = [
        sorted(order[at : at + 16 * BATCH], key=lambda i: len(examples[i]["ids"]))
        for at in range(0, len(order), 16 * BATCH)
    ]
    chosen = [some[at : at + BATCH] for some in near for at in range(0, len(some), BATCH)]
    rng.shuffle(chosen)
    for some in chosen:
        some += rng.choices(order, k=BATCH - len(some))
        yield padded([examples[i] for i in some])


def padded(some: Sequence[dict[str, Any]]) -> dict[str, np.ndarray]:
    long = next(length for length in LENGTHS if length >= max(len(one["ids"]) for one in some))
    found = {
        "mask": np.array([[float(i < len(one["ids"])) for i in range(long)] for one in some], np.float32)
    }
    for name in some[0]:
        rows = [one[name] for one in some]
        if name in ("ids", "types", "tags", "mine"):
            empty = -1 if name == "mine" else 0
            found[name] = np.array([[*row, *[empty] * (long - len(row))] for row in rows], np.int32)
        else:
            found[name] = np.array(rows, np.int32 if name in ("first", "last") else np.float32)
    found.setdefault("types", np.zeros_like(found["ids"]))
    return found


class Losses:
    """How wrong the model is on a batch of each task."""

    def __init__(self, embeddings: Weights, lower: Sequence[Weights]) -> None:
        self._embeddings = embeddings
        self._lower = lower

    def _states(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        x = embedded(self._embeddings, batch["ids"], batch["types"])
        for fixed in self._lower:
            x = layer(fixed, x, batch["mask"])
        x = jax.lax.stop_gradient(x)
        for number, weights in enumerate(taught["layers"]):
            x = layer(weights, x, batch["mask"], jax.random.fold_in(key, number))
        return x

    def answers(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        x, head = self._states(taught, batch, key), taught["answers"]
        passage = batch["types"] * batch["mask"]
        votes = pooled(x, passage) @ head["w"] + head["b"]
        edges = x @ head["span"] + (1 - passage[:, :, None]) * -1e9
        wrong = optax.sigmoid_binary_cross_entropy(votes, doubted(batch["answers"])).mean()
        astray = sum(
            optax.softmax_cross_entropy_with_integer_labels(edges[:, :, side], batch[name])
            for side, name in enumerate(("first", "last"))
        )
        return wrong + 0.25 * (astray * batch["answers"]).sum() / jnp.maximum(batch["answers"].sum(), 1)

    def states(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        x, head, mask = self._states(taught, batch, key), taught["states"], batch["mask"]
        tags = optax.softmax_cross_entropy_with_integer_labels(x @ head["w"] + head["bb"], batch["tags"])
        known = (batch["mine"] >= 0) * mask
        whose = optax.sigmoid_binary_cross_entropy(
            x @ head["ab"] + head["abb"], jnp.maximum(batch["mine"], 0).astype(jnp.float32)
        )
        return 8 * (tags * mask).sum() / mask.sum() + (whose * known).sum() / jnp.maximum(known.sum(), 1)

    def special(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        head = taught["special"]
        votes = pooled(self._states(taught, batch, key), batch["mask"]) @ head["w"] + head["b"]
        wrong = optax.sigmoid_binary_cross_entropy(votes, doubted(batch["tells"]))
        return wrong[:, 0].mean() + 0.5 * wrong[:, 1:].sum(-1).mean()


def pooled(x: jax.Array, chosen: jax.Array) -> jax.Array:
    weights = chosen[:, :, None].astype(jnp.float32)
    return jnp.concatenate([x[:, 0], (x * weights).sum(1) / jnp.maximum(weights.sum(1), 1)], -1)


def doubted(labels: jax.Array) -> jax.Array:
    return labels * (1 - 2 * DOUBT) + DOUBT


def heads(seed: int) -> dict[str, Weights]:
    draw = np.random.RandomState(seed)

    def small(*shape: int) -> jax.Array:
        return jnp.array(draw.randn(*shape) * 0.02)

    tags, tells = 1 + 2 * len(RELATIONS), 1 + len(CATEGORIES)
    return {
        "answers": {"w": small(2 * WIDTH), "b": jnp.zeros(()), "span": small(WIDTH, 2)},
        "states": {"w": small(WIDTH, tags), "bb": jnp.zeros(tags), "ab": small(WIDTH), "abb": jnp.zeros(())},
        "special": {"w": small(2 * WIDTH, tells), "b": jnp.zeros(tells)},
    }


def optimizer(taught: Weights, steps: int, rate: float) -> optax.GradientTransformation:
    body = optax.warmup_cosine_decay_schedule(0, rate, steps // 15 + 1, steps, rate / 50)
    parts = {
        "body": optax.adamw(body, weight_decay=0.01),
        "head": optax.adamw(lambda step: HEADS_FASTER * body(step), weight_decay=0.0),
    }
    labels = {
        name: jax.tree.map(lambda _, n=name: "body" if n == "layers" else "head", of_part)
        for name, of_part in taught.items()
    }
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(parts, labels))


def write(taught: Weights, pinned: Pinned, keep: int, out: Path) -> None:
    found = {
        f"layer.{place}": values
        for number, weights in enumerate(taught["layers"], start=keep)
        for place, values in pinned.written(number, weights).items()
    }
    for task in sorted(taught.keys() - {"layers"}):
        for name, values in taught[task].items():
            found[f"head.{task}.{name}"] = np.asarray(values, np.float32)
    np.savez_compressed(out, **found)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tasks", default="answers,states", help="of answers, states, special; with commas")
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--keep", type=int, default=2, help="lower layers that stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cache, rng = Settings().cache_home, random.Random(given.seed)
    tokenizer = Tokenizer.from_file(str(assets.require(assets.TOKENIZER, cache)))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces, pinned = Pieces(tokenizer), Pinned(assets.require(assets.EMBEDDER, cache))
    drawn_from: dict[str, Callable[[], list[dict[str, Any]]]] = {
        "answers": lambda: [pieces.asked(one) for one in asked(rng, PLAIN_ROUNDS)],
        "states": lambda: [pieces.told(one) for one in told(rng, PLAIN_ROUNDS)],
        "special": lambda: [pieces.secret(one) for one in secrets(rng, PLAIN_ROUNDS)],
    }
    examples = {task: drawn_from[task]() for task in given.tasks.split(",")}
    print({task: len(some) for task, some in examples.items()}, flush=True)
    losses = Losses(pinned.embeddings(), [pinned.layer(number) for number in range(given.keep)])
    begun = np.load(given.begin) if given.begin else {}
    layers = [pinned.layer(number, begun) for number in range(given.keep, LAYERS)]
    taught = {"layers": layers, **{task: heads(given.seed)[task] for task in examples}}
    steps = given.epochs * sum(-(-len(some) // BATCH) for some in examples.values())
    optimiser = optimizer(taught, steps, given.rate)
    state = optimiser.init(taught)

    @partial(jax.jit, static_argnums=0)
    def step(task: str, taught: Weights, state: Any, batch: dict[str, jax.Array], key: jax.Array) -> Any:
        loss, slopes = jax.value_and_grad(getattr(losses, task))(taught, batch, key)
        updates, state = optimiser.update(slopes, state, taught)
        return optax.apply_updates(taught, updates), state, loss

    key, clock = jax.random.PRNGKey(given.seed), time.perf_counter()
    for epoch in range(given.epochs):
        drawn = [(task, batch) for task, some in examples.items() for batch in batches(some, rng)]
        rng.shuffle(drawn)
        seen = defaultdict(list)
        for task, batch in drawn:
            key, now = jax.random.split(key)
            taught, state, loss = step(task, taught, state, batch, now)
            seen[task].append(float(loss))
        write(taught, pinned, given.keep, given.out)
        means = {task: round(float(np.mean(some)), 3) for task, some in seen.items()}
        print(f"epoch {epoch + 1} after {time.perf_counter() - clock:.0f} s: {means}", flush=True)


if __name__ == "__main__":
    main()
