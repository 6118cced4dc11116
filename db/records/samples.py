"""Samples: patterns that every Knotty has from the start. Their maker has no device, so nobody changes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from db.models import Json, Maker, Pattern, PatternRow
from db.session import Session

HOUSE = "mkr_house"


@dataclass(frozen=True, slots=True)
class Sample:
    """A finished pattern as a job would have left it, and the compiler that has judged it."""

    pattern_id: str
    sheet: str
    head: Json
    pieces: Json
    rows: Sequence[Json]
    verdict: str
    model: Json
    checker: str


def absent_samples(pattern_ids: Iterable[str]) -> list[str]:
    """Those of them that are not kept yet; one that was taken down is kept."""
    wanted = list(pattern_ids)
    with Session() as session:
        kept = set(session.scalars(select(Pattern.id).where(Pattern.id.in_(wanted))))
        return [each for each in wanted if each not in kept]


def keep_sample(sample: Sample) -> bool:
    """Keeps a sample, in one commit. False: it is there already, and stays as it is."""
    with Session.begin() as session:
        session.execute(insert(Maker).values(id=HOUSE).on_conflict_do_nothing())
        kept = insert(Pattern).values(
            id=sample.pattern_id,
            maker_id=HOUSE,
            sheet=sample.sheet,
            head=sample.head,
            pieces=sample.pieces,
            verdict=sample.verdict,
            model=sample.model,
            checker=sample.checker,
            finished_at=func.now(),
        )
        if session.execute(kept.on_conflict_do_nothing().returning(Pattern.id)).one_or_none() is None:
            return False
        session.add_all(
            PatternRow(
                pattern_id=sample.pattern_id,
                key=row["key"],
                position=position,
                verdict=row["verdict"],
                result=row["result"],
                row=row,
            )
            for position, row in enumerate(sample.rows)
        )
        return True
