"""A pattern as a worker writes it, by the same records' verbs, for tests of what is shown of it."""

from __future__ import annotations

from typing import Any

from db import records

LEASE = 30.0
MODEL = {"name": "knotty-mini", "digest": "abc"}
HEAD: dict[str, Any] = {
    "title": "Punk Rock Riot",
    "about": "Dark in the middle, one loud edge.",
    "item": "blanket",
    "palette": "punk rock",
    "terms": "us",
    "yarn": {"weight": "worsted"},
    "hook": {"mm": 5},
    "gauge": "12 dc = 4 in",
    "motif": "classic granny square",
    "colours": [
        {"letter": "A", "name": "black", "hex": "#111111", "metres": None},
        {"letter": "B", "name": "hot pink", "hex": "#FF1493", "metres": None},
    ],
    "layout": {"rows": 3, "columns": 4, "plan": "one kind"},
    "size": None,
    "notes": [],
}
PIECES: dict[str, dict[str, Any]] = {
    "p1": {"name": "Square", "kind": "rounds", "make": 12},
    "p2": {"name": "Joining", "kind": "seam", "make": 1},
    "p3": {"name": "Border", "kind": "rounds", "make": 1},
    "p4": {"name": "Finishing", "kind": "finishing", "make": 1},
}
LINES = {
    "p1/r1": "Rnd 1 (A): Ch 4, join to form ring. Ch 3 (counts as dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep"
    " from * 2 more times, join. (12 dc, 4 ch-2 sps)",
    "p1/r2": "Rnd 2 (B): Join B in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, *(3 dc, ch 2, 3 dc) in next"
    " ch-2 sp, ch 1; rep from * 2 more times, join. (24 dc, 4 ch-2 sps, 4 ch-1 sps)",
    "p2/r1": "Joining (A): Whip stitch through the back loops.",
    "p3/r1": "Border Rnd 1 (A): Sc in each st and ch-1 sp around, 2 sc in each joint, 3 sc in each corner sp, join.",
    "p4/r1": "Finishing: Weave in ends, block.",
}
COUNTS = {"p1/r1": ({"dc": 12}, {"2": 4}), "p1/r2": ({"dc": 24}, {"1": 4, "2": 4})}


def row(key: str) -> dict[str, Any]:
    """One row as the checker reports it and composing keeps it."""
    counts, spaces = COUNTS.get(key, ({}, {}))
    label = LINES[key].split(":")[0].split(" (")[0]
    return {
        "key": key,
        "label": label,
        "number": int(key[-1]),
        "colour": "B" if "(B)" in LINES[key] else "A",
        "text": LINES[key],
        "span": [0, len(LINES[key])],
        "verdict": "ok",
        "anchor": "computed",
        "counts": counts,
        "stitches": sum(counts.values()),
        "spaces": spaces,
        "corners": 4,
        "per_side": None,
        "groups": None,
        "declared": None,
        "findings": [],
        "result": "first",
    }


def start(job_id: str) -> None:
    """Claim the job and write its head."""
    records.claim(job_id, LEASE, MODEL)
    records.set_head(job_id, 1, HEAD, len(LINES), "Title: Punk Rock Riot\n", LEASE)


def add(job_id: str, key: str) -> None:
    """Write one row."""
    piece = key.partition("/")[0]
    records.add_row(job_id, 1, {"key": piece, **PIECES[piece]}, row(key), LINES[key] + "\n", LEASE)


def finish(job_id: str) -> None:
    """End the job well."""
    usage = {"prompt_tokens": 41, "output_tokens": 288, "model_seconds": 0.9}
    records.finish(job_id, 1, HEAD, PIECES, "ok", usage, "End.\n")


def whole(job_id: str) -> None:
    """From the claim to the end."""
    start(job_id)
    for key in LINES:
        add(job_id, key)
    finish(job_id)
