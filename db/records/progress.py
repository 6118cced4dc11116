"""Progress: one maker's ticks on one pattern, merged from any number of devices."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from db.models import Progress
from db.records import ops as sent
from db.records.cells import rows_of
from db.records.patterns import living
from db.registers import Register, read_stamp
from db.session import Session

View = dict[str, Any]
Cells = dict[str, Register[bool]]


def progress(maker_id: str, pattern_id: str) -> View:
    """A maker's ticks: {cells: {cell: {done, stamp}}}; empty for who has none yet."""
    with Session() as session:
        return {"cells": _shown(_cells(session, maker_id, pattern_id))}


def merge_progress(maker_id: str, pattern_id: str, ops: list[View]) -> View:
    """Merges ticks [{id, cell, done, stamp}]: {applied, superseded, refused, cells}, each op under one of the three.

    Instead of `cell` an op may have `from` and `to`: all rows from one to the other, of one copy of one piece.
    The echoed stamp is the one that counts: a clock that runs ahead is set back, and a replay gets the same again.
    An unknown cell, a range that is none or an unreadable stamp refuses that op alone. Raises NoSuchPattern, Gone.
    """
    with Session.begin() as session:
        pattern = living(session, pattern_id, maker_id)
        cells = hold(session, maker_id, pattern_id)
        merging = sent.Ops(session, maker_id, pattern_id, ops)
        result, changed = merging.merge(cells, rows_of(session, pattern).named, lambda op: bool(op["done"]))
        keep(session, maker_id, pattern_id, {cell: cells[cell] for cell in changed})
    return result | {"cells": _shown(cells)}


def hold(session: Transaction, maker_id: str, pattern_id: str) -> Cells:
    """The registers of a maker and a pattern; until the commit nobody else merges into them."""
    sent.hold(session, maker_id, pattern_id)
    return _cells(session, maker_id, pattern_id)


def keep(session: Transaction, maker_id: str, pattern_id: str, cells: Cells) -> None:
    """Keeps these registers; the caller holds them."""
    if not cells:
        return
    mine = {"maker_id": maker_id, "pattern_id": pattern_id}
    rows = [
        mine | {"cell": cell, "done": register.value, "stamp": str(register.stamp)}
        for cell, register in sorted(cells.items())
    ]
    added = insert(Progress)
    session.execute(
        added.on_conflict_do_update(
            index_elements=["maker_id", "pattern_id", "cell"],
            set_={"done": added.excluded.done, "stamp": added.excluded.stamp},
        ),
        rows,
    )


def _cells(session: Transaction, maker_id: str, pattern_id: str) -> Cells:
    found = session.execute(
        select(Progress.cell, Progress.done, Progress.stamp).where(
            Progress.maker_id == maker_id, Progress.pattern_id == pattern_id
        )
    )
    return {row.cell: Register(read_stamp(row.stamp), row.done) for row in found}


def _shown(cells: Cells) -> View:
    return {cell: {"done": each.value, "stamp": str(each.stamp)} for cell, each in sorted(cells.items())}
