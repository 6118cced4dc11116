"""How long the checker takes: `python -m pytest bench/bench_check.py`, on one quiet core.

Figures to look at and to quote as ratios; nothing here passes or fails by the clock.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crochet import work
from crochet.grammar.notation import parse
from tests.squares import Style, classic, sheet, solid

ROOT = Path(__file__).parent.parent
FAMILIES = {"classic": classic, "solid": solid}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_ten_round_square_parsed_and_checked(benchmark, family):
    text = "\n".join(FAMILIES[family](10))

    assert benchmark(work.check, text, "us")["verdict"] == "ok"


def test_a_ten_round_square_parsed_only(benchmark):
    rows = [row.partition(":")[2] for row in classic(10)]

    benchmark(lambda: [parse(row) for row in rows])


@pytest.mark.parametrize("rounds", [5, 10, 20, 40])
def test_cost_against_length(benchmark, rounds):
    """A square's text grows with the square of its rounds; so may the time, and no faster."""
    text = "\n".join(classic(rounds, Style(around=True)))
    benchmark.extra_info["characters"] = len(text)

    assert benchmark(work.check, text, "us")["verdict"] == "ok"


def test_a_wide_round_with_a_wrong_count_and_its_fixes(benchmark):
    rows = solid(24)
    rows[-1] = rows[-1].replace("(380 dc", "(381 dc")

    assert benchmark(work.check, "\n".join(rows), "us")["verdict"] == "error"


def test_a_wide_round_with_a_wrong_repeat_and_its_fixes(benchmark):
    rows = solid(24)
    rows[-1] = rows[-1].replace("rep from * 2 more times", "rep from * 3 more times")

    assert benchmark(work.check, "\n".join(rows), "us")["verdict"] == "error"


def test_a_thousand_patterns_through_the_command(benchmark, tmp_path):
    files = []
    for k in range(1000):
        rows = (classic, solid)[k % 2](3 + k % 6, Style(uk=k % 5 == 0, brackets=k % 3 == 0))
        path = tmp_path / f"{k}.txt"
        path.write_text(sheet(rows, terms="UK" if k % 5 == 0 else "US"))
        files.append(str(path))
    command = [sys.executable, "-m", "crochet", "--json", *files]

    done = benchmark.pedantic(
        subprocess.run, args=(command,), kwargs={"cwd": ROOT, "capture_output": True, "check": True}, rounds=3
    )

    assert {json.loads(line)["verdict"] for line in done.stdout.splitlines()} == {"ok"}
