"""Prompts: a wish becomes the brief that a model reads, in the shape its server wants.

The brief is always eight lines `Name: value`; what the maker left open is `any`. The model's room reads the same
lines, and trains on the same shapes; golden files in tests/prompts/ bind both sides, neither imports the other.

    plain    brief, empty line, the sheet so far
    llama3   system, brief; the sheet so far as the assistant's open turn. After a row that was not accepted: that turn
             closed, the row and the finding as a user's turn, and an open turn that begins with the row's label.
             A model that was never trained on sheets is shown some, each with its brief, before the brief.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

Shape = Literal["plain", "llama3"]

_SPECIAL = re.compile(r"<\|.*?\|>")  # live in a raw prompt: a maker's text must never hold one
_JOINER = "\u200d"  # holds an emoji together

_SYSTEM = (
    "You write granny-square crochet patterns in ordinary notation, one instruction a line and nothing else. First "
    "the head: Title, Item, Palette, the yarns A to F with their colours, Terms, Yarn, Hook, Gauge, Motif, Layout, "
    "About. Then Piece and its rounds, Joining, Border rounds, further pieces with their rows, Finishing, and End. as "
    "the last line. Every round names its yarn in brackets and ends with the number of stitches it makes; a border's "
    "may leave the number out."
)
_EXAMPLES = Path(__file__).parent / "examples"


class Repair(NamedTuple):
    """A row that was not accepted, what the checker found in it, and the label to write again."""

    line: str
    finding: str
    label: str


def variant(job_id: str, options: Mapping[str, Any]) -> int:
    """Which of many patterns for one wish: the maker's seed, else a number drawn from the job's id."""
    return int(options["seed"]) if "seed" in options else zlib.crc32(job_id.encode()) % 1_000_000


def brief(prompt: str, options: Mapping[str, Any], number: int) -> str:
    """The eight lines and an empty one."""
    values = {
        "Wish": clean(prompt),
        "Item": clean(options.get("item", "")),
        "Size": options.get("size", ""),
        "Rounds": str(options.get("rounds", "")),
        "Colours": ", ".join(clean(name) for name in options.get("colours", ())),
        "Yarn": options.get("yarn_weight", ""),
        "Terms": options.get("terms", "").upper(),
        "Variant": str(number),
    }
    return "".join(f"{name}: {value or 'any'}\n" for name, value in values.items()) + "\n"


def clean(text: str) -> str:
    """One line of a maker's words: NFC, no control characters, none of a model's own marks."""
    text = _SPECIAL.sub(" ", unicodedata.normalize("NFC", text))
    kept = (" " if unicodedata.category(sign)[0] == "C" and sign != _JOINER else sign for sign in text)
    return " ".join("".join(kept).split())


def shaped(
    shape: Shape, brief: str, sheet: str, start: str = "", repair: Repair | None = None, examples: Sequence[str] = ()
) -> str:
    """The raw prompt: the brief, then the sheet so far and `start`, as the text to go on with.

    The beginning never changes within a job, so that the server's prefix cache holds. `repair` and `examples` are for
    `llama3` alone: a small model has learnt from whole sheets, and reads nothing else.
    """
    if shape == "plain":
        return brief + sheet + start
    told = [_turn("system", _SYSTEM)]
    for example in examples:
        asked, _, answer = example.partition("\n\n")
        told += [_turn("user", asked), _turn("assistant", answer)]
    told.append(_turn("user", brief))
    sheet = _SPECIAL.sub(" ", sheet)  # the model's own words: they too could speak as somebody else
    if repair is not None:
        again = f"{repair.line}\nNot accepted. {repair.finding}\nWrite {repair.label} again and go on."
        told += [_turn("assistant", sheet), _turn("user", _SPECIAL.sub(" ", again))]
        sheet, start = "", start or repair.label
    return "".join((*told, "<|start_header_id|>assistant<|end_header_id|>\n\n", sheet, start))


def _turn(role: str, words: str) -> str:
    return f"<|start_header_id|>{role}<|end_header_id|>\n\n{words.strip()}<|eot_id|>"


@cache
def examples(number: int) -> tuple[str, ...]:
    """So many briefs with the sheets that answer them, as `plain` has them; there are two."""
    return tuple(path.read_text() for path in sorted(_EXAMPLES.glob("*.txt"))[: max(0, number)])
