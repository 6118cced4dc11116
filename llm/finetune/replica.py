"""replica: a Llama as llama.cpp works it out, in plain numpy, with a LoRA beside it: one text, all logits.

It stands for llama.cpp where there is none: names, order of rows, rotation of neighbours, and alpha / rank are its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from llm.finetune.adapter import PLACES, Lora, in_order
from llm.model import Floats

_OTHERS = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
_NORMS = {"input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}


class Base(NamedTuple):
    """A base's numbers, and its tensors by llama.cpp's names and in its order."""

    heads: int
    key_heads: int
    layers: int
    epsilon: float
    speeds: NDArray[np.float64]  # of the rotation, one for each pair of a head
    tensors: Mapping[str, Floats]


def base(config: Mapping[str, Any], weights: Mapping[str, Floats]) -> Base:
    """A base from its config.json and a checkpoint's weights."""
    heads, key_heads = config["num_attention_heads"], config["num_key_value_heads"]
    named = {}
    for name, weight in weights.items():
        if name in _OTHERS:
            named[_OTHERS[name]] = weight
            continue
        _, _, layer, place = name.removesuffix(".weight").split(".", 3)
        place = (PLACES | _NORMS)[place]
        named[f"blk.{layer}.{place}.weight"] = in_order(place, weight, heads, key_heads)
    named.setdefault("output.weight", named["token_embd.weight"])
    size = config.get("head_dim") or config["hidden_size"] // heads
    layers, epsilon = config["num_hidden_layers"], config["rms_norm_eps"]
    return Base(heads, key_heads, layers, epsilon, _speeds(config["rope_parameters"], size), named)


def logits(model: Base, lora: Lora | None, ids: Sequence[int]) -> Floats:
    """(tokens, vocabulary): what may follow each token."""
    x = model.tensors["token_embd.weight"][list(ids)]
    for i in range(model.layers):
        x = x + _attention(model, lora, f"blk.{i}", _normed(model, f"blk.{i}.attn_norm", x))
        inner = _normed(model, f"blk.{i}.ffn_norm", x)
        gate = _product(model, lora, f"blk.{i}.ffn_gate", inner)
        up = _product(model, lora, f"blk.{i}.ffn_up", inner)
        x = x + _product(model, lora, f"blk.{i}.ffn_down", gate / (1 + np.exp(-gate)) * up)
    out: Floats = _normed(model, "output_norm", x) @ model.tensors["output.weight"].T
    return out


def _attention(model: Base, lora: Lora | None, at: str, x: Floats) -> Floats:
    n = len(x)
    q, k, v = (_product(model, lora, f"{at}.attn_{letter}", x) for letter in "qkv")
    q, k, v = (
        part.reshape(n, many, -1) for part, many in ((q, model.heads), (k, model.key_heads), (v, model.key_heads))
    )
    q, k = _turned(model, q), _turned(model, k)
    k, v = (np.repeat(part, model.heads // model.key_heads, axis=1) for part in (k, v))
    scores = np.einsum("ihd,jhd->hij", q, k) / math.sqrt(q.shape[2])
    scores += np.triu(np.full((n, n), -np.inf, np.float32), 1)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    scores /= scores.sum(-1, keepdims=True)
    seen = np.einsum("hij,jhd->ihd", scores, v).reshape(n, -1)
    return _product(model, lora, f"{at}.attn_output", seen)


def _product(model: Base, lora: Lora | None, place: str, x: Floats) -> Floats:
    """W x, and what the LoRA adds to it."""
    y: Floats = x @ model.tensors[f"{place}.weight"].T
    if lora is not None and (a := lora.tensors.get(f"{place}.weight.lora_a")) is not None:
        y += np.float32(lora.alpha / len(a)) * ((x @ a.T) @ lora.tensors[f"{place}.weight.lora_b"].T)
    return y


def _normed(model: Base, place: str, x: Floats) -> Floats:
    size = np.sqrt((x * x).mean(-1, keepdims=True) + model.epsilon)
    y: Floats = x / size * model.tensors[f"{place}.weight"]
    return y


def _turned(model: Base, x: Floats) -> Floats:
    """Each pair of neighbours in a head, turned by the place of its token."""
    n, heads, size = x.shape
    turns = np.exp(1j * np.outer(np.arange(n), model.speeds))[:, None]
    both = np.ascontiguousarray(x).reshape(n, heads, size // 2, 2)
    turned = (both[..., 0] + 1j * both[..., 1]) * turns
    return np.stack((turned.real, turned.imag), -1).reshape(x.shape).astype(np.float32)


def _speeds(rope: Mapping[str, Any], size: int) -> NDArray[np.float64]:
    """How far each pair turns from token to token; Llama 3.1 slows the slow ones down for long texts."""
    speeds: NDArray[np.float64] = float(rope["rope_theta"]) ** (-np.arange(0, size, 2) / size)
    if rope.get("rope_type", "default") == "default":
        return speeds
    if rope["rope_type"] != "llama3":
        raise ValueError(f"no rotation of this kind is known here: {rope['rope_type']}")
    turns = rope["original_max_position_embeddings"] * speeds / (2 * np.pi)  # in a text as long as in pre-training
    low, high = rope["low_freq_factor"], rope["high_freq_factor"]
    kept = np.clip((turns - low) / (high - low), 0, 1)
    slowed: NDArray[np.float64] = speeds * (kept + (1 - kept) / rope["factor"])
    return slowed
