"""network: the Llama that `llm.model` runs, as torch trains it."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from llm.shape import EPSILON, ROPE_BASE, Shape

BLOCK = 96  # queries worked at once: none of them looks at what lies behind its block, so half the work falls away


def rotary(length: int, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """cos and sin (length, size/2) of the rotation by position."""
    speed = ROPE_BASE ** (-torch.arange(0, size, 2).float() / size)
    angle = torch.outer(torch.arange(length).float(), speed)
    return angle.cos(), angle.sin()


def turn(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Rotates the halves of each head against each other, as Llama's published weights expect."""
    low, high = x.chunk(2, -1)
    return torch.cat((low * cos - high * sin, high * cos + low * sin), -1)


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """What each token takes from those up to itself. For heads as small as ours twice as quick as torch's own."""
    future = q.new_full((BLOCK, BLOCK), -math.inf).triu(1)
    before = k.transpose(-1, -2)
    length, seen = q.shape[-2], []
    for start in range(0, length, BLOCK):
        end = min(start + BLOCK, length)
        scores = q[..., start:end, :] @ before[..., :end]
        scores[..., start:] += future[: end - start, : end - start]
        seen.append(torch.softmax(scores, -1) @ v[..., :end, :])
    return torch.cat(seen, -2)


class Block(nn.Module):
    """Attention, then the gated inner layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.before_attention = nn.RMSNorm(shape.width, EPSILON)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)
        self.before_inner = nn.RMSNorm(shape.width, EPSILON)
        self.gate_up = nn.Linear(shape.width, 2 * shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        split = self.qkv(self.before_attention(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = split.permute(2, 0, 3, 1, 4)
        q = turn(q, cos, sin) / math.sqrt(width // self.heads)
        seen = attend(q.to(v.dtype), turn(k, cos, sin).to(v.dtype), v)
        x = x + self.out(seen.transpose(1, 2).reshape(batch, length, width))
        gate, up = self.gate_up(self.before_inner(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Mini(nn.Module):
    """A Llama with tied embeddings."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.last = nn.RMSNorm(shape.width, EPSILON)
        cos, sin = rotary(shape.context, shape.width // shape.heads)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, weights in self.named_parameters():
            if weights.dim() == 2:
                deep = name.endswith(("out.weight", "down.weight"))
                nn.init.normal_(weights, std=0.02 if not deep else 0.02 / math.sqrt(2 * shape.layers))

    def forward(self, ids: torch.Tensor, wanted: torch.Tensor | None = None) -> torch.Tensor:
        """Logits of what follows each token, or only of the tokens where `wanted` is true."""
        length = ids.shape[1]
        x = self.embed(ids)
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length])
        return F.linear(self.last(x if wanted is None else x[wanted]), self.embed.weight)

    def named(self) -> dict[str, np.ndarray]:
        """The weights under the names of a Llama checkpoint."""
        found = {"model.embed_tokens.weight": self.embed.weight, "model.norm.weight": self.last.weight}
        for i, block in enumerate(self.blocks):
            at = f"model.layers.{i}"
            for letter, part in zip("qkv", block.qkv.weight.chunk(3), strict=True):
                found[f"{at}.self_attn.{letter}_proj.weight"] = part
            found[f"{at}.self_attn.o_proj.weight"] = block.out.weight
            for letter, part in zip(("gate", "up"), block.gate_up.weight.chunk(2), strict=True):
                found[f"{at}.mlp.{letter}_proj.weight"] = part
            found[f"{at}.mlp.down_proj.weight"] = block.down.weight
            found[f"{at}.input_layernorm.weight"] = block.before_attention.weight
            found[f"{at}.post_attention_layernorm.weight"] = block.before_inner.weight
        return {name: weights.detach().float().numpy() for name, weights in found.items()}
