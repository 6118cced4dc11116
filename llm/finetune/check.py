"""check: whether a converted adapter does to llama.cpp's Llama what PEFT's does to its own: the same logits.

PEFT runs base and adapter; the replica runs the same base in llama.cpp's order with the GGUF. What is compared is all
logits of one text, and what the adapter changes of them: a small adapter could hide a great mistake.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from llm.finetune import adapter, chat, replica
from llm.finetune.places import ADAPTER, GGUF
from llm.finetune.sft import OFFLINE
from llm.model import Floats

MOST_ERROR = 1e-3
_BRIEF = "Wish: punk rock blanket\nItem: any\nSize: any\nRounds: 3\nColours: any\nYarn: any\nTerms: US\nVariant: 7\n\n"
_SHEET = "Title: Punk Rock Riot\nItem: blanket\nPalette: punk rock\nA: black #111111\n"


class Errors(NamedTuple):
    """Relative errors: of the logits, and of what the adapter changes of them."""

    logits: float
    change: float

    @property
    def small(self) -> bool:
        return max(self) <= MOST_ERROR


def compare(base: Path, tuned: Path, gguf: Path, layers: int | None = None) -> Errors:
    """Works one text both ways; with only the first layers of a base that is too large for this machine."""
    import torch
    from peft import PeftModel
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

    config = AutoConfig.from_pretrained(base, local_files_only=True)
    config.num_hidden_layers = min(layers or config.num_hidden_layers, config.num_hidden_layers)
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    ids = tokenizer(chat.prompt(_BRIEF, _SHEET))["input_ids"]
    plain = AutoModelForCausalLM.from_pretrained(base, config=config, local_files_only=True, dtype=torch.float32)
    weights = {name: weight.numpy() for name, weight in plain.state_dict().items()}
    model = PeftModel.from_pretrained(plain, tuned).eval()
    with torch.no_grad():
        theirs = model(torch.tensor([ids])).logits[0].numpy()
        with model.disable_adapter():
            untuned = model(torch.tensor([ids])).logits[0].numpy()
    ours = replica.logits(replica.base(config.to_dict(), weights), adapter.read(gguf), ids)
    return Errors(_relative(ours, theirs, theirs), _relative(ours, theirs, theirs - untuned))


def _relative(ours: Floats, theirs: Floats, to: Floats) -> float:
    size = float(np.linalg.norm(to))
    return float(np.linalg.norm(ours - theirs)) / size if size else float("inf")


def main(words: list[str]) -> int:
    """Prints the errors; 1 when they are too large."""
    parser = argparse.ArgumentParser(prog="./knotty finetune check", description="Compare a GGUF with PEFT's adapter.")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adapter", type=Path, default=ADAPTER, help="the folder that training wrote")
    parser.add_argument("--gguf", type=Path, default=GGUF)
    parser.add_argument(
        "--layers", type=int, help="only the first so many, where the whole base is more than memory holds"
    )
    wanted = parser.parse_args(words)
    os.environ.update(OFFLINE)
    errors = compare(wanted.base, wanted.adapter, wanted.gguf, wanted.layers)
    verdict = "as PEFT's" if errors.small else f"NOT as PEFT's: at most {MOST_ERROR:g} is allowed"
    sys.stdout.write(f"error of the logits {errors.logits:.2g}, of their change {errors.change:.2g}: {verdict}\n")
    return 0 if errors.small else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
