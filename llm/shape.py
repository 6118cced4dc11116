"""shape: the size of a model, as its config.json says it (the keys of a Llama configuration), and where ours lies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

NAME = "knotty-mini"
WEIGHTS = Path(__file__).parent / "weights" / NAME
CONTEXT = 1536  # a square of 24 rounds in few words, brief and head included
ROPE_BASE = 10_000.0
EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Shape:
    """Width, layers, heads, the width inside a block, tokens known."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    context: int = CONTEXT

    @classmethod
    def named(cls, name: str, vocabulary: int) -> Self:
        """`192x5`: width and layers; heads of 32, an inner width of 8/3, rounded to 32."""
        width, layers = (int(part) for part in name.split("x"))
        return cls(width, layers, width // 32, round(width * 8 / 3 / 32) * 32, vocabulary)

    @classmethod
    def load(cls, path: Path) -> Self:
        said = json.loads(path.read_text())
        return cls(
            said["hidden_size"],
            said["num_hidden_layers"],
            said["num_attention_heads"],
            said["intermediate_size"],
            said["vocab_size"],
            said["max_position_embeddings"],
        )

    def save(self, path: Path) -> None:
        config = {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "hidden_size": self.width,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.heads,
            "intermediate_size": self.inner,
            "vocab_size": self.vocabulary,
            "max_position_embeddings": self.context,
            "rope_theta": ROPE_BASE,
            "rms_norm_eps": EPSILON,
            "hidden_act": "silu",
            "tie_word_embeddings": True,
            "bos_token_id": 256,
            "torch_dtype": "float16",
        }
        path.write_text(json.dumps(config, indent=1) + "\n")

    def parameters(self) -> int:
        block = 4 * self.width**2 + 3 * self.width * self.inner + 2 * self.width
        return self.vocabulary * self.width + self.layers * block + self.width
