"""The terminal: a pattern's rows with their counts and seals, plain where nobody watches, and a clear end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from embedded import terminal
from embedded.children import CannotStart

ROOT = Path(__file__).resolve().parent.parent
HEAD = {
    "title": "Punk Rock Riot",
    "about": "Dark in the middle, one loud edge.",
    "colours": [{"letter": "A", "name": "black", "hex": "#111111", "metres": None}],
    "yarn": {"weight": "worsted"},
    "hook": {"mm": 5},
    "gauge": "12 dc = 4 in",
    "notes": [{"code": "palette-our-pick", "text": "The colours are our pick."}],
}
ROW = {"label": "Rnd 1", "colour": "A", "text": "Ch 4, join to form ring. (12 dc)", "verdict": "ok", "findings": []}
BAD = ROW | {"label": "Rnd 2", "verdict": "error", "findings": [{"message": "This makes 20 dc; 24 were said."}]}


def told(capsys: pytest.CaptureFixture[str], printer: terminal.Printer, *events: tuple[str, dict]) -> tuple[str, str]:
    for kind, data in events:
        printer.show(kind, data)
    said = capsys.readouterr()
    return said.out, said.err


def plain() -> terminal.Printer:
    return terminal.Printer("http://localhost:8000/p/pat_x", colour=False, watched=False)


def test_a_pattern_is_printed_as_it_comes(capsys: pytest.CaptureFixture[str]) -> None:
    head = ("head.written", {"head": HEAD, "rows_expected": 1})
    out, err = told(capsys, plain(), head, ("row.written", {"row": ROW}), ("job.succeeded", {}))

    assert out.splitlines() == [
        "Punk Rock Riot",
        "Dark in the middle, one loud edge.",
        "",
        "  A  black #111111",
        "  worsted, 5 mm hook, 12 dc = 4 in",
        "  Note: The colours are our pick.",
        "",
        "✓ Rnd 1 (A): Ch 4, join to form ring. (12 dc)",
        "",
        "Every row adds up.",
    ]
    assert err == "http://localhost:8000/p/pat_x\n"


def test_a_row_that_does_not_add_up_says_why_and_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("row.written", {"row": ROW}), ("row.written", {"row": BAD})]
    out, _ = told(capsys, plain(), *rows, ("job.succeeded", {}))

    assert "✗ Rnd 2 (A): " in out
    assert "    This makes 20 dc; 24 were said." in out
    assert out.endswith("1 of 2 rows add up.\n")


def test_a_failed_job_says_so_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    error = {"type": "model-unavailable", "detail": "The writer did not wake."}
    out, err = told(capsys, plain(), ("job.failed", {"error": error}))

    assert out == ""
    assert err == "No pattern this time: The writer did not wake.\n"


def test_where_somebody_watches_there_is_colour_and_progress(capsys: pytest.CaptureFixture[str]) -> None:
    printer = terminal.Printer("", colour=True, watched=True)
    head = ("head.written", {"head": HEAD, "rows_expected": 3})
    out, err = told(capsys, printer, head, ("row.written", {"row": ROW}), ("job.phase", {"phase": "waking_model"}))

    assert "\x1b[48;2;17;17;17m" in out
    assert "\x1b[32m✓\x1b[0m" in out
    assert "waking the writer, row 1 of 3 ..." in err


def test_a_wish_is_written_by_the_real_model(live) -> None:
    env = os.environ | {"KNOTTY_HOME": str(live.home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "embedded", "pattern", "punk rock blanket", "--seed", "7"]
    done = subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert re.search(r"Rnd 1 \([A-F]\): ", done.stdout)
    assert done.stdout.rstrip().endswith("add up.") or done.stdout.rstrip().endswith("adds up.")
    assert f"{live.url}/p/pat_" in done.stderr


def test_a_wish_that_is_refused_says_what_is_wrong(live) -> None:
    with pytest.raises(CannotStart, match="/prompt"):
        terminal.write(live.url, " ", {})
