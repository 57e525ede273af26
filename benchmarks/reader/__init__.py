"""How the reading model in `agent/reader` is taught: MiniLM's upper layers and three heads, on sentences of our own.

    pip install jax optax onnx
    python -m benchmarks.reader.teach --out agent/reader/weights.npz

The examples are in `benchmarks/data/reader` and `benchmarks/data/sensitive`, and in the open sets of strangers. Sets that
measure it never teach it: their names stand in `examples.py`.
"""
