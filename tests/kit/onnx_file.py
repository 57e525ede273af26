"""A cross-encoder small enough to write down: it counts the words that a question and a memory share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FLOAT, INT64 = 1, 7  # ONNX's numbers for types


def cross_encoder(folder: Path, words: Iterable[str]) -> Path:
    """`model.onnx` and `tokenizer.json` in a folder; the tokenizer knows these words."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    numbers = {"[PAD]": 0, "[UNK]": 1} | {word: n for n, word in enumerate(sorted(set(words)), start=2)}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(_model())
    return folder


def _model() -> bytes:
    """Protocol buffers by hand, after onnx.proto: the numbers are those of its fields."""
    graph = [
        _node("Unsqueeze", "input_ids", "two", out="rows"),
        _node("Unsqueeze", "input_ids", "one", out="columns"),
        _node("Equal", "rows", "columns", out="alike"),
        _node("Cast", "alike", out="same", to=FLOAT),
        _node("Mul", "token_type_ids", "attention_mask", out="memory"),
        _node("Sub", "attention_mask", "memory", out="question"),
        _node("Cast", "question", out="asked", to=FLOAT),
        _node("Cast", "memory", out="told", to=FLOAT),
        _node("Unsqueeze", "asked", "two", out="of_asked"),
        _node("Unsqueeze", "told", "one", out="of_told"),
        _node("Mul", "same", "of_asked", out="shared"),
        _node("Mul", "shared", "of_told", out="both"),
        _node("ReduceSum", "both", "one_two", out="logits", keepdims=0),
        _field(2, b"shared words"),
        *(_field(5, _numbers(name, *n)) for name, n in {"one": [1], "two": [2], "one_two": [1, 2]}.items()),
        *(
            _field(11, _value(name, INT64, "texts", "words"))
            for name in ("input_ids", "attention_mask", "token_type_ids")
        ),
        _field(12, _value("logits", FLOAT, "texts")),
    ]
    return _field(1, 8) + _field(7, b"".join(graph)) + _field(8, _field(2, 13))


def _node(operation: str, *given: str, out: str, **attributes: int) -> bytes:
    body = b"".join(_field(1, name.encode()) for name in given) + _field(2, out.encode())
    body += _field(4, operation.encode())
    for name, value in attributes.items():
        body += _field(5, _field(1, name.encode()) + _field(3, value) + _field(20, 2))
    return _field(1, body)


def _numbers(name: str, *values: int) -> bytes:
    body = _field(1, len(values)) + _field(2, INT64) + b"".join(_field(7, value) for value in values)
    return body + _field(8, name.encode())


def _value(name: str, kind: int, *dimensions: str) -> bytes:
    shape = b"".join(_field(1, _field(2, dimension.encode())) for dimension in dimensions)
    return _field(1, name.encode()) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
