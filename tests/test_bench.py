"""The bench: every part of it runs and finds finite figures, and what it finds comes into its own place."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import results
from bench.__main__ import PARTS, ROOT


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=400)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_runs_and_finds_finite_figures(name: str) -> None:
    before = results.RESULTS.read_text()

    ran = bench(name, "--quick")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    rows = [line.split(" | ")[1:] for line in ran.stdout.splitlines() if line.startswith("| ")]
    figures = [figure for cells in rows[1:] for cell in cells for figure in re.findall(r"\d[\d,.]*", cell)]
    assert figures
    assert not re.search(r"\b(nan|inf)\b", ran.stdout)
    assert results.RESULTS.read_text() == before


def test_every_part_has_its_place_in_the_results(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    page.write_text(results.RESULTS.read_text())

    for name in PARTS:
        results.write(name, f"What {name} found.", page)
        results.write(name, f"What {name} found then.", page)

    told = page.read_text()
    assert [told.count(f"What {name} found then.") for name in PARTS] == [1] * len(PARTS)
    assert "found." not in told
    with pytest.raises(ValueError, match="no place for"):
        results.write("nothing", "?", page)


def test_a_part_that_nobody_knows_is_refused_with_those_that_there_are() -> None:
    ran = bench("moonlight")

    assert ran.returncode == 2
    assert all(name in ran.stderr for name in PARTS)
