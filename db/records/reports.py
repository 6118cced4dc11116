"""Reports: what a maker says is wrong with a row. Kept with the pattern, for whoever runs the site."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from db.models import PatternRow, Report
from db.records.errors import NoSuchRow
from db.records.jobs import stamp
from db.records.patterns import living
from db.session import Session

View = dict[str, Any]


def report(maker_id: str, pattern_id: str, row_key: str | None, says: str) -> View:
    """Keeps a report on one row, or on the whole pattern, with the row's words as they are now.

    One a maker, a pattern and a row: said again, it is said anew. Raises NoSuchPattern, Gone, TakenDown, NoSuchRow.
    """
    with Session.begin() as session:
        living(session, pattern_id, maker_id)
        text = ""
        if row_key is not None:
            row = session.get(PatternRow, (pattern_id, row_key))
            if row is None:
                raise NoSuchRow(row_key)
            text = str(row.row["text"])
        said = insert(Report).values(
            pattern_id=pattern_id, maker_id=maker_id, row_key=row_key or "", says=says, text=text
        )
        kept = session.scalars(
            said.on_conflict_do_update(
                index_elements=["pattern_id", "maker_id", "row_key"],
                set_={"says": says, "text": text, "created_at": func.clock_timestamp()},
            ).returning(Report)
        ).one()
        return view(kept)


def reports_of(maker_id: str, pattern_id: str) -> list[View]:
    """A maker's own reports on a pattern: [{row, says, text, created_at}]. Raises NoSuchPattern, Gone, TakenDown."""
    with Session() as session:
        living(session, pattern_id, maker_id)
        found = session.scalars(
            select(Report)
            .where(Report.pattern_id == pattern_id, Report.maker_id == maker_id)
            .order_by(Report.created_at, Report.row_key)
        )
        return [view(each) for each in found]


def view(found: Report) -> View:
    """A report in the shape the API shows."""
    return {
        "row": found.row_key or None,
        "says": found.says,
        "text": found.text or None,
        "created_at": stamp(found.created_at),
    }
