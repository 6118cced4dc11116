"""Patterns: the document, assembled from its head, its pieces and the rows accepted so far."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from db.models import Job, Pattern, PatternRow
from db.records.jobs import stamp
from db.records.sight import seen
from db.session import Session

View = dict[str, Any]

# What the head of a sheet says, before it has said it.
EMPTY_HEAD: View = {
    "title": None,
    "about": None,
    "item": None,
    "palette": None,
    "terms": None,
    "yarn": None,
    "hook": None,
    "gauge": None,
    "motif": None,
    "colours": [],
    "layout": None,
    "size": None,
    "notes": [],
}


def pattern(pattern_id: str, reader: str | None = None) -> View:
    """The document: {id, maker_id, visibility, job{id,status}, verdict, pieces[{key,name,make,kind,rows}], model,
    created_at} and all of its head. `job` is None when it ended so long ago that it is no longer kept. `reader` is who
    asks: a private one is there for its maker alone.

    Raises NoSuchPattern, Gone once its maker has deleted it, or TakenDown."""
    with Session() as session:
        # One picture: a row that is kept between two of these reads must not be half in it.
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        found = living(session, pattern_id, reader)
        return document(session, found)


def document(session: Transaction, found: Pattern) -> View:
    """A pattern in the shape the API shows."""
    job = session.execute(
        select(Job.id, Job.status).where(Job.pattern_id == found.id).order_by(Job.created_at.desc()).limit(1)
    ).one_or_none()
    rows = session.scalars(select(PatternRow).where(PatternRow.pattern_id == found.id).order_by(PatternRow.position))
    return {
        "id": found.id,
        "maker_id": found.maker_id,
        "visibility": found.visibility,
        "job": job and {"id": job.id, "status": job.status},
        **edited(EMPTY_HEAD | (found.head or {}), found.edits),
        "verdict": found.verdict,
        "pieces": pieces_of(found.pieces, [each.row for each in rows]),
        "model": found.model,
        "created_at": stamp(found.created_at),
    }


def edited(head: View, edits: View) -> View:
    """A head as its maker wants it."""
    swapped: View = edits.get("colours", {})
    colours = [_swapped(colour, swapped.get(colour["letter"])) for colour in head["colours"]]
    return head | {"title": edits.get("title", head["title"]), "colours": colours}


def _swapped(colour: View, other: View | None) -> View:
    """A yarn with another in its place, beside the one that it was written in."""
    written = {name: colour[name] for name in ("name", "hex")}
    return colour | (other or {}) | {"written": written if other not in (None, written) else None}


def pieces_of(pieces: View, rows: list[View]) -> list[View]:
    """Rows under their pieces, in the order they are worked."""
    shown = {key: {"key": key, **about, "rows": []} for key, about in pieces.items()}
    for row in rows:
        shown[row["key"].partition("/")[0]]["rows"].append(row)
    return sorted(shown.values(), key=lambda piece: int(piece["key"][1:]))


def living(session: Transaction, pattern_id: str, reader: str | None, lock: bool = False) -> Pattern:
    """A pattern that is there for this reader; locked, nobody else changes it meanwhile.

    Raises NoSuchPattern, Gone or TakenDown.
    """
    return seen(session.get(Pattern, pattern_id, with_for_update={"key_share": True} if lock else None), reader)
