"""process: one of the processes of a training. A module of its own: those that are started import it by its name."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import torch
import torch.distributed as dist

from llm import tensors
from llm.shape import Shape
from llm.training.data import Data
from llm.training.loop import CHECKPOINT, Course, Training
from llm.training.network import Mini


def make(rank: int, wanted: argparse.Namespace, meeting: Path | None = None) -> None:
    """Trains and writes the weights; with a meeting place, as one of several processes."""
    threads = wanted.threads or os.cpu_count() or 1
    torch.set_num_threads(max(1, threads // wanted.processes))
    if meeting is not None:
        dist.init_process_group("gloo", f"file://{meeting.resolve()}", rank=rank, world_size=wanted.processes)
    torch.manual_seed(wanted.seed)
    data = Data(wanted.work)
    shape = Shape.named(wanted.shape, len(data.tokens))
    model = Mini(shape)
    if not rank:
        sizes = f"{shape.parameters():,} parameters; {len(data):,} sheets, {len(data.ids):,} tokens"
        print(f"{sizes}, corpus sha256 {data.digest}", flush=True)
    if wanted.begin:
        model.load_state_dict(torch.load(wanted.begin / CHECKPOINT, weights_only=True)["model"])
    course = Course(count(wanted.tokens), wanted.batch, wanted.rate, wanted.decay)
    training = Training(model, data, course, wanted.work, wanted.stop_after)
    if wanted.resume:
        training.resume()
    went = training.run()
    if rank or wanted.stop_after:
        return
    shape.save(wanted.out / "config.json")
    data.tokens.save(wanted.out / "tokenizer.json")
    tensors.save(wanted.out / "model.safetensors", model.named())
    story = {"command": _command(wanted), "corpus": data.digest, "sheets": len(data), "drawn": len(data.ids)}
    story |= {"loss": went.loss(), "steps": went.step, "tokens": went.tokens, "seconds": round(went.seconds)}
    (wanted.out / "training.json").write_text(json.dumps(story, indent=1) + "\n")
    print(json.dumps(story), flush=True)


def _command(wanted: argparse.Namespace) -> str:
    """The arguments that decide what comes out; folders do not."""
    names = ("shape", "vocabulary", "tokens", "drawn", "seed", "processes", "batch", "rate", "decay")
    begun = " --begin ..." if wanted.begin else ""
    return " ".join(f"--{name} {getattr(wanted, name)}" for name in names) + begun


def count(text: str) -> int:
    """A number like 60M."""
    return int(float(text.removesuffix("M")) * (1e6 if text.endswith("M") else 1))
