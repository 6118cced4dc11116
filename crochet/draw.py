"""The chart command: `python -m crochet.draw [--piece P] [--left] [--terms us|uk|auto] FILE` prints an SVG.

What is not in the picture is told on standard error. Exit 0: drawn, and every row adds up. 1: drawn, with an error
ringed. 2: not drawn, or not all of it, or bad usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crochet.craft.fabric import Course
from crochet.drawing.chart import Look, svg
from crochet.drawing.paper import goes_back
from crochet.files import Unreadable, run, text_of
from crochet.findings import worst
from crochet.page import sheet
from crochet.work import pieces_of
from crochet.working.report import Piece, RowReport

# A picture of more stitches than this is no use to anyone.
MOST_STITCHES = 20_000


class NoChart(Exception):
    """There is nothing to draw; its message says why, in words."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, the verdict of its rows, and a sentence for each row that is not in it."""

    svg: str
    verdict: str
    missing: tuple[str, ...]


def draw(text: str, terms: str = "auto", piece: str | None = None, look: Look | None = None) -> Drawing:
    """The chart of the first piece that has one, or of the one named by its key or its name. Raises NoChart."""
    read, _, found, pieces = pieces_of(text, terms)
    if not pieces:
        raise NoChart(next((one.message for one in found if one.severity == "unchecked"), "No row was found in it."))
    chosen = _chosen(pieces, piece)
    reports = [row for row, _ in chosen.rows]
    rows = _rows(reports)
    if not rows:
        said = next((one.message for row in reports for one in row.findings), "Nothing of it is worked.")
        raise NoChart(f"No row of it could be worked to its end. {reports[0].label}: {said}")
    if sum(len(course.stitches) for _, course in rows) > MOST_STITCHES:
        raise NoChart(f"It has more than {MOST_STITCHES:,} stitches: too many for one picture.")
    if why := _undrawable(rows[0][1]):
        raise NoChart(why)
    shown = replace(look or Look(), terms=read, found=_found(reports))
    drawn = {key for key, _ in rows}
    return Drawing(
        svg(rows, _colours(text), title=chosen.name or "", look=shown),
        worst(row.verdict for row in reports),
        tuple(_missing(row) for row in reports if row.key not in drawn),
    )


def _chosen(pieces: Sequence[Piece], wanted: str | None) -> Piece:
    """The piece that is meant."""
    if wanted is None:
        return next((one for one in pieces if _rows([row for row, _ in one.rows])), pieces[0])
    for one in pieces:
        if wanted.lower() in (one.key, (one.name or "").lower()):
            return one
    there = ", ".join(f"{one.key} ({one.name})" if one.name else one.key for one in pieces[:20])
    raise NoChart(f"It has no piece “{wanted}”. It has {there}.")


def _rows(reports: Sequence[RowReport]) -> list[tuple[str, Course]]:
    """Each row as worked; one that does not add up as the row after it takes it to be, and none that was half read."""
    found: list[tuple[str, Course]] = []
    for i, row in enumerate(reports):
        after = reports[i + 1] if i + 1 < len(reports) else None
        taken = row.verdict != "ok" and after is not None and after.anchor in ("fixed", "declared")
        course = after.stood if taken and after else row.course if row.verdict != "unchecked" else None
        if course is not None and course.stitches:
            found.append((row.key, replace(course, colour=row.colour)))
    return found


def _undrawable(first: Course) -> str | None:
    """Why there is no chart for pieces that begin so; None: there is one."""
    if not first.closed and any(stitch.foot.place == "ring" for stitch in first.stitches):
        return "It is worked in rows out of a ring, and there is no chart for that yet."
    if first.closed and goes_back(first):
        return "It is worked around both sides of a chain, and there is no chart for an oval yet."
    return None


def _found(reports: Sequence[RowReport]) -> dict[str, tuple[int, ...]]:
    """Rows with an error, and the places of the row below that it is about."""
    errors = {row.key: [one for one in row.findings if one.severity == "error"] for row in reports}
    return {key: tuple(place for one in found for place in one.places) for key, found in errors.items() if found}


def _missing(row: RowReport) -> str:
    why = next((one.message for one in row.findings if one.severity != "warning"), "nothing is worked in it.")
    return f"{row.label} is not drawn: {why}"


def _colours(text: str) -> Mapping[str, str]:
    """The yarns that the text lists by letter; none: the chart is drawn in inks."""
    lines = [line for line, _ in sheet.logical(text)]
    if not any(isinstance(said := sheet.read_line(line), sheet.Head) and len(said.key) == 1 for line in lines):
        return {}
    return {one.letter: one.hex for one in sheet.heading(lines)[0].colours}


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the chart of a piece."""
    parser = argparse.ArgumentParser(
        prog="./knotty chart",
        description="Draw the symbol chart of a crochet pattern as SVG: ./knotty chart FILE > chart.svg",
        epilog="Exit 0: drawn, and every row adds up. 1: drawn, with what is wrong ringed. 2: not drawn, or not all.",
    )
    parser.add_argument("--piece", metavar="P", help="which piece: its name, or p1, p2, ...; else the first")
    parser.add_argument("--left", action="store_true", help="for a left hand: mirrored, the numbers not")
    parser.add_argument("--terms", choices=("us", "uk", "auto"), default="auto", help="whose dc it is; auto finds out")
    parser.add_argument("file", metavar="FILE", help="a pattern, as plain text; - reads from stdin")
    wanted = parser.parse_args(argv)
    try:
        look = Look(left=wanted.left, detail=True, paper=True)
        drawn = draw(text_of(wanted.file), wanted.terms, wanted.piece, look)
    except (Unreadable, NoChart) as fault:
        print(f"{wanted.file}: no chart. {fault}", file=sys.stderr)
        return 2
    sys.stdout.write(drawn.svg + "\n")
    for sentence in drawn.missing:
        print(f"{wanted.file}: {sentence}", file=sys.stderr)
    return 1 if drawn.verdict == "error" else 2 if drawn.missing or drawn.verdict != "ok" else 0


if __name__ == "__main__":
    raise SystemExit(run(main))
