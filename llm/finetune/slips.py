"""slips: rows of good sheets with one thing written wrong, and what the checker says of them.

Only what the worker would ask the model to write again: a slip that the checker does not notice, and one that the
worker mends by itself, by changing one number, are no lesson.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crochet import work
from crochet.page import sheet as sheets
from llm.finetune.chat import Repair

_STITCHES = {
    "US": {"sc": "hdc", "hdc": "dc", "dc": "tr", "tr": "dc"},
    "UK": {"dc": "htr", "htr": "tr", "tr": "dtr", "dtr": "tr"},
}
_LABEL = re.compile(r"[\w ]+?\d+ \([A-F]\): ")
_ROW = re.compile(r"(?:Rnd|Row|Border Rnd) \d+ \(")


class Slip(NamedTuple):
    """A kind of slip, the row with it, and what is then asked: the lines before it, the finding, the right lines."""

    kind: str
    before: str
    repair: Repair
    right: str


def draw(rng: random.Random, sheet: str) -> Slip | None:
    """One slip in one row of a sheet. None: none that the model would be asked to write again."""
    lines = sheet.splitlines()
    rows = [at for at, line in enumerate(lines) if _ROW.match(line)]
    rng.shuffle(rows)
    states = _states(lines)
    for at in rows[:3]:
        for kind, wrong in changes(rng, lines[at], _terms(lines)):
            if repair := _asked_again(states[at], wrong):
                before = "".join(f"{line}\n" for line in lines[:at])
                return Slip(kind, before, repair, "\n".join(lines[at:]).removeprefix(repair.label))
    return None


def changes(rng: random.Random, line: str, terms: str) -> Iterator[tuple[str, str]]:
    """(kind, the row with that slip): every kind once, in a random order, at a random place."""
    label = _LABEL.match(line)
    start = label.end() if label else 0
    body, bracket, declared = line[start:].rpartition(" (")
    if not re.match(r"\d", declared):
        body, bracket, declared = line[start:], "", ""
    found: dict[str, list[str]] = {
        "declared count": [f"{body}{bracket}{text}" for text in _numbers(declared)],
        "number": [f"{text}{bracket}{declared}" for text in _numbers(body)],
        "stitch": [f"{text}{bracket}{declared}" for text in _swapped(body, _STITCHES[terms])],
        "chain dropped": [f"{text}{bracket}{declared}" for text in _dropped(body)],
    }
    kinds = [kind for kind, texts in found.items() if texts]
    rng.shuffle(kinds)
    for kind in kinds:
        yield kind, line[:start] + rng.choice(found[kind])


def _numbers(words: str) -> Iterator[str]:
    """Each number made one or two more or less; not that of a kind of space (`ch-2`), nor of a place (`2nd`)."""
    for one in re.finditer(r"(?<![\w-])\d+(?!\d*(?:st|nd|rd|th)\b)", words):
        for by in (-2, -1, 1, 2):
            if int(one[0]) + by > 0:
                yield f"{words[: one.start()]}{int(one[0]) + by}{words[one.end() :]}"


def _swapped(words: str, stitches: dict[str, str]) -> Iterator[str]:
    """Each stitch written as its neighbour."""
    for one in re.finditer(rf"(?i)(?<![\w-])({'|'.join(stitches)})(?![\w-])", words):
        other = stitches[one[0].lower()]
        yield words[: one.start()] + (other.capitalize() if one[0][0].isupper() else other) + words[one.end() :]


def _dropped(words: str) -> Iterator[str]:
    """Each chain between two groups left out."""
    for one in re.finditer(r"(?i), ch \d+(?=[,;\])])", words):
        yield words[: one.start()] + words[one.end() :]


def _terms(lines: Sequence[str]) -> str:
    return "UK" if "Terms: UK" in lines else "US"


def _states(lines: Sequence[str]) -> list[work.State]:
    """What the checker knows before each line."""
    heading, _ = sheets.heading(list(lines))
    state = work.begin(heading.terms, (heading.layout.rows, heading.layout.columns))
    states = []
    begun = False
    for line in lines:
        states.append(state)
        begun = begun or line.startswith("Piece: ")
        if begun and line != "End.":
            state, _ = work.step(state, line)
    return states


def _asked_again(state: work.State, wrong: str) -> Repair | None:
    """The row and its finding, where the worker would throw it away."""
    _, report = work.step(state, wrong)
    if report.verdict == "ok":
        return None
    errors = [finding for finding in report.findings if finding.severity != "warning"]
    if [finding.id for finding in errors] == ["declared-mismatch"] and any(
        _even(state, work.apply(wrong, fix.edits)) for fix in errors[0].fixes
    ):
        return None
    return Repair(wrong, (errors or list(report.findings))[0].message, report.label)


def _even(state: work.State, line: str) -> bool:
    """Whether a row adds up and has equal sides."""
    _, report = work.step(state, line)
    return report.verdict == "ok" and len(set(report.row()["per_side"] or ())) <= 1
