"""Teaches a language model to check an answer: python -m benchmarks.reader.second --model FILE.gguf --out ADAPTER.gguf [--begin FOLDER] [--minutes 75] [--seed 1]

Qwen2.5-Coder-1.5B-Instruct reads a question and a message, and is asked whether the message tells it; what is taught is an adapter of
low rank (LoRA, Hu et al. 2021) for its upper layers, so that the difference of "Yes" and "No" is the log odds of it. The examples
are those of `answers/` and `choices/`: as many that answer as not. Beside ADAPTER.gguf, which llama.cpp reads, a folder of the same name
without its ending is written every ten minutes, from which --begin goes on. On two cores with bf16 arithmetic an example takes .7 s.

Needs torch, transformers, peft and gguf beside what the project needs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoTokenizer, Qwen2Config, Qwen2ForCausalLM

from .examples import Asked, near

BATCH, TOGETHER = 16, 8  # examples of a step; steps whose examples are sorted by length, for less padding
LONGEST = 256  # word pieces
RANK, STRENGTH, FROM = 16, 32, 10  # of the adapter, and the first layer that has one
DOUBT = 0.02  # no example is taken for quite certain
RATE, WARM_UP, LEAST = (
    2.5e-4,
    30,
    0.05,
)  # steps until the rate is reached; the share of it that is left at the end
SAVED = 600  # seconds between two that are kept
NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
}  # fmt: skip
OUTSIDE = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}


class Checker(torch.nn.Module):
    """The log odds that a message tells what is asked, by the difference of two words."""

    def __init__(self, file: Path, begin: Path | None) -> None:
        super().__init__()
        self.words = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
        wanted = LoraConfig(
            r=RANK, lora_alpha=STRENGTH, lora_dropout=0.05, target_modules=[n.split(".")[1] for n in NAMES if "." in n],
            layers_pattern="layers", layers_to_transform=list(range(FROM, _number(file, "block_count"))),
        )  # fmt: skip
        fetched = unpacked(file)
        self.model = (
            PeftModel.from_pretrained(fetched, begin, is_trainable=True)
            if begin
            else get_peft_model(fetched, wanted)
        )
        for weights in self.taught():
            weights.data = weights.data.float()
        yes, no = (self.words.encode(word, add_special_tokens=False)[0] for word in (" Yes", " No"))
        head = fetched.lm_head.weight
        self.told = (head[yes] - head[no]).detach().float()

    def taught(self) -> list[torch.nn.Parameter]:
        return [weights for weights in self.model.parameters() if weights.requires_grad]

    def forward(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        ids = [self.words.encode(asks(*pair), add_special_tokens=False)[-LONGEST:] for pair in pairs]
        long = max(map(len, ids))
        pieces, there = (
            torch.zeros(len(ids), long, dtype=torch.long),
            torch.zeros(len(ids), long, dtype=torch.long),
        )
        for row, one in enumerate(ids):
            pieces[row, long - len(one) :], there[row, long - len(one) :] = torch.tensor(one), 1
        places = (there.cumsum(1) - 1).clamp(min=0)
        with torch.autocast("cpu", torch.bfloat16):
            read = self.model.base_model.model.model(
                input_ids=pieces, attention_mask=there, position_ids=places
            )
        return read.last_hidden_state[:, -1].float() @ self.told


def asks(question: str, message: str) -> str:
    return f"Question: {question}\nMessage: {message}\nTold:"


def unpacked(file: Path) -> Qwen2ForCausalLM:
    """The model of a GGUF file, its weights as numbers of sixteen bits."""
    reader = gguf.GGUFReader(file)
    config = Qwen2Config(
        vocab_size=len(reader.fields["tokenizer.ggml.tokens"].data),
        hidden_size=_number(file, "embedding_length"),
        intermediate_size=_number(file, "feed_forward_length"),
        num_hidden_layers=_number(file, "block_count"),
        num_attention_heads=_number(file, "attention.head_count"),
        num_key_value_heads=_number(file, "attention.head_count_kv"),
        rope_theta=_number(file, "rope.freq_base"),
        rms_norm_eps=_number(file, "attention.layer_norm_rms_epsilon"),
        max_position_embeddings=4096,
        tie_word_embeddings=False,
    )
    weights = {
        _named(tensor.name): torch.from_numpy(
            np.float32(gguf.dequantize(tensor.data, tensor.tensor_type))
        ).bfloat16()
        for tensor in reader.tensors
    }
    model = Qwen2ForCausalLM(config).bfloat16()
    model.load_state_dict(weights)
    return model


def _named(name: str) -> str:
    if name in OUTSIDE:
        return OUTSIDE[name]
    _, layer, part, kind = name.split(".")
    return f"model.layers.{layer}.{next(n for n, short in NAMES.items() if short == part)}.{kind}"


def _number(file: Path, name: str) -> Any:
    return gguf.GGUFReader(file).fields[f"qwen2.{name}"].contents()


def written(checker: Checker, out: Path) -> None:
    """The adapter as llama.cpp reads it."""
    writer = gguf.GGUFWriter(out, "qwen2")
    writer.add_string("general.type", "adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", STRENGTH)
    for name, weights in checker.model.named_parameters():
        if not weights.requires_grad:
            continue
        parts = name.split(".")
        at = parts.index("layers")
        kind = "lora_a" if parts[at + 4] == "lora_A" else "lora_b"
        values = weights.detach().numpy().astype(np.float16)
        writer.add_tensor(
            f"blk.{parts[at + 1]}.{NAMES['.'.join(parts[at + 2 : at + 4])]}.weight.{kind}", values
        )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def batches(examples: Sequence[Asked], rng: random.Random) -> Iterator[list[Asked]]:
    """As many that answer as not, of like length."""
    halves = [[one for one in examples if (one.span is not None) is tells] for tells in (True, False)]
    while True:
        for half in halves:
            rng.shuffle(half)
        many = BATCH * TOGETHER // 2
        for start in range(0, min(map(len, halves)) - many + 1, many):
            drawn = sorted(
                (one for half in halves for one in half[start : start + many]),
                key=lambda one: len(one.question) + len(one.passage),
            )
            steps = [drawn[at : at + BATCH] for at in range(0, len(drawn), BATCH)]
            rng.shuffle(steps)
            yield from steps


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--begin", type=Path)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    rng, checker = random.Random(given.seed), Checker(given.model, given.begin)
    optimiser = torch.optim.AdamW(checker.taught(), lr=RATE, weight_decay=0.01)
    clock = kept = time.perf_counter()
    losses: list[float] = []
    for batch in batches(near(rng), rng):
        gone = (time.perf_counter() - clock) / (60 * given.minutes)
        if gone >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (len(losses) + 1) / WARM_UP) * max(LEAST, 1 - gone)
        odds = checker([(one.question, one.passage) for one in batch])
        tells = torch.tensor([float(one.span is not None) for one in batch])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, tells * (1 - 2 * DOUBT) + DOUBT)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(checker.taught(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
        if len(losses) % 20 == 0:
            print(
                f"{len(losses)} steps, {60 * given.minutes * gone:.0f} s: {np.mean(losses[-40:]):.3f}",
                flush=True,
            )
        if time.perf_counter() - kept > SAVED:
            checker.model.save_pretrained(given.out.with_suffix(""))
            kept = time.perf_counter()
    checker.model.save_pretrained(given.out.with_suffix(""))
    written(checker, given.out)


if __name__ == "__main__":
    main()
