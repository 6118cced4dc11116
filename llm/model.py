"""model: a Llama at rest, in numpy: tokens in, logits out, with what was read before kept as keys and values.

One matrix product a step and layer would be the textbook's way; here constants are folded into the weights when they
are loaded: the norms' gains and the attention's 1/sqrt(size) into the matrix that follows, and the rows of queries and
keys are put in pairs, so that the rotation by position is one complex product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from llm.shape import EPSILON, ROPE_BASE, Shape

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Memory:
    """Keys and values of the tokens read so far: (layers, 2, heads, context, head)."""

    kept: Floats
    length: int = 0

    def copy(self, length: int, room: int) -> Memory:
        """The first tokens of it, with room for so many in all."""
        layers, both, heads, _, head = self.kept.shape
        fresh = np.empty((layers, both, heads, room, head), np.float32)
        fresh[:, :, :, :length] = self.kept[:, :, :, :length]
        return Memory(fresh, length)


class Model:
    """Weights, ready to be run."""

    def __init__(self, shape: Shape, weights: Mapping[str, Floats]) -> None:
        self.shape = shape
        head = shape.width // shape.heads
        self._embed = weights["model.embed_tokens.weight"]
        self._last = np.ascontiguousarray((self._embed * weights["model.norm.weight"]).T)
        self._layers: list[tuple[Floats, Floats, Floats, Floats]] = []
        for i in range(shape.layers):
            at = f"model.layers.{i}."
            q, k, v = (weights[f"{at}self_attn.{letter}_proj.weight"] for letter in "qkv")
            gain = weights[f"{at}input_layernorm.weight"]
            qkv = np.concatenate((pairs(q, shape.heads) / np.sqrt(head), pairs(k, shape.heads), v)) * gain
            inner = weights[f"{at}post_attention_layernorm.weight"]
            gate_up = np.concatenate((weights[f"{at}mlp.gate_proj.weight"], weights[f"{at}mlp.up_proj.weight"])) * inner
            out, down = weights[f"{at}self_attn.o_proj.weight"], weights[f"{at}mlp.down_proj.weight"]
            self._layers.append(tuple(np.ascontiguousarray(w.T, np.float32) for w in (qkv, out, gate_up, down)))  # type: ignore[arg-type]
        speed = ROPE_BASE ** (-np.arange(0, head, 2) / head)
        self._turns = np.exp(1j * np.outer(np.arange(shape.context), speed)).astype(np.complex64)

    def memory(self) -> Memory:
        """An empty memory."""
        s = self.shape
        return Memory(np.empty((s.layers, 2, s.heads, s.context, s.width // s.heads), np.float32))

    def read(self, ids: Sequence[int], memory: Memory) -> Floats:
        """Reads tokens after those in memory; gives the logits (vocabulary) of what may follow the last."""
        s, n, start = self.shape, len(ids), memory.length
        end, head = start + n, s.width // s.heads
        turns = self._turns[start:end, None]  # (n, 1, head/2)
        hidden = None if n == 1 else _future(n, start)
        x = self._embed[list(ids)]  # (n, width)
        for (qkv, out, gate_up, down), kept in zip(self._layers, memory.kept, strict=True):
            mixed = _even(x) @ qkv  # (n, 3 width)
            turned = mixed[:, : 2 * s.width].reshape(n, 2 * s.heads, head).view(np.complex64) * turns
            both = (
                turned.view(np.float32).reshape(n, 2, s.heads, head).transpose(1, 2, 0, 3)
            )  # (q and k, heads, n, head)
            kept[0, :, start:end] = both[1]
            kept[1, :, start:end] = mixed[:, 2 * s.width :].reshape(n, s.heads, head).transpose(1, 0, 2)
            scores = both[0] @ kept[0, :, :end].transpose(0, 2, 1)  # (heads, n, end)
            if hidden is not None:
                scores += hidden
            scores -= scores.max(-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(-1, keepdims=True)
            seen = scores @ kept[1, :, :end]  # (heads, n, head)
            x = x + seen.transpose(1, 0, 2).reshape(n, s.width) @ out
            gate_and_up = _even(x) @ gate_up
            gate = gate_and_up[:, : s.inner]
            gate = gate / (1 + np.exp(-gate))
            x = x + (gate * gate_and_up[:, s.inner :]) @ down
        memory.length = end
        logits: Floats = (_even(x[-1:]) @ self._last)[0]
        return logits


def random_weights(shape: Shape, seed: int) -> dict[str, Floats]:
    """Weights that know nothing, for tests: what is written with them, code has not slipped in."""
    rng = np.random.default_rng(seed)

    def draw(*size: int) -> Floats:
        return (rng.standard_normal(size) * 0.05).astype(np.float32)

    w, inner = shape.width, shape.inner
    weights = {"model.embed_tokens.weight": draw(shape.vocabulary, w), "model.norm.weight": np.ones(w, np.float32)}
    for i in range(shape.layers):
        at = f"model.layers.{i}."
        weights |= {f"{at}self_attn.{letter}_proj.weight": draw(w, w) for letter in "qkvo"}
        weights |= {f"{at}mlp.{name}_proj.weight": draw(inner, w) for name in ("gate", "up")}
        weights[f"{at}mlp.down_proj.weight"] = draw(w, inner)
        weights |= {f"{at}{name}_layernorm.weight": np.ones(w, np.float32) for name in ("input", "post_attention")}
    return weights


def _even(x: Floats) -> Floats:
    """RMS norm without its gain."""
    size: Floats = np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + EPSILON)[:, None]
    return x / size


def pairs(weight: Floats, heads: int) -> Floats:
    """The rows of each head put from halves (all the first numbers, all the second) in pairs."""
    rows, width = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, width).transpose(0, 2, 1, 3).reshape(rows, width)


def _future(n: int, start: int) -> Floats:
    """(n, start + n): minus infinity where a token would look at a later one."""
    return np.triu(np.full((n, start + n), -np.inf, np.float32), start + 1)
