"""Progress: one maker's ticks on one pattern, merged from any number of devices."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from db.models import PatternRow, Progress, ProgressClamp
from db.records.patterns import living
from db.registers import BadStamp, Register, Stamp, read_stamp, set_back, winner
from db.session import Session

View = dict[str, Any]
Cells = dict[str, Register]

UNKNOWN_CELL = {"code": "unknown-cell", "detail": "This pattern has no such row."}
BAD_STAMP = {"code": "bad-stamp", "detail": "A stamp is <ms>-<counter>-<replica>, like 1764000000000-0-k3v9."}


def progress(maker_id: str, pattern_id: str) -> View:
    """A maker's ticks: {cells: {cell: {done, stamp}}}; empty for who has none yet."""
    with Session() as session:
        return {"cells": _shown(_cells(session, maker_id, pattern_id))}


def merge_progress(maker_id: str, pattern_id: str, ops: list[View]) -> View:
    """Merges ticks [{id, cell, done, stamp}]: {applied, superseded, refused, cells}, each op under one of the three.

    The echoed stamp is the one that counts: a clock that runs ahead is set back, and a replay gets the same again.
    An unknown cell or an unreadable stamp refuses that op alone. Raises NoSuchPattern, Gone.
    """
    result: View = {"applied": [], "superseded": [], "refused": []}
    with Session.begin() as session:
        pattern = living(session, pattern_id, maker_id)
        cells = hold(session, maker_id, pattern_id)
        makes = {key: about.get("make", 1) for key, about in pattern.pieces.items()}
        keys = set(session.scalars(select(PatternRow.key).where(PatternRow.pattern_id == pattern_id)))
        clamps = _clamps(session, maker_id, pattern_id, [op["id"] for op in ops])
        read = (_read(op["stamp"]) for op in ops)
        ahead = set_back((stamp for stamp in read if stamp), time.time_ns() // 1_000_000)
        changed: set[str] = set()
        for op in ops:
            stamp = _read(op["stamp"])
            if stamp is None or not _known(op["cell"], keys, makes):
                result["refused"].append({"id": op["id"], **(BAD_STAMP if stamp is None else UNKNOWN_CELL)})
                continue
            if op["id"] in clamps:
                stamp = clamps[op["id"]]
            elif stamp in ahead:
                stamp = clamps[op["id"]] = ahead[stamp]
                session.add(ProgressClamp(maker_id=maker_id, pattern_id=pattern_id, op_id=op["id"], stamp=str(stamp)))
            held = Register(stamp, op["done"])
            won = winner(cells.get(op["cell"]), held)
            if won != cells.get(op["cell"]):
                changed.add(op["cell"])
            cells[op["cell"]] = won
            result["applied" if won == held else "superseded"].append({"id": op["id"], "stamp": str(stamp)})
        keep(session, maker_id, pattern_id, {cell: cells[cell] for cell in changed})
    return result | {"cells": _shown(cells)}


def hold(session: Transaction, maker_id: str, pattern_id: str) -> Cells:
    """The registers of a maker and a pattern; until the commit nobody else merges into them."""
    # Two phones may send at once.
    session.execute(select(func.pg_advisory_xact_lock(_lock(maker_id, pattern_id))))
    return _cells(session, maker_id, pattern_id)


def keep(session: Transaction, maker_id: str, pattern_id: str, cells: Cells) -> None:
    """Keeps these registers; the caller holds them."""
    if not cells:
        return
    rows = [
        {
            "maker_id": maker_id,
            "pattern_id": pattern_id,
            "cell": cell,
            "done": register.done,
            "stamp": str(register.stamp),
        }
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


def _read(text: str) -> Stamp | None:
    try:
        return read_stamp(text)
    except BadStamp:
        return None


def _cells(session: Transaction, maker_id: str, pattern_id: str) -> Cells:
    found = session.execute(
        select(Progress.cell, Progress.done, Progress.stamp).where(
            Progress.maker_id == maker_id, Progress.pattern_id == pattern_id
        )
    )
    return {row.cell: Register(read_stamp(row.stamp), row.done) for row in found}


def _clamps(session: Transaction, maker_id: str, pattern_id: str, op_ids: list[str]) -> dict[str, Stamp]:
    found = session.execute(
        select(ProgressClamp.op_id, ProgressClamp.stamp).where(
            ProgressClamp.maker_id == maker_id,
            ProgressClamp.pattern_id == pattern_id,
            ProgressClamp.op_id.in_(op_ids),
        )
    )
    return {row.op_id: read_stamp(row.stamp) for row in found}


def _known(cell: str, keys: set[str], makes: dict[str, int]) -> bool:
    """A row's key, with the copy's number where its piece is made many times: `p1/r3`, `p1#17/r3`."""
    piece, _, row = cell.partition("/")
    piece, many, copy = piece.partition("#")
    if f"{piece}/{row}" not in keys:
        return False
    return not many or (
        copy.isascii() and copy.isdigit() and len(copy) < 7 and copy[0] != "0" and int(copy) <= makes.get(piece, 1)
    )


def _shown(cells: Cells) -> View:
    return {cell: {"done": each.done, "stamp": str(each.stamp)} for cell, each in sorted(cells.items())}


def _lock(maker_id: str, pattern_id: str) -> int:
    digest = hashlib.blake2b(f"{maker_id} {pattern_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
