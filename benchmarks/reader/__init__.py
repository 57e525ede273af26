"""How the reading models in `agent/reader` are taught: MiniLM's upper layers and a head for each task, on sentences of our own.

    pip install jax optax onnx
    python -m benchmarks.reader.teach --out agent/reader/reading.npz
    python -m benchmarks.reader.teach --tasks special --begin agent/reader/reading.npz --epochs 3 --rate 6e-5 --seed 1 --out first.npz
    python -m benchmarks.reader.teach --tasks special --begin agent/reader/reading.npz --epochs 3 --rate 8e-5 --seed 2 --out second.npz
    python -m benchmarks.reader.teach --tasks special --begin second.npz --epochs 2 --rate 6e-5 --seed 3 --out third.npz
    python -m benchmarks.reader.mean --out agent/reader/special.npz first.npz second.npz third.npz

The first two runs for what is special had no `special/talk.jsonl` yet, which was found with what they taught. The examples are in
`benchmarks/data/reader` and `benchmarks/data/sensitive`, and in the open sets of strangers. Sets that measure it never teach
it: their names stand in `examples.py`.
"""
