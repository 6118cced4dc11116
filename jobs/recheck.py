"""Recheck: what is kept as proven is worked again by today's compiler, and its verdict told as it is now.

The text of a row never changes. A row that is no longer proven says so, one that is proven by now says that.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import structlog

import crochet
from crochet.findings import Finding
from db import records
from jobs.draft import Draft

log = structlog.get_logger()

Json = dict[str, Any]
# Per pattern: what was proven is as it was; is proven no more; is counted otherwise; more is proven; nobody knows.
RESULTS = ("same", "lost", "differs", "gained", "broken")
_COUNTED = ("counts", "stitches", "spaces", "corners", "per_side", "groups")
_UNREAD = Finding("not-understood", "This line is not read as this row any more.", (0, 0)).row()


@cache
def checker() -> str:
    """A fingerprint of the compiler's own text: another one may judge otherwise."""
    digest, room = hashlib.sha256(), Path(crochet.__path__[0])
    for file in sorted(room.rglob("*.py")):
        digest.update(f"{file.relative_to(room)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def recheck_one() -> str | None:
    """Works one kept pattern again; gives its result, one of RESULTS. None: all are judged. Raises OperationalError."""
    kept = records.take_recheck(checker())
    if kept is None:
        return None
    try:
        verdict, rows = judged(kept.sheet, kept.rows)
    except Exception:  # the compiler's fault: it must not end the sweep
        log.exception("recheck broke", pattern=kept.pattern_id)
        return "broken"
    result = compared(kept, verdict, rows)
    changed = [new for old, new in zip(kept.rows, rows, strict=True) if _differs(old, new)]
    if (changed or verdict != kept.verdict) and not records.keep_recheck(kept, verdict, changed):
        return "same"  # it was deleted or written anew meanwhile
    if result != "same":
        log.warning("verdict changed", pattern=kept.pattern_id, result=result, rows=[row["key"] for row in changed])
    return result


def judged(sheet: str, kept: list[Json]) -> tuple[str, list[Json]]:
    """The verdict of a sheet as it is worked now, and its kept rows with what is found in each of them now."""
    draft = Draft({})
    now = {(one.report.key, one.report.text): one.report.row() for one in draft.take_up(sheet)}
    rows = [row | now.get((row["key"], row["text"]), {"verdict": "unchecked", "findings": [_UNREAD]}) for row in kept]
    return draft.worst([row["verdict"] for row in rows]), rows


def compared(kept: records.Kept, verdict: str, rows: list[Json]) -> str:
    """What has become of a pattern's proof: the worst that is true of any of its rows."""
    pairs = list(zip(kept.rows, rows, strict=True))
    proven = [(old, new) for old, new in pairs if old["verdict"] == "ok"]
    if (kept.verdict == "ok" and verdict != "ok") or any(new["verdict"] != "ok" for _, new in proven):
        return "lost"
    if any(_differs(old, new) for old, new in proven):
        return "differs"
    return "gained" if any(old["verdict"] != "ok" and new["verdict"] == "ok" for old, new in pairs) else "same"


def _differs(old: Json, new: Json) -> bool:
    """Whether verdict or counts are others; the words of a finding may change with every release."""
    return any(old.get(name) != new.get(name) for name in ("verdict", *_COUNTED))
