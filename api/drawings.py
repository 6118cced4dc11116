"""Drawings: the rows of a pattern, worked once more, so that the chart can draw what they make."""

from __future__ import annotations

from typing import Any

from crochet import work
from crochet.craft.fabric import Course
from crochet.drawing.chart import svg
from crochet.drawing.preview import preview_svg

View = dict[str, Any]


def is_border(piece: View) -> bool:
    """A border's rows name themselves: `Border Rnd 1 (A): ...`."""
    return bool(piece["rows"]) and piece["rows"][0]["text"].lower().startswith("border")


def worked(pattern: View) -> list[tuple[str, Course]]:
    """(key, finished row) of every row that could be worked to its end, in order."""
    layout = pattern["layout"]
    state = work.begin(pattern["terms"] or "us", (layout["rows"], layout["columns"]) if layout else None)
    found: list[tuple[str, Course]] = []
    for piece in pattern["pieces"]:
        if piece["kind"] in ("rounds", "rows") and not is_border(piece):
            state, _ = work.step(state, f"Piece: {piece['name'] or 'Piece'}")
        for row in piece["rows"]:
            state, report = work.step(state, row["text"])
            if report.course is not None:
                found.append((row["key"], report.course))
    return found


def chart_of(pattern: View, piece: str | None, upto: str | None) -> str:
    """The symbol chart of one piece as SVG: that of `upto`, else `piece`, else the first."""
    rows = worked(pattern)
    if piece and not upto:
        rows = [(key, course) for key, course in rows if key.partition("/")[0] == piece]
    return svg(rows, _colours(pattern), upto=upto, title=pattern["title"] or "")


def preview_of(pattern: View) -> str:
    """The flat colour picture as SVG: the first piece in all its places, and the border around them."""
    of_piece: dict[str, list[Course]] = {}
    for key, course in worked(pattern):
        of_piece.setdefault(key.partition("/")[0], []).append(course)
    pieces = pattern["pieces"]
    main = next((piece["key"] for piece in pieces if piece["kind"] in ("rounds", "rows") and not is_border(piece)), "")
    border = [course for piece in pieces if is_border(piece) for course in of_piece.get(piece["key"], [])]
    seam = next((row["colour"] for piece in pieces if piece["kind"] == "seam" for row in piece["rows"]), None)
    layout = pattern["layout"] or {"rows": 1, "columns": 1}
    return preview_svg(
        layout["rows"],
        layout["columns"],
        of_piece.get(main, []),
        _colours(pattern),
        border=border,
        joining=seam,
        exchange=(exchange[0], exchange[1]) if (exchange := layout.get("exchange")) else None,
        exchanged=frozenset(layout.get("exchanged") or ()),
        title=pattern["title"] or "",
    )


def _colours(pattern: View) -> dict[str, str]:
    return {colour["letter"]: colour["hex"] for colour in pattern["colours"]}
