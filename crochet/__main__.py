"""The check command: `python -m crochet [--json] [--terms us|uk|auto] FILE...` (`-`: stdin).

A line per row and finding, or with `--json` a report per file. Exit 0: all ok. 1: an error. 2: no error, but something
unchecked or unreadable, or bad usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from crochet import printed, work
from crochet.files import Unreadable, run, text_of
from crochet.findings import Finding
from crochet.working import report as reports


def main(argv: Sequence[str] | None = None) -> int:
    """Check files and say what was found."""
    parser = argparse.ArgumentParser(
        prog="./knotty check",
        description="Check crochet patterns, row by row: does it add up?",
        epilog="Exit 0: every row adds up. 1: one does not. 2: none is wrong, but something was not understood.",
    )
    parser.add_argument("--json", action="store_true", help="a JSON report per file, one a line")
    parser.add_argument("--terms", choices=("us", "uk", "auto"), default="auto", help="whose dc it is; auto finds out")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a pattern, as plain text; - reads from stdin")
    wanted = parser.parse_args(argv)
    verdicts = set()
    for file in wanted.files:
        text, report = checked(file, wanted.terms)
        verdicts.add(report["verdict"])
        for line in [json.dumps(report, ensure_ascii=False)] if wanted.json else printed.lines(report, text):
            sys.stdout.write(line + "\n")
    return 1 if "error" in verdicts else 0 if verdicts == {"ok"} else 2


def checked(file: str, terms: str) -> tuple[str, dict[str, Any]]:
    """(text, report); a file that cannot be read has a report too."""
    try:
        text = text_of(file)
    except Unreadable as fault:
        wrong = Finding("unreadable", str(fault), (0, 0))
        return "", reports.whole(file, "uk" if terms == "uk" else "us", None, [wrong], [])
    return text, work.check(text, terms, file)


if __name__ == "__main__":
    raise SystemExit(run(main))
