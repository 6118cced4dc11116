"""Prompts: a wish becomes the brief that a model reads, in the shape its server wants.

The brief is always eight lines `Name: value`; what the maker left open is `any`. The model's room reads the same
lines; golden files in tests/prompts/ bind both sides, neither imports the other.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping
from typing import Any, Literal

Shape = Literal["plain", "llama3"]

_SPECIAL = re.compile(r"<\|.*?\|>")  # live in a raw prompt: a maker's text must never hold one
_JOINER = "\u200d"  # holds an emoji together

_SYSTEM = (
    "You write granny-square crochet patterns in ordinary notation, one instruction a line, in the order: head lines, "
    "Piece, rounds, Joining, Border, Finishing, End. Every round declares its stitch count."
)


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


def shaped(shape: Shape, brief: str, sheet: str) -> str:
    """The raw prompt: the brief, then the sheet so far as the text to go on with.

    The beginning never changes within a job, so that the server's prefix cache holds.
    """
    if shape == "plain":
        return brief + sheet
    return (
        f"<|start_header_id|>system<|end_header_id|>\n\n{_SYSTEM}<|eot_id|>"
        f"<|start_header_id|>user<|end_header_id|>\n\n{brief.rstrip()}<|eot_id|>"
        f"<|start_header_id|>assistant<|end_header_id|>\n\n{sheet}"
    )
