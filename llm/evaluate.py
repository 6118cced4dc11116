"""evaluate: how good first drafts are, before any repair: what the model card's figures come from.

seen     wishes about themes of the lexicon that the corpus has used
unseen   themes that it has never used, and words that are in no lexicon, half and half
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crochet import work
from llm import brief as briefs
from llm import corpus, wishes
from llm.shape import WEIGHTS

if TYPE_CHECKING:
    from llm.engine import Engine

KINDS = {"seen": (False, 0.0), "unseen": (True, 0.5)}  # kind -> held-out themes, share of odd words


@dataclass(slots=True)
class Tally:
    """What was counted over some wishes. Seconds are of one core."""

    wishes: int = 0
    whole: int = 0
    rows: int = 0
    rows_ok: int = 0
    rounds_asked: int = 0
    rounds_met: int = 0
    tokens: int = 0
    forced: int = 0
    seconds: float = 0.0
    first_row: list[float] = field(default_factory=list)
    structures: set[str] = field(default_factory=set)
    findings: Counter[str] = field(default_factory=Counter)

    def report(self) -> str:
        quick = sorted(self.first_row)
        lines = {
            "first drafts wholly ok": f"{self.whole} of {self.wishes}",
            "rows ok": f"{self.rows_ok} of {self.rows}",
            "asked rounds met": f"{self.rounds_met} of {self.rounds_asked}",
            "distinct structures": f"{len(self.structures)}",
            "tokens a sheet": f"{self.tokens / self.wishes:.0f}, {self.forced / self.tokens:.0%} of them forced",
            "core-seconds a sheet": f"{self.seconds / self.wishes:.3f} ({self.tokens / self.seconds:.0f} tokens/s)",
            "core-seconds to row 1": f"{quick[len(quick) // 2]:.3f}, 95th centile {quick[int(len(quick) * 0.95)]:.3f}",
            "findings": f"{dict(self.findings.most_common(6))}",
        }
        return "\n".join(f"{name:<24} {value}" for name, value in lines.items())


def measure(engine: Engine, kind: str, n: int, seed: str = "", tell: bool = False) -> Tally:
    """First drafts of n wishes of a kind, the same wishes for the same seed."""
    from llm.pen import Manner, Written

    rng = random.Random(f"evaluate {kind}{seed}")
    held_out, odd = KINDS[kind]
    themes = corpus.themes(held_out)
    tally = Tally()
    for number in range(n):
        asked = wishes.draw(rng, themes, odd)
        began, text, first = time.process_time(), "", 0.0
        for piece in engine.write(briefs.write(asked), Manner(seed=number, most=1500)):
            if isinstance(piece, Written):
                tally.tokens += piece.tokens
                tally.forced += piece.forced
                ended = piece.reason == "stop"
                break
            text += piece
            if not first and "\nRnd 1" in text and text.endswith("\n"):
                first = time.process_time() - began
        tally.seconds += time.process_time() - began
        tally.first_row.append(first or time.process_time() - began)
        _count(tally, asked, text, ended, tell)
    return tally


def _count(tally: Tally, asked: briefs.Brief, text: str, ended: bool, tell: bool) -> None:
    rows: list[dict[str, Any]] = [row for piece in work.check(text)["pieces"] for row in piece["rows"]]
    good = [row for row in rows if row["verdict"] == "ok"]
    tally.wishes += 1
    tally.whole += ended and len(good) == len(rows) > 0
    tally.rows += len(rows)
    tally.rows_ok += len(good)
    lines = text.split("\n")
    if asked.rounds:
        tally.rounds_asked += 1
        tally.rounds_met += sum(line.startswith("Rnd ") for line in lines) == asked.rounds
    made = [re.sub(r"\b[A-F]\b", "", line) for line in lines if line.startswith(("Rnd", "Row", "Border", "Layout"))]
    tally.structures.add("\n".join(made))
    for row in rows:
        if row["verdict"] != "ok":
            tally.findings.update(finding["id"] for finding in row["findings"])
            if tell:
                print(f"{asked.wish}\n  {row['text']}\n  {[finding['message'] for finding in row['findings']]}")


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from llm.engine import Engine

    parser = argparse.ArgumentParser(prog="python -m llm.evaluate", description="Measure first drafts.")
    parser.add_argument("--wishes", type=int, default=100)
    parser.add_argument("--seed", default="", help="any word: another list of wishes")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--tell", action="store_true", help="print each row that does not add up")
    wanted = parser.parse_args()
    engine = Engine.load(wanted.weights)
    for kind in KINDS:
        print(f"{kind}\n{measure(engine, kind, wanted.wishes, wanted.seed, wanted.tell).report()}\n", flush=True)


if __name__ == "__main__":
    main()
