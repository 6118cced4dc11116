"""Basket: a maker's patterns, the newest worked first: those they asked for, and others' on which they tick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Integer, String, and_, case, func, or_, select, tuple_, union
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session as Transaction

from db.models import Job, Pattern, PatternRow, Progress
from db.records.cursors import read_cursor, write_cursor
from db.records.jobs import stamp
from db.records.patterns import EMPTY_HEAD, edited
from db.session import Session

View = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def patterns_of(maker_id: str, limit: int = 20, cursor: str | None = None) -> View:
    """A page of a maker's patterns with their progress: {data, next_cursor}. Raises BadCursor.

    Worked is what is ticked, by the clock of whoever ticked it, or asked for. What has been deleted or taken down, and
    what others keep private, is not there.
    """
    scope = f"patterns {maker_id}"
    ticked = (
        select(Progress.pattern_id, func.max(_moment(Progress.stamp)).label("ms"))
        .where(Progress.maker_id == maker_id)
        .group_by(Progress.pattern_id)
        .cte("ticked")
    )
    asked = sql_cast(func.floor(func.extract("epoch", Pattern.created_at) * 1000), BigInteger)
    worked = func.greatest(asked, func.coalesce(ticked.c.ms, 0))
    own = Pattern.maker_id == maker_id
    # Named first: each of the two has its index, "own or ticked" has none and would look at every pattern there is.
    theirs = union(select(Pattern.id).where(own), select(ticked.c.pattern_id))
    wanted = (
        select(Pattern, worked.label("worked"))
        .outerjoin(ticked, ticked.c.pattern_id == Pattern.id)
        .where(Pattern.id.in_(theirs), or_(own, Pattern.visibility == "link"))
        .where(Pattern.deleted_at.is_(None), Pattern.taken_down_at.is_(None))
    )
    if cursor:
        moment, last = read_cursor(scope, cursor)
        wanted = wanted.where(tuple_(worked, Pattern.id) < (int(moment), last))
    with Session() as session:
        found = session.execute(wanted.order_by(worked.desc(), Pattern.id.desc()).limit(limit + 1)).all()
        page = _entries(session, maker_id, found[:limit])
    last_of = found[limit - 1] if len(found) > limit else None
    more = write_cursor(scope, [str(last_of.worked), last_of.Pattern.id]) if last_of else None
    return {"data": page, "next_cursor": more}


def _entries(session: Transaction, maker_id: str, found: Sequence[Any]) -> list[View]:
    ids = [each.Pattern.id for each in found]
    jobs = _jobs(session, ids)
    rows, done = _rows(session, ids), _done(session, maker_id, ids)
    return [
        _entry(each.Pattern, each.worked, maker_id)
        | _asked(jobs.get(each.Pattern.id), maker_id)
        | {"progress": {"done": done.get(each.Pattern.id, 0), "of": rows.get(each.Pattern.id, 0)}}
        for each in found
    ]


def _entry(found: Pattern, worked: int, maker_id: str) -> View:
    head = edited(EMPTY_HEAD | (found.head or {}), found.edits)
    return {
        "id": found.id,
        "own": found.maker_id == maker_id,
        "title": head["title"],
        "item": head["item"],
        "colours": head["colours"],
        "visibility": found.visibility,
        "verdict": found.verdict,
        "created_at": stamp(found.created_at),
        "worked_at": stamp(_EPOCH + timedelta(milliseconds=worked)),
    }


def _asked(job: Any, maker_id: str) -> View:
    """What a pattern's latest job says of it; the wish is its maker's alone. A job that is gone says nothing."""
    if job is None:
        return {"prompt": None, "job": None}
    return {"prompt": job.prompt if job.maker_id == maker_id else None, "job": {"id": job.id, "status": job.status}}


def _jobs(session: Transaction, ids: list[str]) -> dict[str, Any]:
    """Of each pattern its latest job."""
    latest = (
        select(Job.pattern_id, Job.id, Job.status, Job.maker_id, Job.prompt)
        .where(Job.pattern_id.in_(ids))
        .ext(distinct_on(Job.pattern_id))
        .order_by(Job.pattern_id, Job.created_at.desc())
    )
    return {row.pattern_id: row for row in session.execute(latest)}


def _make(piece: Any) -> Any:
    """How many of a piece are made."""
    return func.coalesce(sql_cast(Pattern.pieces[piece]["make"].astext, Integer), 1)


def _rows(session: Transaction, ids: list[str]) -> dict[str, int]:
    """Of each pattern how many rows there are to work: every copy of a piece has its own."""
    piece = func.split_part(PatternRow.key, "/", 1, type_=String)
    wanted = (
        select(Pattern.id, func.sum(_make(piece)).label("rows"))
        .join(PatternRow, PatternRow.pattern_id == Pattern.id)
        .where(Pattern.id.in_(ids))
        .group_by(Pattern.id)
    )
    return {row.id: int(row.rows) for row in session.execute(wanted)}


def _done(session: Transaction, maker_id: str, ids: list[str]) -> dict[str, int]:
    """Of each pattern how many of those this maker has ticked."""
    key = func.regexp_replace(Progress.cell, "#[0-9]+", "", type_=String)
    piece = func.split_part(key, "/", 1, type_=String)
    one_of_many = func.strpos(Progress.cell, "#") > 0
    wanted = (
        select(Pattern.id, func.count().label("done"))
        .join(Progress, Progress.pattern_id == Pattern.id)
        .join(PatternRow, and_(PatternRow.pattern_id == Pattern.id, PatternRow.key == key))
        .where(Pattern.id.in_(ids), Progress.maker_id == maker_id, Progress.done)
        .where(case((_make(piece) > 1, one_of_many), else_=~one_of_many))
        .group_by(Pattern.id)
    )
    return {row.id: row.done for row in session.execute(wanted)}


def _moment(stamped: Any) -> Any:
    return sql_cast(func.split_part(stamped, "-", 1), BigInteger)
