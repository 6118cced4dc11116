"""Sight: who may see a pattern, and with it its jobs and their logs."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, TypeVar

from db.models import Pattern
from db.records.errors import Gone, NoSuchPattern, TakenDown


class Shown(Protocol):
    """What sight is judged by: a pattern, or a row that was read with these of its columns."""

    @property
    def id(self) -> str: ...
    @property
    def maker_id(self) -> str: ...
    @property
    def visibility(self) -> str: ...
    @property
    def deleted_at(self) -> datetime | None: ...
    @property
    def taken_down_at(self) -> datetime | None: ...


Seen = TypeVar("Seen", bound=Shown)


def seen(found: Seen | None, reader: str | None) -> Seen:
    """The pattern, for this reader. A private one is to everybody else as if it had never been, deleted or not.

    Raises NoSuchPattern, Gone or TakenDown.
    """
    if found is None or (found.visibility == "private" and found.maker_id != reader):
        raise NoSuchPattern
    if found.deleted_at is not None:
        raise Gone(found.id)
    if found.taken_down_at is not None:
        raise TakenDown(found.id)
    return found


def own(found: Pattern | None, maker_id: str) -> Pattern:
    """The pattern, for its maker alone; also one that was taken down. Raises NoSuchPattern or Gone."""
    if found is None or found.maker_id != maker_id:
        raise NoSuchPattern
    if found.deleted_at is not None:
        raise Gone(found.id)
    return found
