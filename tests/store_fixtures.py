"""The store's fixtures: the session bound to this test's database, a maker, a job of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from db import records, session
from settings import Settings

LEASE = 30.0
MODEL = {"name": "knotty-mini", "digest": None}
SQUARE = {"key": "p1", "name": "Square", "kind": "rounds", "make": 12}


@pytest.fixture
def store(settings: Settings) -> Iterator[Settings]:
    """Records speak to this test's own database."""
    engine = session.bind(settings)
    yield settings
    engine.dispose()


@pytest.fixture
def maker(store: Settings) -> str:
    """A maker's id."""
    return records.mint_maker("phone")[0]


@pytest.fixture
def job(maker: str) -> dict[str, Any]:
    """A job that waits."""
    return records.open_job(maker, "punk rock blanket", {"rounds": 3}, {"order": "A-113"})


def row(number: int, verdict: str = "ok", result: str = "first") -> dict[str, Any]:
    """A row as composing hands it over, as far as the store looks at it."""
    return {"key": f"p1/r{number}", "text": f"Rnd {number}: ...", "verdict": verdict, "result": result}


def head(title: str = "Punk Rock Blanket") -> dict[str, Any]:
    """A head as composing hands it over, as far as the store looks at it."""
    return {"title": title, "colours": [], "notes": []}
