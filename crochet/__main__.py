"""The check command: `python -m crochet [--json] [--terms us|uk|auto] FILE...` (`-`: stdin).

A line per row and finding, or with `--json` a report per file. Exit 0: all ok. 1: an error. 2: no error, but something
unchecked or unreadable, or bad usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from crochet import work


def main(argv: Sequence[str] | None = None) -> int:
    """Check files and say what was found."""
    parser = argparse.ArgumentParser(prog="check", description="Check crochet patterns, row by row.")
    parser.add_argument("--json", action="store_true", help="a JSON report per file, one a line")
    parser.add_argument("--terms", choices=("us", "uk", "auto"), default="auto")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a pattern; - reads from stdin")
    wanted = parser.parse_args(argv)
    verdicts = set()
    for file in wanted.files:
        report = _checked(file, wanted.terms)
        verdicts.add(report["verdict"])
        for line in [json.dumps(report, ensure_ascii=False)] if wanted.json else _lines(report):
            sys.stdout.write(line + "\n")
    return 1 if "error" in verdicts else 0 if verdicts == {"ok"} else 2


def _checked(file: str, terms: str) -> dict[str, Any]:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        report = work.check("", "us")
        finding = {"id": "unreadable", "severity": "unchecked", "also": [], "span": [0, 0], "fixes": []}
        report["findings"] = [finding | {"message": f"Cannot be read: {type(error).__name__}."}]
        return report | {"file": file}
    return work.check(text, terms, file)


def _lines(report: dict[str, Any]) -> Iterator[str]:
    yield f"{report['file']}: {report['verdict']}"
    for finding in report["findings"]:
        yield f"  {finding['severity']} {finding['id']}: {finding['message']}"
    for piece in report["pieces"]:
        for row in piece["rows"]:
            yield f"  {row['key']} {row['label']}: {row['verdict']}"
            for finding in row["findings"]:
                yield f"    {finding['severity']} {finding['id']}: {finding['message']}"
                yield from _pointed(row["text"], *(at - row["span"][0] for at in finding["span"]))
                for fix in finding["fixes"]:
                    yield f"      fix: {fix['says']}"


WIDTH = 90


def _pointed(text: str, start: int, end: int) -> Iterator[str]:
    """The words a finding is about, and a caret below them; nothing where it is about the whole row."""
    start, end = max(0, start), min(end, len(text))
    if not 0 < end - start < WIDTH:
        return
    begin = max(0, min(start - (WIDTH - (end - start)) // 2, len(text) - WIDTH))
    shown = "".join(c if c.isprintable() else " " for c in text[begin : begin + WIDTH])
    yield f"      {shown}"
    yield f"      {' ' * (start - begin)}{'^' * (end - start)}"


if __name__ == "__main__":
    raise SystemExit(main())
