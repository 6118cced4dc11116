"""The chart command: `python -m crochet.draw [--piece P] [--left] [--terms us|uk|auto] FILE` prints an SVG.

What is not in the picture is told on standard error. Exit 0: drawn, and every row adds up. 1: drawn, with an error
ringed. 2: not drawn, or not all of it, or bad usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from crochet.chart import Look
from crochet.drawing import NoChart, draw
from crochet.files import Unreadable, run, text_of


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the chart of a piece."""
    parser = argparse.ArgumentParser(
        prog="./knotty chart",
        description="Draw the symbol chart of a crochet pattern as SVG: ./knotty chart FILE > chart.svg",
        epilog="Exit 0: drawn, and every row adds up. 1: drawn, with what is wrong ringed. 2: not drawn, or not all.",
    )
    parser.add_argument("--piece", metavar="P", help="which piece: its name, or p1, p2, ...; else the first")
    parser.add_argument("--left", action="store_true", help="for a left hand: mirrored, the numbers not")
    parser.add_argument("--terms", choices=("us", "uk", "auto"), default="auto", help="whose dc it is; auto finds out")
    parser.add_argument("file", metavar="FILE", help="a pattern, as plain text; - reads from stdin")
    wanted = parser.parse_args(argv)
    try:
        look = Look(left=wanted.left, detail=True, paper=True)
        drawn = draw(text_of(wanted.file), wanted.terms, wanted.piece, look)
    except (Unreadable, NoChart) as fault:
        print(f"{wanted.file}: no chart. {fault}", file=sys.stderr)
        return 2
    sys.stdout.write(drawn.svg + "\n")
    for sentence in drawn.missing:
        print(f"{wanted.file}: {sentence}", file=sys.stderr)
    return 1 if drawn.verdict == "error" else 2 if drawn.missing or drawn.verdict != "ok" else 0


if __name__ == "__main__":
    raise SystemExit(run(main))
