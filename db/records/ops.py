"""Ops: what the devices of one maker say of one pattern, each with its stamp, merged whatever order it comes in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from db.models import ProgressClamp
from db.records.cells import NoCells
from db.registers import BadStamp, Register, Stamp, Value, read_stamp, set_back, winner

View = dict[str, Any]

BAD_STAMP = {"code": "bad-stamp", "detail": "A stamp is <ms>-<counter>-<replica>, like 1764000000000-0-k3v9."}


class Ops:
    """The ops of one request, with the stamps that count: one far ahead is set back, a replay gets the same again."""

    def __init__(self, session: Transaction, maker_id: str, pattern_id: str, ops: list[View]) -> None:
        self.ops = ops
        self._session, self._maker_id, self._pattern_id = session, maker_id, pattern_id
        self._clamps = _clamps(session, maker_id, pattern_id, [op["id"] for op in ops])
        read = (_read(op["stamp"]) for op in ops)
        self._ahead = set_back((stamp for stamp in read if stamp), time.time_ns() // 1_000_000)

    def merge(
        self, into: dict[str, Register[Value]], named: Callable[[View], list[str]], said: Callable[[View], Value]
    ) -> tuple[View, set[str]]:
        """Merges them into these registers: {applied, superseded, refused}, and the cells that are changed.

        `named` are the cells of an op (it raises NoCells), `said` what it says of them all. An op is superseded when
        nothing of it holds.
        """
        result: View = {"applied": [], "superseded": [], "refused": []}
        changed: set[str] = set()
        for op in self.ops:
            try:
                cells, stamp = named(op), read_stamp(op["stamp"])
            except (NoCells, BadStamp) as fault:
                why = fault.why if isinstance(fault, NoCells) else BAD_STAMP
                result["refused"].append({"id": op["id"], **why})
                continue
            register = Register(self._counting(op["id"], stamp), said(op))
            holds = False
            for cell in cells:
                won = winner(into.get(cell), register)
                if won != into.get(cell):
                    changed.add(cell)
                into[cell] = won
                holds = holds or won == register
            result["applied" if holds else "superseded"].append({"id": op["id"], "stamp": str(register.stamp)})
        return result, changed

    def _counting(self, op_id: str, stamp: Stamp) -> Stamp:
        """The stamp that counts for this op."""
        if op_id in self._clamps:
            return self._clamps[op_id]
        if stamp not in self._ahead:
            return stamp
        self._clamps[op_id] = counts = self._ahead[stamp]
        key = {"maker_id": self._maker_id, "pattern_id": self._pattern_id, "op_id": op_id}
        self._session.add(ProgressClamp(**key, stamp=str(counts)))
        return counts


def _read(text: str) -> Stamp | None:
    try:
        return read_stamp(text)
    except BadStamp:
        return None


def _clamps(session: Transaction, maker_id: str, pattern_id: str, op_ids: list[str]) -> dict[str, Stamp]:
    found = session.execute(
        select(ProgressClamp.op_id, ProgressClamp.stamp).where(
            ProgressClamp.maker_id == maker_id,
            ProgressClamp.pattern_id == pattern_id,
            ProgressClamp.op_id.in_(op_ids),
        )
    )
    return {row.op_id: read_stamp(row.stamp) for row in found}
