"""places: where the steps leave what the next one takes, when nothing else is said."""

from __future__ import annotations

from pathlib import Path

WORK = Path(__file__).parents[1] / "runs" / "llama"
TRAIN = WORK / "train.jsonl"
VALIDATION = WORK / "validation.jsonl"
ADAPTER = WORK / "adapter"
GGUF = WORK / "llama-knotty.gguf"
