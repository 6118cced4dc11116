"""Rechecks: finished patterns that another compiler has judged, and what today's says of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select, update

from db.models import Json, Pattern, PatternRow
from db.session import Session


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished pattern as it is kept: its sheet, the verdict it was given, its rows as they are worked."""

    pattern_id: str
    sheet: str
    verdict: str
    rows: list[Json]


def take_recheck(checker: str) -> Kept | None:
    """A finished pattern that this compiler has not judged yet; each is given once, however many ask. None: no more.

    It counts as judged from now on: a text on which a process dies must not be the next one's first.
    """
    with Session.begin() as session:
        # Two ranges of an index, not `<>`: once all are judged, looking for one more costs nothing.
        other = or_(Pattern.checker < checker, Pattern.checker > checker)
        due = (
            select(Pattern.id)
            .where(Pattern.verdict.is_not(None), Pattern.deleted_at.is_(None), other)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        taken = session.scalars(
            update(Pattern).where(Pattern.id == due).values(checker=checker).returning(Pattern)
        ).one_or_none()
        if taken is None:
            return None
        rows = session.scalars(
            select(PatternRow.row).where(PatternRow.pattern_id == taken.id).order_by(PatternRow.position)
        ).all()
        return Kept(taken.id, taken.sheet, str(taken.verdict), list(rows))


def keep_recheck(kept: Kept, verdict: str, rows: list[Json]) -> bool:
    """Keeps a verdict and the rows that are judged otherwise than before. False: the pattern has changed meanwhile."""
    with Session.begin() as session:
        same = update(Pattern).where(
            Pattern.id == kept.pattern_id, Pattern.sheet == kept.sheet, Pattern.deleted_at.is_(None)
        )
        if session.execute(same.values(verdict=verdict).returning(Pattern.id)).one_or_none() is None:
            return False
        for row in rows:
            session.execute(
                update(PatternRow)
                .where(PatternRow.pattern_id == kept.pattern_id, PatternRow.key == row["key"])
                .values(verdict=row["verdict"], row=row)
            )
        return True
