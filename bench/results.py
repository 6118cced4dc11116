"""Results: RESULTS.md, of which each part of the bench writes what stands between its own two markers."""

from __future__ import annotations

from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"


def write(name: str, told: str, page: Path = RESULTS) -> None:
    """Puts this in the place of what the part has told before. Raises ValueError when it has no place."""
    command = name if name.startswith("bench.") else f"bench {name}"  # one with a program of its own
    begin, end = (f"<!-- {which}: python -m {command} -->" for which in ("begin", "end"))
    before, found, rest = page.read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{page.name} has no place for {name}: {begin}")
    page.write_text(f"{before}{begin}\n\n{told.strip()}\n\n{end}{after}")
