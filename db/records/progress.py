"""Progress: one maker's ticks and notes on one pattern, merged from any number of devices."""

from __future__ import annotations

from typing import Any

from db.records.cells import rows_of
from db.records.marks import NOTES, TICKS
from db.records.ops import Ops
from db.records.patterns import living
from db.session import Session

View = dict[str, Any]


def progress(maker_id: str, pattern_id: str) -> View:
    """What a maker has ticked and noted: {cells: {cell: {done, stamp}}, notes: {row: {text, stamp}}}."""
    with Session() as session:
        return {
            "cells": TICKS.shown(TICKS.read(session, maker_id, pattern_id)),
            "notes": NOTES.shown(NOTES.read(session, maker_id, pattern_id)),
        }


def merge_progress(maker_id: str, pattern_id: str, ops: list[View]) -> View:
    """Merges ticks [{id, cell, done, stamp}]: {applied, superseded, refused, cells}, each op under one of the three.

    Instead of `cell` an op may have `from` and `to`: all rows from one to the other, of one copy of one piece.
    The echoed stamp is the one that counts: a clock that runs ahead is set back, and a replay gets the same again.
    An unknown cell, a range that is none or an unreadable stamp refuses that op alone. Raises NoSuchPattern, Gone.
    """
    with Session.begin() as session:
        pattern = living(session, pattern_id, maker_id)
        cells = TICKS.hold(session, maker_id, pattern_id)
        merging = Ops(session, maker_id, pattern_id, ops)
        result, changed = merging.merge(cells, rows_of(session, pattern).named, lambda op: bool(op["done"]))
        TICKS.keep(session, maker_id, pattern_id, {cell: cells[cell] for cell in changed})
    return result | {"cells": TICKS.shown(cells)}


def merge_notes(maker_id: str, pattern_id: str, ops: list[View]) -> View:
    """Merges notes [{id, row, text, stamp}] as ticks are merged: {applied, superseded, refused, notes}.

    One note a row, so a pattern has no more notes than rows; no text takes it away. Raises NoSuchPattern, Gone.
    """
    with Session.begin() as session:
        pattern = living(session, pattern_id, maker_id)
        notes = NOTES.hold(session, maker_id, pattern_id)
        merging = Ops(session, maker_id, pattern_id, ops)
        result, changed = merging.merge(notes, rows_of(session, pattern).noted, lambda op: str(op["text"]))
        NOTES.keep(session, maker_id, pattern_id, {cell: notes[cell] for cell in changed})
    return result | {"notes": NOTES.shown(notes)}
