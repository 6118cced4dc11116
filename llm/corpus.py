"""corpus: briefs and the sheets that answer them, drawn from a seed.

A sheet is made the way the model will write it: what `forced` fixes is taken from there, all else is drawn. The
rows come from formulas (llm.families); the checker works them by places and shares no arithmetic with them, so that
`python -m llm.corpus --check N` compares two independent answers.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import zlib
from collections.abc import Iterator, Sequence

from crochet import work
from crochet.craft import layouts
from crochet.craft.layouts import Layout
from llm import borders, families, finishing, forced, lexicon, pieces, sizes, variety, wishes, yarns
from llm import brief as briefs
from llm.abouts import Subject, about
from llm.brief import Brief
from llm.evaluation import frozen
from llm.families import FAMILIES
from llm.families.style import Style
from llm.lexicon import sheet_words as words
from llm.plan import Plan, plan
from llm.yarns import Yarns

HELD_OUT = 10  # a tenth of the themes is never trained on: the evaluation's unseen half


def themes(held_out: bool) -> list[lexicon.Theme]:
    """The themes trained on, or those kept back for evaluation. By name: more themes change nothing for those here."""
    return [theme for name, theme in lexicon.themes().items() if _is_held_out(name) == held_out]


def _is_held_out(name: str) -> bool:
    return zlib.crc32(name.encode()) % HELD_OUT == HELD_OUT - 1


def pairs(seed: int, n: int) -> Iterator[tuple[Brief, str]]:
    """n different sheets with their briefs, the same for the same seed."""
    seen: set[str] = set()
    trained = themes(held_out=False)
    number = 0
    while len(seen) < n:
        rng = random.Random(f"{seed} {number}")
        number += 1
        asked = wishes.draw(rng, trained)
        if frozen.even(asked.wish) in frozen.prompts():
            continue
        text = sheet(rng, asked)
        if text not in seen:
            seen.add(text)
            yield asked, text


def sheet(rng: random.Random, asked: Brief) -> str:
    """One sheet that answers a brief, whole, each line ending with its line end."""
    decided = plan(asked)
    lines, gauge = _head(rng, decided)
    family = families.of(lines)
    layout, _ = layouts.read(lines[-1].removeprefix("Layout: ")) or (Layout(), True)
    names = {letter: name for letter, name, _ in decided.colours}
    rounds = forced.rounds_of(decided, lines) or family.least
    style = families.author(rng, family, decided.terms, rounds)
    edging = rng.choices([0, 1, 2, 3], [20, 40, 25, 15])[0] if forced.edged(lines) else None
    chosen = yarns.draw(rng, list(names), rounds, edging, layout.exchange or ())
    lines.append(f"About: {about(rng, Subject(decided.item, names, chosen, layout, 'square' in family.name))}")
    lines.append(forced.forced(decided, lines).rstrip("\n"))  # the piece
    lines += body(rng, style, chosen, layout)
    if decided.extra:
        lines.append(f"Piece: {decided.extra}")
        rows = pieces.rows(rng, style, decided.item, [*chosen.rounds, *chosen.edges], gauge)
        lines += [f"Row {n} ({letter}): {row}" for n, (letter, row) in enumerate(rows, 1)]
    sewing = pieces.sewing(rng, decided.item, decided.extra)
    return "\n".join([*lines, f"Finishing: {finishing.finishing(rng, sewing)}", "End."]) + "\n"


def _head(rng: random.Random, decided: Plan) -> tuple[list[str], int]:
    """The lines down to the layout, which is all of code's, and the gauge."""
    lines: list[str] = []

    def line(drawn: str) -> None:
        """Adds the line as forced, or as drawn behind what is forced."""
        start = forced.forced(decided, lines)
        lines.append(start.rstrip("\n") if start.endswith("\n") else drawn)

    line(_title(rng, decided))
    for _ in range(2 + len(decided.colours) + 1 + len(decided.notes)):  # item, palette, the colours, terms, notes
        line("")
    line(f"Yarn: {rng.choices(list(sizes.YARNS), [2, 6, 10, 22, 42, 13, 5])[0]}")
    gauges, hooks = sizes.YARNS[lines[-1].removeprefix("Yarn: ")]
    gauge = rng.choice(gauges)
    line(f"Hook: {rng.choice(hooks)} mm")
    lines.append(f"Gauge: {gauge} {'tr' if decided.terms == 'UK' else 'dc'} = 4 in")
    line(f"Motif: {_motif(rng, decided, lines)}")
    line("")
    return lines, gauge


def body(rng: random.Random, style: Style, chosen: Yarns, layout: Layout) -> list[str]:
    """The worked part of a sheet but for a further piece: rounds, joining, border."""
    family = FAMILIES[style.family]
    rows = zip(chosen.rounds, family.rounds(style, chosen.rounds), strict=True)
    lines = [f"{family.label} {n} ({letter}): {row}" for n, (letter, row) in enumerate(rows, 1)]
    single = layout.rows * layout.columns == 1
    if not single:
        seam = finishing.joining(rng, style, finishing.orders(layout, family.sides))
        lines.append(f"Joining ({chosen.joint}): {seam}")
    edges = zip(chosen.edges, borders.border(rng, style, chosen.edges, len(chosen.rounds), single), strict=True)
    return lines + [f"Border Rnd {n} ({letter}): {row}" for n, (letter, row) in enumerate(edges, 1)]


def _motif(rng: random.Random, decided: Plan, lines: Sequence[str]) -> str:
    """A kind of square that suits the thing."""
    fitting = forced.open_kinds(decided, lines)
    chosen = rng.choices(fitting, [families.weight(family, decided.item, bool(decided.grid)) for family in fitting])[0]
    return chosen.named(decided.terms)


def _title(rng: random.Random, decided: Plan) -> str:
    """The maker's words, alone, with the item, or with a word of the author's own."""
    if not decided.title:
        return f"Title: {rng.choice(words.NAMES)}"
    tail = rng.choices(["", decided.item.title(), rng.choice(words.TAILS)], [30, 35, 35])[0]
    if tail and tail.split()[0] in decided.title.split():
        tail = ""
    return f"Title: {decided.title} {tail}".rstrip()


def main() -> int:
    """Prints sheets, or works n of them through the checker and stops at the first disagreement."""
    parser = argparse.ArgumentParser(prog="python -m llm.corpus", description="Draw briefs and sheets from a seed.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="print this many")
    parser.add_argument("--check", type=int, default=0, help="work this many through the checker")
    parser.add_argument("--statistics", type=int, default=0, help="tell how much this many differ from each other")
    wanted = parser.parse_args()
    digest = hashlib.sha256()
    for number, (asked, text) in enumerate(pairs(wanted.seed, max(wanted.show, wanted.check))):
        digest.update((briefs.write(asked) + text).encode())
        if number < wanted.show:
            sys.stdout.write(f"{briefs.write(asked)}{text}\n")
        if number < wanted.check and (fault := disagreement(text)):
            sys.stdout.write(f"sheet {number}: {fault}\n{text}\n")
            return 1
    sys.stdout.write(f"sha256 {digest.hexdigest()}\n")
    if wanted.statistics:
        sys.stdout.write(variety.statistics([text for _, text in pairs(wanted.seed, wanted.statistics)]))
    return 0


def disagreement(text: str) -> str:
    """What the checker holds against a sheet; empty when every row adds up. A bug on one side or the other."""
    report = work.check(text)
    for piece in report["pieces"]:
        for row in piece["rows"]:
            if row["verdict"] != "ok":
                return f"{row['key']} {row['verdict']}: {[f['message'] for f in row['findings']]}"
    return ""


if __name__ == "__main__":
    raise SystemExit(main())
