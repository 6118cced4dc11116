"""dataset: what a Llama is tuned on: briefs with the sheets that answer them, and rows to be written again.

A line of the files is {"prompt", "completion"}: a prompt in the worker's own shape, and what should follow. The same
seed gives the same files. Themes kept back for evaluation are in neither file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from llm import brief as briefs
from llm import corpus
from llm.finetune import chat, slips
from llm.finetune.places import TRAIN

REPAIRS = 0.15
VALIDATED = 50  # one in so many more is kept apart for validation


class Example(NamedTuple):
    """A prompt and what should follow it. `kind`: `sheet`, or of which kind the row's slip is."""

    prompt: str
    completion: str
    kind: str


def examples(seed: int, n: int) -> Iterator[Example]:
    """n examples, none twice."""
    seen: set[str] = set()
    repairs = 0
    kept_back = {theme.name for theme in corpus.themes(held_out=True)}
    for number, (asked, sheet) in enumerate(corpus.pairs(seed, 10**9)):
        if _palette(sheet) in kept_back:  # named by chance: words that mean nothing may sound like a theme
            continue
        slip = None
        if repairs < REPAIRS * (len(seen) + 1):
            slip = slips.draw(random.Random(f"finetune {seed} {number}"), sheet)
        one = _example(briefs.write(asked), sheet, slip)
        if one.prompt not in seen:
            seen.add(one.prompt)
            repairs += slip is not None
            yield one
        if len(seen) == n:
            return


def _palette(sheet: str) -> str:
    """The theme whose colours a sheet has."""
    said = re.search(r"(?m)^Palette: (?:near )?(.*)$", sheet)
    return said[1] if said else ""


def _example(brief: str, sheet: str, slip: slips.Slip | None) -> Example:
    """A sheet from its brief, or the rest of it from a row that was wrong."""
    if slip is None:
        return Example(chat.prompt(brief), sheet.rstrip("\n"), "sheet")
    return Example(chat.prompt(brief, slip.before, repair=slip.repair), slip.right, slip.kind)


def write(path: Path, drawn: list[Example]) -> str:
    """Writes a file; gives its SHA-256."""
    lines = (json.dumps({"prompt": one.prompt, "completion": one.completion}, ensure_ascii=False) for one in drawn)
    text = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(text)
    return hashlib.sha256(text).hexdigest()


def statistics(drawn: list[Example]) -> str:
    """What is in a file, in lines of `name  value`."""
    kinds = Counter(one.kind for one in drawn)
    repairs = len(drawn) - kinds.pop("sheet", 0)
    told = {
        "examples": f"{len(drawn):,}",
        "of them repairs": f"{repairs:,} ({repairs / len(drawn):.1%})",
        **{f"  {kind}": f"{count:,}" for kind, count in kinds.most_common()},
        "characters of a prompt": _spread([len(one.prompt) for one in drawn]),
        "characters to learn": _spread([len(one.completion) for one in drawn]),
        "characters in all": f"{sum(len(one.prompt) + len(one.completion) for one in drawn):,}",
    }
    return "\n".join(f"{name:<24} {value}" for name, value in told.items())


def _spread(sizes: list[int]) -> str:
    return f"{sum(sizes) / len(sizes):,.0f} on average, {max(sizes):,} at most"


def main(words: list[str]) -> int:
    """Writes the two files and prints what is in them."""
    parser = argparse.ArgumentParser(prog="./knotty finetune dataset", description="Write what a Llama is tuned on.")
    parser.add_argument("--n", type=int, default=20_000, help="examples to train on; 2 %% more to validate")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=TRAIN)
    parser.add_argument("--validation", type=Path, help="beside it, validation.jsonl, when left out")
    wanted = parser.parse_args(words)
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    drawn = list(examples(wanted.seed, wanted.n + max(1, wanted.n // VALIDATED)))
    validation = wanted.validation or wanted.out.with_name("validation.jsonl")
    for path, part in ((wanted.out, drawn[: wanted.n]), (validation, drawn[wanted.n :])):
        digest = write(path, part)
        sys.stdout.write(f"{path}\n{statistics(part)}\n{'sha256':<24} {digest}\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
