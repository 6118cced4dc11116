"""Text: a pattern as a sheet, in the language it was written in; `./knotty check` reads it again."""

from __future__ import annotations

import re
from typing import Any

from api.dialect import KEPT
from api.drawings import is_border
from crochet.craft import layouts

_WEIGHT = {"us": "US", "uk": "UK"}


def sheet(pattern: dict[str, Any]) -> str:
    """The whole pattern as plain text: head, pieces, rows. What has not been written yet is not there."""
    blocks = [_head(pattern), [f"Note: {note['text']}" for note in pattern["notes"] if note["code"] == KEPT]]
    for piece in pattern["pieces"]:
        lines = [row["text"] for row in piece["rows"]]
        named = piece["kind"] in ("rounds", "rows") and piece["name"] and not is_border(piece)
        many = f" (make {piece['make']})" if piece["make"] > 1 else ""
        blocks.append([f"Piece: {piece['name']}{many}", *lines] if named else lines)
    if pattern["verdict"] is not None:  # its job has ended well, and may be gone
        blocks[-1].append("End.")
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(pattern: dict[str, Any]) -> list[str]:
    layout, hook, yarn = pattern["layout"], pattern["hook"], pattern["yarn"]
    lines = [
        ("Title", pattern["title"]),
        ("Item", pattern["item"]),
        ("Palette", pattern["palette"]),
        *((colour["letter"], f"{colour['name']} {colour['hex']}") for colour in pattern["colours"]),
        ("Terms", _WEIGHT.get(pattern["terms"] or "")),
        ("Yarn", yarn and yarn["weight"]),
        ("Hook", hook and f"{hook['mm']:g} mm"),
        ("Gauge", pattern["gauge"]),
        ("Motif", pattern["motif"]),
        ("Layout", layout and _layout(layout)),
        ("About", pattern["about"]),
    ]
    return [f"{name}: {value}" for name, value in lines if value]


def _layout(layout: dict[str, Any]) -> str:
    pair = layout.get("exchange")
    exchange = (pair[0], pair[1]) if pair else None
    return layouts.Layout(layout["rows"], layout["columns"], layout["plan"], exchange).written()


def file_name(pattern: dict[str, Any], ending: str) -> str:
    """A name every system can keep: plain letters of the title, never a reserved word, never a path."""
    words = re.sub(r"[^a-z0-9]+", "-", (pattern["title"] or "").lower()).strip("-")[:60].strip("-")
    return f"{words}-pattern.{ending}" if words else f"pattern.{ending}"
