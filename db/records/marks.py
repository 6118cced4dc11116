"""Marks: the registers of one maker and one pattern as the store keeps them: ticks in a table, notes in another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Generic

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from db.models import Progress, RowNote, table
from db.registers import Register, Value, read_stamp, winner

View = dict[str, Any]


@dataclass(frozen=True)
class Marks(Generic[Value]):
    """One kind of marks: its table, and the column that holds what was said."""

    model: type[Progress] | type[RowNote]
    value: str

    def read(self, session: Transaction, maker_id: str, pattern_id: str) -> dict[str, Register[Value]]:
        """What a maker has said of a pattern, by cell."""
        kept = table(self.model).c
        wanted = select(kept.cell, kept[self.value], kept.stamp)
        found = session.execute(wanted.where(kept.maker_id == maker_id, kept.pattern_id == pattern_id))
        return {cell: Register(read_stamp(stamp), value) for cell, value, stamp in found}

    def hold(self, session: Transaction, maker_id: str, pattern_id: str) -> dict[str, Register[Value]]:
        """The same; until the commit nobody else merges into them: two phones may send at once."""
        digest = hashlib.blake2b(f"{maker_id} {pattern_id}".encode(), digest_size=8).digest()
        session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(digest, signed=True))))
        return self.read(session, maker_id, pattern_id)

    def keep(self, session: Transaction, maker_id: str, pattern_id: str, registers: dict[str, Register[Value]]) -> None:
        """Keeps these; the caller holds them."""
        if not registers:
            return
        mine = {"maker_id": maker_id, "pattern_id": pattern_id}
        rows = [
            mine | {"cell": cell, self.value: each.value, "stamp": str(each.stamp)}
            for cell, each in sorted(registers.items())
        ]
        added = insert(self.model)
        said = {name: added.excluded[name] for name in (self.value, "stamp")}
        keys = ["maker_id", "pattern_id", "cell"]
        session.execute(added.on_conflict_do_update(index_elements=keys, set_=said), rows)

    def take_over(self, session: Transaction, old: str, into: str) -> None:
        """What one maker has said merges into what another has: for each cell the greater stamp holds."""
        kept = table(self.model).c
        theirs = select(kept.pattern_id).where(kept.maker_id == old).distinct().order_by(kept.pattern_id)
        for pattern_id in session.scalars(theirs).all():
            held = self.hold(session, into, pattern_id)
            brought = self.read(session, old, pattern_id)
            won = {cell: winner(held.get(cell), each) for cell, each in brought.items()}
            self.keep(session, into, pattern_id, won)

    def shown(self, registers: dict[str, Register[Value]]) -> View:
        """As the API shows them: {cell: {done, stamp}}, or {cell: {text, stamp}}."""
        return {cell: {self.value: each.value, "stamp": str(each.stamp)} for cell, each in sorted(registers.items())}


TICKS: Marks[bool] = Marks(Progress, "done")
NOTES: Marks[str] = Marks(RowNote, "text")
