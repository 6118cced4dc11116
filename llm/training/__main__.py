"""Makes knotty-mini from nothing: corpus, tokens, training, weights.

Run by `./knotty train-mini`, in a virtual environment of its own that has torch. Stops at a budget of tokens, not of
minutes. Checkpoints lie beside the corpus in the work folder; `--resume` goes on from the last.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

import torch

from llm.shape import WEIGHTS
from llm.training.data import draw
from llm.training.process import count, make


def main() -> None:
    """Draws the corpus, then trains in as many processes as asked."""
    wanted = _arguments().parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    wanted.out.mkdir(parents=True, exist_ok=True)
    if wanted.begin:
        shutil.copy(wanted.begin / "tokenizer.json", wanted.work)
    draw(wanted.work, wanted.seed, min(count(wanted.tokens), count(wanted.drawn)), wanted.vocabulary)
    if wanted.processes == 1:
        make(0, wanted)
    else:
        meeting = wanted.work / f"meeting-{time.time_ns()}"
        torch.multiprocessing.spawn(make, (wanted, meeting), wanted.processes)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./knotty train-mini", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shape", default="192x5", help="width x layers")
    parser.add_argument("--vocabulary", type=int, default=2048)
    parser.add_argument("--tokens", default="20M", help="the budget, like 60M")
    parser.add_argument("--drawn", default="60M", help="the most that is drawn; a bigger budget passes over it again")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=0, help="0: all cores, shared by the processes")
    # Threads meet after every product of matrices, processes once a step: on a busy machine that is far quicker.
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--batch", type=int, default=3072, help="tokens a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate")
    parser.add_argument("--decay", type=float, default=0.5, help="the last part of training, in which the rate falls")
    parser.add_argument("--begin", type=Path, help="a work folder whose model and tokens are trained further")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--stop-after", type=int, default=0, help="end after this step, without weights: resume later")
    parser.add_argument("--work", type=Path, default=Path("llm/runs/mini"), help="corpus and checkpoints")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    return parser


if __name__ == "__main__":
    main()
