"""Drawings: the rows of a pattern, worked once more, so that the chart can draw what they make."""

from __future__ import annotations

from typing import Any

from crochet import chart, work
from crochet.fabric import Course


def worked(pattern: dict[str, Any]) -> list[tuple[str, Course]]:
    """(key, finished row) of every row that could be worked to its end, in order."""
    layout = pattern["layout"]
    state = work.begin(pattern["terms"] or "us", (layout["rows"], layout["columns"]) if layout else None)
    found: list[tuple[str, Course]] = []
    for piece in pattern["pieces"]:
        if piece["kind"] in ("rounds", "rows") and not piece["rows"][0]["text"].lower().startswith("border"):
            state, _ = work.step(state, f"Piece: {piece['name'] or 'Piece'}")
        for row in piece["rows"]:
            state, report = work.step(state, row["text"])
            if report.course is not None:
                found.append((row["key"], report.course))
    return found


def chart_of(pattern: dict[str, Any], piece: str | None, upto: str | None) -> str:
    """The symbol chart of one piece as SVG: that of `upto`, else `piece`, else the first."""
    rows = worked(pattern)
    if piece and not upto:
        rows = [(key, course) for key, course in rows if key.partition("/")[0] == piece]
    colours = {colour["letter"]: colour["hex"] for colour in pattern["colours"]}
    return chart.svg(rows, colours, upto=upto, title=pattern["title"] or "")
