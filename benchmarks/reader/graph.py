"""Writes the graphs that the deeper reading model is run by: python -m benchmarks.reader.graph

MPNet's arithmetic as ONNX without a single weight: `agent/reader/lower.onnx` from word pieces to the states after the layers
that are as they were fetched, `upper.onnx` the layers that are taught. Weights are handed in when a graph is opened
(`agent/reader/mpnet.py`), under the names that stand here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import onnx
from onnx import TensorProto, helper

from agent.reader.mpnet import DENSE, HEADS, LONGEST, NORMS, WIDTH
from agent.reader.weights import BLOCK, KEPT, LAYERS

HERE = Path(__file__).parents[2] / "agent" / "reader"
RUNTIME = "com.microsoft"  # operators that ONNX Runtime adds
EPSILON = 1e-5
WORDS = 30527  # of the tokenizer
FLOAT, WHOLE = TensorProto.FLOAT, TensorProto.INT64
FAR = -1e9  # what is added where nobody may look


class Graph:
    """A graph that is put together one operator at a time; every value is known by its name."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._known: list[onnx.TensorProto] = []

    def step(self, operator: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        name = f"{operator.lower()}{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [name], domain=domain, **attributes))
        return name

    def number(self, value: float | Sequence[int], kind: int = WHOLE) -> str:
        values = list(value) if isinstance(value, Sequence) else [value]
        name = f"number{len(self._known)}"
        shape = [len(values)] if isinstance(value, Sequence) else []
        self._known.append(helper.make_tensor(name, kind, shape, values))
        return name

    def handed_in(self, name: str, *shape: int, kind: int = FLOAT) -> str:
        """Weights that whoever opens the graph hands in under this name."""
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.append(onnx.StringStringEntryProto(key="location", value="handed in"))
        self._known.append(tensor)
        return name

    def write(self, result: str, inputs: Mapping[str, tuple[int, Iterable[str | int]]], path: Path) -> None:
        self._nodes.append(helper.make_node("Identity", [result], ["states"]))
        graph = helper.make_graph(
            self._nodes,
            path.stem,
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info("states", FLOAT, ["text", "piece", WIDTH])],
            self._known,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(RUNTIME, 1)]
        path.write_bytes(helper.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString())


def dense(graph: Graph, x: str, layer: int, name: str) -> str:
    """x times weights of eight bits in blocks, plus a bias."""
    outputs, inputs = DENSE[name]
    at, many = f"{layer}.{name}", inputs // BLOCK
    product = graph.step(
        "MatMulNBits", x,
        graph.handed_in(f"{at}.blocks", outputs, many, BLOCK, kind=TensorProto.UINT8),
        graph.handed_in(f"{at}.scales", outputs * many),
        domain=RUNTIME, K=inputs, N=outputs, bits=8, block_size=BLOCK, accuracy_level=4,
    )  # fmt: skip
    return graph.step("Add", product, graph.handed_in(f"{at}.bias", outputs))


def normed(graph: Graph, x: str, name: str) -> str:
    weight, bias = (graph.handed_in(f"{name}.{part}", WIDTH) for part in ("weight", "bias"))
    return graph.step("LayerNormalization", x, weight, bias, axis=-1, epsilon=EPSILON)


def looks(graph: Graph, places: str) -> str:
    """What is added to how much each piece looks at each other: by how far it is away, and nothing at padding."""
    ahead = graph.step("Unsqueeze", places, graph.number([0]))
    behind = graph.step("Unsqueeze", places, graph.number([1]))
    away = graph.step("Add", graph.step("Sub", ahead, behind), graph.number(LONGEST - 1))
    near = graph.step("Gather", graph.handed_in("relative", 2 * LONGEST - 1, HEADS), away)
    near = graph.step("Unsqueeze", graph.step("Transpose", near, perm=[2, 0, 1]), graph.number([0]))
    padding = graph.step(
        "Sub", graph.number(1.0, FLOAT), graph.step("Unsqueeze", "mask", graph.number([1, 2]))
    )
    return graph.step("Add", near, graph.step("Mul", padding, graph.number(FAR, FLOAT)))


def layers(graph: Graph, x: str, bias: str, numbers: Iterable[int]) -> str:
    for number in numbers:
        q, k, v = (dense(graph, x, number, f"attention.attn.{one}") for one in "qkv")
        seen = graph.step("MultiHeadAttention", q, k, v, "", "", bias, domain=RUNTIME, num_heads=HEADS)
        seen = dense(graph, seen, number, "attention.attn.o")
        x = normed(graph, graph.step("Add", x, seen), f"{number}.{NORMS[0]}")
        inner = graph.step("Gelu", dense(graph, x, number, "intermediate.dense"), domain=RUNTIME)
        x = normed(
            graph, graph.step("Add", x, dense(graph, inner, number, "output.dense")), f"{number}.{NORMS[1]}"
        )
    return x


def counted(graph: Graph, of: str) -> str:
    """Places of pieces: 0, 1, 2 and so on."""
    long = graph.step("Gather", graph.step("Shape", of), graph.number(1))
    return graph.step("Range", graph.number(0), long, graph.number(1))


def lower(path: Path) -> None:
    graph = Graph()
    places = counted(graph, "ids")
    words = graph.step("Gather", graph.handed_in("words", WORDS, WIDTH, kind=TensorProto.INT8), "ids")
    scales = graph.step("Gather", graph.handed_in("words.scales", WORDS, 1), "ids")
    words = graph.step("Mul", graph.step("Cast", words, to=FLOAT), scales)
    x = graph.step("Add", words, graph.step("Gather", graph.handed_in("places", LONGEST, WIDTH), places))
    x = layers(graph, normed(graph, x, "embeddings.LayerNorm"), looks(graph, places), range(KEPT))
    graph.write(x, {"ids": (WHOLE, ("text", "piece")), "mask": (FLOAT, ("text", "piece"))}, path)


def upper(path: Path) -> None:
    graph = Graph()
    x = layers(graph, "below", looks(graph, counted(graph, "below")), range(KEPT, LAYERS))
    graph.write(x, {"below": (FLOAT, ("text", "piece", WIDTH)), "mask": (FLOAT, ("text", "piece"))}, path)


if __name__ == "__main__":
    lower(HERE / "lower.onnx")
    upper(HERE / "upper.onnx")
