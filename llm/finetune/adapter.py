"""adapter: a LoRA as PEFT saves it becomes the GGUF that llama.cpp and Ollama load beside their own base.

    PEFT   base_model.model.model.layers.3.self_attn.q_proj.lora_A.weight   (rank, in)
           base_model.model.model.layers.3.self_attn.q_proj.lora_B.weight   (out, rank)
    GGUF   blk.3.attn_q.weight.lora_a, .lora_b                              the same, but for the order of B's rows

llama.cpp turns neighbouring numbers of a head against each other where PEFT's model turns halves. Its base has the rows
of queries and keys put in that order, so what is added to them must be too. These are the rows of B; A's columns belong
to what goes in, and stay as they are.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from llm import tensors
from llm.finetune.places import ADAPTER, GGUF
from llm.model import Floats, pairs

PLACES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_NAME = re.compile(r"base_model\.model\.model\.layers\.(\d+)\.(\w+\.\w+)\.lora_([AB])\.weight")

# What an adapter may ask for that a file of A and B and one alpha cannot say.
_BEYOND = {
    "use_dora": "DoRA scales the base's own weights; train without use_dora",
    "modules_to_save": "whole modules were trained beside the LoRA; train without modules_to_save",
    "lora_bias": "B has biases; train without lora_bias",
    "alpha_pattern": "alpha differs from module to module; train with one lora_alpha",
    "fan_in_fan_out": "the weights are stored the other way round; this is no Llama",
    "trainable_token_indices": "tokens were trained beside the LoRA; train without trainable_token_indices",
    "target_parameters": "parameters that are no layers were trained; train linear layers only",
    "layer_replication": "layers were repeated; the base behind Ollama has each once",
    "use_qalora": "QALoRA pools what goes into A; train without use_qalora",
    "alora_invocation_tokens": "it is switched on by tokens; train without alora_invocation_tokens",
}


BESIDE = ("Modelfile", "NOTICE")  # what `ollama create` reads, and what must go wherever the adapter goes


class CannotConvert(ValueError):
    """The adapter asks for what a GGUF adapter cannot hold; the message says what, and what to do."""


class Lora(NamedTuple):
    """An adapter as llama.cpp has it: what is added to a product is alpha / rank * B A x."""

    alpha: float
    tensors: dict[str, Floats]


def load(folder: Path, heads: int, key_heads: int) -> Lora:
    """A PEFT adapter, put in llama.cpp's order. Raises CannotConvert."""
    try:
        config = json.loads((folder / "adapter_config.json").read_text())
        saved = tensors.load(folder / "adapter_model.safetensors")
    except FileNotFoundError as fault:
        raise CannotConvert(f"{folder} is not a folder that PEFT has saved: {fault.filename} is missing") from None
    return Lora(alpha_of(config), converted(saved, heads, key_heads))


def alpha_of(config: Mapping[str, Any]) -> float:
    """The alpha to write. Raises CannotConvert for what is not plain LoRA."""
    if config.get("peft_type") != "LORA":
        raise CannotConvert(f"this is no LoRA but {config.get('peft_type')}")
    for field, words in _BEYOND.items():
        if config.get(field):
            raise CannotConvert(words)
    if config.get("bias", "none") != "none":
        raise CannotConvert("biases were trained beside the LoRA; train with bias='none'")
    if config.get("init_lora_weights", True) not in (True, False, "gaussian"):
        raise CannotConvert("the base's own weights were changed when training began; train with plain LoRA weights")
    alpha, rank = float(config["lora_alpha"]), int(config["r"])
    if not config.get("use_rslora"):
        return alpha
    if config.get("rank_pattern"):
        raise CannotConvert("rslora with more than one rank; train with one r")
    return alpha * math.sqrt(rank)  # divided by the rank when it is loaded, where rslora divides by its root


def converted(saved: Mapping[str, Floats], heads: int, key_heads: int) -> dict[str, Floats]:
    """A's and B's under llama.cpp's names and in its order. Raises CannotConvert."""
    found: dict[str, Floats] = {}
    for name, weight in saved.items():
        said = _NAME.fullmatch(name)
        if said is None or said[2] not in PLACES:
            raise CannotConvert(f"{name} is not the A or B of a linear layer of a Llama")
        place, part = PLACES[said[2]], said[3].lower()
        if part == "b":
            weight = in_order(place, weight, heads, key_heads)
        found[f"blk.{said[1]}.{place}.weight.lora_{part}"] = weight
    for name in found:
        other = name[:-1] + ("b" if name.endswith("a") else "a")
        if other not in found:
            raise CannotConvert(f"{name} has no {other}")
        if name.endswith("a") and found[name].shape[0] != found[other].shape[1]:
            raise CannotConvert(f"{name} and {other} are of different ranks")
    if not found:
        raise CannotConvert("the adapter is empty")
    return found


def in_order(place: str, weight: Floats, heads: int, key_heads: int) -> Floats:
    """A matrix whose rows are what comes out, those of queries and keys in llama.cpp's order."""
    many = {"attn_q": heads, "attn_k": key_heads}.get(place)
    return pairs(weight, many) if many else weight


def write(path: Path, lora: Lora) -> None:
    """Writes the GGUF, in float32: a float16 would lose what the check looks at."""
    import gguf

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", lora.alpha)
    for name in sorted(lora.tensors):
        writer.add_tensor(name, np.ascontiguousarray(lora.tensors[name], np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read(path: Path) -> Lora:
    """A GGUF adapter as it was written. Raises CannotConvert."""
    import gguf

    file = gguf.GGUFReader(path)
    said = {name: file.fields[name].contents() for name in file.fields}
    kind = {"general.architecture": "llama", "general.type": "adapter", "adapter.type": "lora"}
    if {name: said.get(name) for name in kind} != kind:
        raise CannotConvert(f"{path.name} is not a LoRA for a Llama")
    return Lora(float(said["adapter.lora.alpha"]), {one.name: np.array(one.data, np.float32) for one in file.tensors})


def heads_of(base: Path) -> tuple[int, int]:
    """How many heads of queries a base has, and how many of keys."""
    config = json.loads((base / "config.json").read_text())
    return config["num_attention_heads"], config.get("num_key_value_heads", config["num_attention_heads"])


def main(words: list[str]) -> int:
    """Converts an adapter, or says why it cannot be."""
    parser = argparse.ArgumentParser(prog="./knotty finetune convert", description="A PEFT adapter becomes a GGUF.")
    parser.add_argument("--base", type=Path, required=True, help="the folder with the base's config.json")
    parser.add_argument("--adapter", type=Path, default=ADAPTER, help="the folder that training wrote")
    parser.add_argument("--out", type=Path, default=GGUF)
    wanted = parser.parse_args(words)
    try:
        lora = load(wanted.adapter, *heads_of(wanted.base))
    except (CannotConvert, tensors.BadTensors, FileNotFoundError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    write(wanted.out, lora)
    for name in BESIDE:
        shutil.copy(Path(__file__).with_name(name), wanted.out.parent)
    sys.stdout.write(f"{wanted.out}: {len(lora.tensors)} tensors, alpha {lora.alpha:g}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
