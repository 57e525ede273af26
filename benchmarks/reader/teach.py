"""Teaches a reading model: python -m benchmarks.reader.teach --model minilm|mpnet --task answers|states|special|orders --out FILE
[--most EXAMPLES] [--begin FILE] [--epochs 2] [--rate 6e-5] [--seed 1].

The lower layers stay as they are, so what they make of an example is computed once; the upper ones and a head are taught.
Writes FILE after every epoch: the taught layers as the model's module keeps them, and the head. With --begin the layers start
from such a file. On two cores an epoch of MPNet takes twelve minutes for what is special (18,000), six for states (10,000), 20
for 25,000 of the answers. Needs jax, optax and onnx beside what the project needs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
import optax
from tokenizers import Tokenizer

from agent import assets
from agent.reader.special import CATEGORIES
from agent.reader.stating import RELATIONS
from agent.settings import Settings

from . import minilm, mpnet
from .bert import Weights
from .examples import Asked, Ordered, Secret, Told, asked, ordered, secrets, told

BATCH = 32
LONGEST = 128  # word pieces
LENGTHS = (
    8,
    12,
    16,
    20,
    24,
    28,
    32,
    40,
    48,
    64,
    96,
    128,
)  # batches are padded to one of these: few programs to compile
DOUBT = 0.02  # no example is taken for quite certain
RATE, HEADS_FASTER = 6e-5, 10
PLAIN_ROUNDS = 12

Example = dict[str, Any]
One = TypeVar("One")


class Pieces:
    """Examples in word pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def asked(self, one: Asked) -> Example:
        encoded = self._tokenizer.encode(one.question, one.passage)
        second = [float(which == 1) for which in encoded.sequence_ids]
        inside = [
            place
            for place, ((start, end), of_passage) in enumerate(
                zip(encoded.offsets[:LONGEST], second, strict=False)
            )
            if one.span and of_passage and end > start and start < one.span[1] and end > one.span[0]
        ]
        return {
            "ids": encoded.ids[:LONGEST], "types": encoded.type_ids[:LONGEST], "second": second[:LONGEST],
            "answers": float(bool(inside)), "first": inside[0] if inside else 0, "last": inside[-1] if inside else 0,
        }  # fmt: skip

    def told(self, one: Told) -> Example:
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

    def secret(self, one: Secret) -> Example:
        tells = [float(bool(one.category)), *(float(one.category == name) for name in CATEGORIES)]
        return {"ids": self._tokenizer.encode(one.text).ids[:LONGEST], "tells": tells}

    def ordered(self, one: Ordered) -> Example:
        return {"ids": self._tokenizer.encode(one.text).ids[:LONGEST], "tells": [float(one.orders)]}


EMPTY = {"below": np.float16(0), "second": np.float32(0), "tags": np.int32(0), "mine": np.int32(-1)}


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[dict[str, np.ndarray]]:
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


def padded(some: Sequence[Example]) -> dict[str, np.ndarray]:
    """A batch of what examples hold, each name an array; `ids` and `types` are left to those who compute what is below."""
    long = fitting(some)
    found = {"mask": np.zeros((len(some), long), np.float32)}
    for row, one in enumerate(some):
        found["mask"][row, : len(one["ids"])] = 1
    for name in some[0].keys() - {"ids", "types"}:
        if name in EMPTY:
            shape = (len(some), long, *np.shape(some[0][name])[1:])
            found[name] = np.full(shape, EMPTY[name])
            for row, one in enumerate(some):
                found[name][row, : len(one["ids"])] = one[name]
        else:
            kind = np.int32 if name in ("first", "last") else np.float32
            found[name] = np.array([one[name] for one in some], kind)
    return found


def fitting(some: Sequence[Example]) -> int:
    return next(length for length in LENGTHS if length >= max(len(one["ids"]) for one in some))


def look_below(model: ModuleType, pinned: Any, examples: Sequence[Example]) -> None:
    """What the layers that stay as they are make of each example: its states, in half precision."""
    lower = [pinned.layer(number) for number in range(model.KEEP)]

    @jax.jit
    def below(ids: jax.Array, types: jax.Array, mask: jax.Array) -> jax.Array:
        x = pinned.embedded(ids, types)
        for weights in lower:
            x = pinned.run(weights, x, mask)
        return x.astype(jnp.float16)

    by_length = sorted(examples, key=lambda one: len(one["ids"]))
    for at in range(0, len(by_length), BATCH):
        some = by_length[at : at + BATCH]
        shape = (BATCH, fitting(some))
        ids, types = np.full(shape, pinned.padding, np.int32), np.zeros(shape, np.int32)
        mask = np.zeros(shape, np.float32)
        for row, one in enumerate(some):
            ids[row, : len(one["ids"])], mask[row, : len(one["ids"])] = one["ids"], 1
            types[row, : len(one["ids"])] = one.get("types", 0)
        for one, states in zip(some, np.asarray(below(ids, types, mask)), strict=False):
            one["below"] = states[: len(one["ids"])].copy()


class Losses:
    """How wrong the model is on a batch of each task."""

    def __init__(self, pinned: Any) -> None:
        self._pinned = pinned

    def _states(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        x = batch["below"].astype(jnp.float32)
        for number, weights in enumerate(taught["layers"]):
            x = self._pinned.run(weights, x, batch["mask"], jax.random.fold_in(key, number))
        return x

    def answers(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        x, head = self._states(taught, batch, key), taught["head"]
        votes = pooled(x, batch["second"]) @ head["w"] + head["b"]
        edges = x @ head["span"] + (1 - batch["second"][:, :, None]) * -1e9
        wrong = optax.sigmoid_binary_cross_entropy(votes, doubted(batch["answers"])).mean()
        astray = sum(
            optax.softmax_cross_entropy_with_integer_labels(edges[:, :, side], batch[name])
            for side, name in enumerate(("first", "last"))
        )
        return wrong + 0.25 * (astray * batch["answers"]).sum() / jnp.maximum(batch["answers"].sum(), 1)

    def states(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        x, head, mask = self._states(taught, batch, key), taught["head"], batch["mask"]
        tags = optax.softmax_cross_entropy_with_integer_labels(x @ head["w"] + head["bb"], batch["tags"])
        known = (batch["mine"] >= 0) * mask
        whose = optax.sigmoid_binary_cross_entropy(
            x @ head["ab"] + head["abb"], jnp.maximum(batch["mine"], 0).astype(jnp.float32)
        )
        return 8 * (tags * mask).sum() / mask.sum() + (whose * known).sum() / jnp.maximum(known.sum(), 1)

    def special(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        head = taught["head"]
        votes = pooled(self._states(taught, batch, key), batch["mask"]) @ head["w"] + head["b"]
        wrong = optax.sigmoid_binary_cross_entropy(votes, doubted(batch["tells"]))
        return wrong[:, 0].mean() + 0.5 * wrong[:, 1:].sum(-1).mean()

    def orders(self, taught: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
        return self.special(taught, batch, key)  # of no category


def pooled(x: jax.Array, chosen: jax.Array) -> jax.Array:
    weights = chosen[:, :, None]
    return jnp.concatenate([x[:, 0], (x * weights).sum(1) / jnp.maximum(weights.sum(1), 1)], -1)


def doubted(labels: jax.Array) -> jax.Array:
    return labels * (1 - 2 * DOUBT) + DOUBT


def new_head(task: str, width: int, seed: int) -> Weights:
    draw = np.random.RandomState(seed)

    def small(*shape: int) -> jax.Array:
        return jnp.array(draw.randn(*shape) * 0.02, jnp.float32)

    tags, tells = 1 + 2 * len(RELATIONS), 1 + len(CATEGORIES)
    return {
        "answers": lambda: {"w": small(2 * width), "b": jnp.zeros(()), "span": small(width, 2)},
        "states": lambda: {"w": small(width, tags), "bb": jnp.zeros(tags), "ab": small(width), "abb": jnp.zeros(())},
        "special": lambda: {"w": small(2 * width, tells), "b": jnp.zeros(tells)},
        "orders": lambda: {"w": small(2 * width, 1), "b": jnp.zeros(1)},
    }[task]()  # fmt: skip


def optimizer(taught: Weights, steps: int, rate: float) -> optax.GradientTransformation:
    body = optax.warmup_cosine_decay_schedule(0, rate, steps // 15 + 1, steps, rate / 50)
    parts = {
        "layers": optax.adamw(body, weight_decay=0.01),
        "head": optax.adamw(lambda step: HEADS_FASTER * body(step), weight_decay=0.0),
    }
    labels = {name: jax.tree.map(lambda _, n=name: n, of_part) for name, of_part in taught.items()}
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(parts, labels))


def write(taught: Weights, task: str, model: ModuleType, pinned: Any, out: Path) -> None:
    found = {}
    for number, weights in enumerate(taught["layers"], start=model.KEEP):
        found |= pinned.written(number, weights)
    for name, values in taught["head"].items():
        found[f"head.{task}.{name}"] = np.asarray(values, np.float32)
    np.savez_compressed(out, **found)


def drawn(task: str, pieces: Pieces, rng: random.Random, most: int) -> list[Example]:
    makers: dict[str, Callable[[], list[Example]]] = {
        "answers": lambda: [pieces.asked(one) for one in sampled(asked(rng, PLAIN_ROUNDS), rng, most)],
        "states": lambda: [pieces.told(one) for one in sampled(told(rng, PLAIN_ROUNDS), rng, most)],
        "special": lambda: [pieces.secret(one) for one in sampled(secrets(rng, PLAIN_ROUNDS), rng, most)],
        "orders": lambda: [pieces.ordered(one) for one in sampled(ordered(rng), rng, most)],
    }
    return makers[task]()


def sampled(some: list[One], rng: random.Random, most: int) -> list[One]:
    return rng.sample(some, most) if 0 < most < len(some) else some


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", choices=("minilm", "mpnet"), required=True)
    parser.add_argument("--task", choices=("answers", "states", "special", "orders"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=0, help="examples, drawn at random; 0: all")
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cache, rng = Settings().cache_home, random.Random(given.seed)
    model = {"minilm": minilm, "mpnet": mpnet}[given.model]
    tokenizer = Tokenizer.from_file(str(assets.require(model.TOKENIZER, cache)))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pinned, examples = model.Pinned(cache), drawn(given.task, Pieces(tokenizer), rng, given.most)
    clock = time.perf_counter()
    look_below(model, pinned, examples)
    print(f"{len(examples)} examples looked at after {time.perf_counter() - clock:.0f} s", flush=True)
    begun = np.load(given.begin) if given.begin else {}
    layers = [pinned.layer(number, begun) for number in range(model.KEEP, model.LAYERS)]
    taught = {"layers": layers, "head": new_head(given.task, model.WIDTH, given.seed)}
    optimiser = optimizer(taught, given.epochs * -(-len(examples) // BATCH), given.rate)
    state, loss_of = optimiser.init(taught), getattr(Losses(pinned), given.task)

    @partial(jax.jit, donate_argnums=(0, 1))
    def step(taught: Weights, state: Any, batch: dict[str, jax.Array], key: jax.Array) -> Any:
        loss, slopes = jax.value_and_grad(loss_of)(taught, batch, key)
        updates, state = optimiser.update(slopes, state, taught)
        return optax.apply_updates(taught, updates), state, loss

    key = jax.random.PRNGKey(given.seed)
    for epoch in range(given.epochs):
        seen = []
        for batch in batches(examples, rng):
            key, now = jax.random.split(key)
            taught, state, loss = step(taught, state, batch, now)
            seen.append(float(loss))
        write(taught, given.task, model, pinned, given.out)
        print(f"epoch {epoch + 1} after {time.perf_counter() - clock:.0f} s: {np.mean(seen):.3f}", flush=True)


if __name__ == "__main__":
    main()
