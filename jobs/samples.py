"""Samples: three finished patterns for who has no wish yet, as our model wrote them for the wishes in their files.

They lie in `samples/`, each named by a hash of its text: one that is written anew is another pattern, and who has
ticked rows of the old one keeps it. What is told of them is worked out by today's compiler, as of any pattern.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from db import records
from jobs import recheck
from jobs.draft import Draft

_FILES = Path(__file__).parent / "samples"


@cache
def sheets() -> dict[str, str]:
    """The ids of the samples, each with the name of its file."""
    return {_id(_parted(file)[1]): file.stem for file in sorted(_FILES.glob("*.txt"))}


def sample(name: str) -> records.Sample:
    """The sample in this file, as a job would have left it."""
    told, sheet = _parted(_FILES / f"{name}.txt")
    draft = Draft({})
    rows = [one.report.row() | {"result": "first"} for one in draft.take_up(sheet)]
    head, pieces, verdict = draft.whole()
    model, _, digest = told["Model"].partition(" ")
    return records.Sample(
        _id(sheet), sheet, head, pieces, rows, verdict, {"name": model, "digest": digest}, recheck.checker()
    )


def put_out() -> int:
    """Keeps those that are not there yet; gives how many. Raises OperationalError."""
    absent = records.absent_samples(sheets())
    return sum(records.keep_sample(sample(sheets()[each])) for each in absent)


def _parted(file: Path) -> tuple[dict[str, str], str]:
    """What the file says of a sheet, and the sheet."""
    above, _, sheet = file.read_text(encoding="utf-8").partition("\n\n")
    return dict(line.split(": ", 1) for line in above.splitlines()), sheet


def _id(sheet: str) -> str:
    digest = hashlib.sha256(sheet.encode()).digest()[:16]
    return f"pat_{base64.b32encode(digest).decode().rstrip('=').lower()}"
