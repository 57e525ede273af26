"""How the reading models in `agent/reader` are taught: MiniLM's upper layers and a head for each task, on sentences of our own.

    pip install jax optax onnx
    python -m benchmarks.reader.teach --tasks answers,states --out agent/reader/reading.npz
    python -m benchmarks.reader.teach --tasks states --begin agent/reader/reading.npz --epochs 3 --rate 6e-5 --seed 21 --out agent/reader/quick_stating.npz
    python -m benchmarks.reader.teach --model mpnet --task states --epochs 3 --out agent/reader/stating.npz
    python -m benchmarks.reader.glance --out agent/reader/glance.npz
    python -m benchmarks.reader.mean --out agent/reader/special.npz first.npz second.npz third.npz
    pip install torch transformers peft gguf
    python -m benchmarks.reader.second --model FILE.gguf --out ADAPTER.gguf

`second.py` teaches a language model to look at an answer once more; nothing in `agent/` uses it yet (`benchmarks/LOG.md`, 1 December).
`stating.npz` is what the second of three passes left. `quick_special.npz` is the mean of three runs with `--tasks special`: 3, 4 and 3 epochs at 6e-5, 1e-4 and 8e-5, seeds 11 to 13. The first and the third begin
with the special.npz before it, which was such a mean itself (`benchmarks/LOG.md`, 30 November), the second with reading.npz. A head that a file's reader
does not read is left out of it. The examples are in `benchmarks/data/reader` and `benchmarks/data/sensitive`, and in the open
sets of strangers. Sets that measure never teach: their names stand in `examples.py`.
"""
