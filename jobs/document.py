"""Document: what the page shows of a sheet: its head, its pieces, and what code computes of the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crochet.craft import colours, yarn
from crochet.craft.fabric import Course
from crochet.page import sheet

Json = dict[str, Any]

_DEFAULT_GAUGE = 12.0  # stitches in 4 in, worsted
_SIZE_SLACK = 0.25  # of a side; the estimate itself is good to a fifth


def head_of(heading: sheet.Heading, notes: Sequence[sheet.Note], options: Mapping[str, Any]) -> Json:
    """The head as the API shows it; size and yarn amounts come with the end, when the rows are known."""
    layout = heading.layout
    return {
        "title": heading.title,
        "about": _true(heading),
        "item": heading.item,
        "palette": heading.palette,
        "terms": heading.terms,
        "yarn": {"weight": heading.yarn},
        "hook": {"mm": heading.hook_mm},
        "gauge": heading.gauge,
        "motif": heading.motif or None,
        "colours": [
            {"letter": each.letter, "name": each.name, "hex": each.hex, "metres": None} for each in heading.colours
        ],
        "layout": {
            "rows": layout.rows,
            "columns": layout.columns,
            "plan": layout.plan,
            "exchange": layout.exchange and list(layout.exchange),
            "exchanged": layout.exchanged,
        },
        "size": None,
        "notes": [{"code": note.code, "text": note.text} for note in (*notes, *_unmet(heading, options))],
    }


def whole(
    head: Json,
    pieces: Mapping[str, Json],
    courses: Mapping[str, Sequence[Course]],
    border: str | None,
    options: Mapping[str, Any],
) -> tuple[Json, Json]:
    """Head and pieces with what only the whole sheet tells: the finished size, yarn by colour.

    The first piece is the one that is laid out; `border`: the key of the one that goes around.
    """
    layout = head["layout"]
    first = next(iter(pieces))
    exchange = layout["exchange"] and tuple(layout["exchange"])
    worked = [
        yarn.PieceMade(
            piece["make"],
            tuple(courses[key]),
            border=key == border,
            apart=key not in (first, border),
            exchange=exchange,
            exchanged=len(layout["exchanged"]) if key == first else 0,
        )
        for key, piece in pieces.items()
        if courses.get(key)
    ]
    try:
        told = yarn.estimate(gauge(head["gauge"]), head["yarn"]["weight"], layout["rows"], layout["columns"], worked)
    except yarn.UnknownWeight:
        return head, dict(pieces)
    colours = [
        {**each, "metres": list(told.metres[each["letter"]]) if each["letter"] in told.metres else None}
        for each in head["colours"]
    ]
    size = {"width_in": told.width_in, "height_in": told.height_in} if told.width_in else None
    notes = head["notes"] + _unused(colours) + _size_unmet(size, options)
    return {**head, "colours": colours, "size": size, "notes": notes}, dict(pieces)


def gauge(text: str) -> float:
    """Stitches in 4 in, from `12 dc = 4 in`."""
    found = re.match(r"\s*(\d+(?:\.\d+)?)", text or "")
    return float(found[1]) if found and float(found[1]) > 0 else _DEFAULT_GAUGE


def _true(heading: sheet.Heading) -> str:
    """What the sheet says of itself, unless it speaks of a colour that it does not have."""
    listed = " ".join(each.name.lower() for each in heading.colours)
    return heading.about if all(name in listed for name, _ in colours.named(heading.about)) else ""


def _unmet(heading: sheet.Heading, options: Mapping[str, Any]) -> list[sheet.Note]:
    """What the maker fixed and the sheet has otherwise."""
    asked = {
        "terms": (options.get("terms"), heading.terms),
        "yarn": (options.get("yarn_weight"), heading.yarn),
        "item": (options.get("item"), heading.item),
    }
    notes = [
        sheet.Note(f"{name}-not-met", f"You asked for {wanted}; this pattern has {got}.")
        for name, (wanted, got) in asked.items()
        if wanted and str(wanted).lower() != str(got).lower()
    ]
    names = {each.name.casefold() for each in heading.colours}
    absent = [name for name in options.get("colours", ()) if name.casefold() not in names]
    if absent:
        notes.append(sheet.Note("colours-not-met", f"You asked for {', '.join(absent)}; this pattern has none."))
    if heading.palette == "our pick":
        notes.append(sheet.Note("palette-our-pick", "We know no colours for these words; the palette is our pick."))
    return notes


def _size_unmet(size: Json | None, options: Mapping[str, Any]) -> list[Json]:
    """Whether a side is more than a quarter off the size that was asked for; which way round does not matter."""
    if not size or not (asked := options.get("size")):
        return []
    try:
        wanted = yarn.size_of(str(options.get("item", "")), str(asked))
    except yarn.UnknownSize:
        return []
    got = sorted((size["width_in"], size["height_in"]))
    if all(abs(have / want - 1) <= _SIZE_SLACK for have, want in zip(got, sorted(wanted), strict=True)):
        return []
    text = (
        f"You asked for {asked}, about {wanted[0]:g} x {wanted[1]:g} in; this comes out at {got[0]:g} x {got[1]:g} in."
    )
    return [{"code": "size-not-met", "text": text}]


def _unused(colours: Sequence[Json]) -> list[Json]:
    return [
        {"code": "colour-unused", "text": f"{each['letter']} ({each['name']}) is listed, but no round uses it."}
        for each in colours
        if each["metres"] is None
    ]
