"""Clock: Postgres's alone decides; a worker's, or a sweep's, may be an hour off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func


def now() -> Any:
    """When this statement began, to compare with. No index can be asked with `clock_timestamp()`."""
    return func.statement_timestamp()


def ago(seconds: float) -> Any:
    """So long before that."""
    return now() - timedelta(seconds=seconds)
