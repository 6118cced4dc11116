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
from collections.abc import Iterator, Sequence

from crochet import work
from llm import borders, families, finishing, forced, items, lexicon, sizes, wishes
from llm import brief as briefs
from llm.brief import Brief
from llm.families import FAMILIES, Family
from llm.families.style import Style, draw
from llm.lexicon import words
from llm.plan import Plan, plan

HELD_OUT = 10  # every tenth theme is never trained on: the evaluation's unseen half


def themes(held_out: bool) -> list[lexicon.Theme]:
    """The themes trained on, or those kept back for evaluation."""
    return [theme for i, theme in enumerate(lexicon.themes().values()) if (i % HELD_OUT == HELD_OUT - 1) == held_out]


def pairs(seed: int, n: int) -> Iterator[tuple[Brief, str]]:
    """n different sheets with their briefs, the same for the same seed."""
    seen: set[str] = set()
    trained = themes(held_out=False)
    number = 0
    while len(seen) < n:
        rng = random.Random(f"{seed} {number}")
        number += 1
        asked = wishes.draw(rng, trained)
        text = sheet(rng, asked)
        if text not in seen:
            seen.add(text)
            yield asked, text


def sheet(rng: random.Random, asked: Brief) -> str:
    """One sheet that answers a brief, whole, each line ending with its line end."""
    decided = plan(asked)
    lines: list[str] = []

    def line(drawn: str) -> None:
        """Adds the line as forced, or as drawn behind what is forced."""
        start = forced.forced(decided, lines)
        lines.append(start.rstrip("\n") if start.endswith("\n") else drawn)

    line(_title(rng, decided))
    for _ in range(2 + len(decided.colours) + 1):  # item, palette, the colours, terms
        line("")
    line(f"Yarn: {rng.choices(list(sizes.YARNS), [2, 6, 10, 22, 42, 13, 5])[0]}")
    gauges, hooks = sizes.YARNS[lines[-1].removeprefix("Yarn: ")]
    gauge = rng.choice(gauges)
    lines += [f"Hook: {rng.choice(hooks)} mm", f"Gauge: {gauge} {'tr' if decided.terms == 'UK' else 'dc'} = 4 in"]
    line(f"Motif: {_motif(rng, decided)}")
    family = families.of(lines)
    style = draw(rng, family.name, decided.terms)
    rounds = forced.rounds_of(decided, lines)
    rows, columns, rounds = _layout(rng, decided.item, rounds, gauge, family, len(decided.colours))
    line("Layout: one piece" if rows * columns == 1 else f"Layout: {rows} rows of {columns}, one kind")
    single = lines[-1] == "Layout: one piece"
    letters = [letter for letter, _, _ in decided.colours]
    yarns, joint, edges = _yarns(rng, letters, rounds, rng.choices([0, 1, 2, 3], [20, 40, 25, 15])[0], single)
    names = {letter: name for letter, name, _ in decided.colours}
    line(f"About: {_about(rng, decided.item, names, yarns, (edges or [yarns[-1]])[-1])}")
    line("")  # the piece
    lines += body(rng, style, yarns, joint, edges, single)
    return "\n".join(lines) + "\n"


def body(
    rng: random.Random, style: Style, yarns: Sequence[str], joint: str, edges: Sequence[str], single: bool
) -> list[str]:
    """The worked part of a sheet: rounds, joining, border, finishing."""
    family = FAMILIES[style.family]
    rows = family.rounds(style, yarns)
    lines = [
        f"{family.label} {n} ({letter}): {row}" for n, (letter, row) in enumerate(zip(yarns, rows, strict=True), 1)
    ]
    if not single:
        lines.append(f"Joining ({joint}): {finishing.joining(rng, style)}")
    border = borders.border(rng, style, edges, len(yarns), single)
    lines += [f"Border Rnd {n} ({letter}): {row}" for n, (letter, row) in enumerate(zip(edges, border, strict=True), 1)]
    return [*lines, f"Finishing: {finishing.finishing(rng)}", "End."]


def _motif(rng: random.Random, decided: Plan) -> str:
    """A kind of square that there is in so many rounds."""
    fitting = [family for family in FAMILIES.values() if family.allows(decided.rounds)]
    return rng.choices(fitting, [family.weight for family in fitting])[0].name


def _title(rng: random.Random, decided: Plan) -> str:
    """The maker's words, alone, with the item, or with a word of the author's own."""
    if not decided.title:
        return f"Title: {rng.choice(words.NAMES)}"
    tail = rng.choices(["", decided.item.title(), rng.choice(words.TAILS)], [30, 35, 35])[0]
    if tail and tail.split()[0] in decided.title.split():
        tail = ""
    return f"Title: {decided.title} {tail}".rstrip()


def _layout(
    rng: random.Random, name: str, rounds: int | None, gauge: int, family: Family, colours: int
) -> tuple[int, int, int]:
    """Rows, columns and the rounds of a square, as the item usually has."""
    item = items.ITEMS.get(name) or items.ITEMS[items.UNKNOWN]
    least = min(max(2, colours - 1), 4)
    if item.sizes:
        size = rng.choice(item.sizes)
        if rounds is None:
            fitting = [n for n in sizes.sensible_rounds(size, gauge, family) if n >= least] or [least]
            rounds = rng.choices(fitting, [1.25**-n for n in fitting])[0]
        return (*sizes.layout(size, family.inches(rounds, gauge)), rounds)
    rows, columns, usual = items.usual_grid(rng, item, least)
    return rows, columns, rounds or usual


def _yarns(
    rng: random.Random, letters: Sequence[str], rounds: int, border: int, single: bool
) -> tuple[list[str], str, list[str]]:
    """The yarn of each round, of the seam, and of each border round; every yarn is used where there is room."""
    for _ in range(8):
        yarns = _colour_plan(rng, letters, rounds)
        left = [letter for letter in letters if letter not in yarns]
        if len(left) <= border:
            break
    if len(left) > border:
        yarns = (list(letters) * rounds)[:rounds]
        left = [letter for letter in letters if letter not in yarns]
        border = max(border, min(3, len(left)))
    joint = yarns[-1] if single or rng.random() < 0.8 else rng.choice(letters)
    edges = [left[i] if i < len(left) else rng.choice((yarns[-1], joint, rng.choice(letters))) for i in range(border)]
    rng.shuffle(edges)
    return yarns, joint, edges


def _colour_plan(rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    """A letter a round."""
    k = len(letters)
    frame = rng.choice(letters)
    inner = [letter for letter in letters if letter != frame] or list(letters)
    kind = rng.choice(
        ("in turn", "in turn", "framed", "framed", "blocks", "there and back", "two by two", "free", "one")
    )
    if kind == "in turn":
        start = rng.randrange(k)
        return [letters[(start + i) % k] for i in range(n)]
    if kind == "framed":
        start = rng.randrange(len(inner))
        return [inner[(start + i) % len(inner)] for i in range(n - 1)] + [frame]
    if kind == "blocks":
        return [letters[min(k - 1, i * k // n)] for i in range(n)]
    if kind == "there and back":
        way = list(range(k)) + list(range(k - 2, 0, -1))
        return [letters[way[i % len(way)]] for i in range(n)]
    if kind == "two by two":
        return [letters[i // 2 % k] for i in range(n)]
    if kind == "free":
        return [rng.choice(letters) for _ in range(n)]
    return [rng.choice(inner)] * (n - 1) + [frame]


def _about(rng: random.Random, item: str, names: dict[str, str], yarns: Sequence[str], edge: str) -> str:
    """A sentence on the colours and the use. What it says of colours is true of the rounds."""
    middle = names[yarns[0]]
    other = next((names[letter] for letter in yarns if names[letter] != middle), "") or next(
        (name for name in names.values() if name != middle), "plain stitches"
    )
    slots = {"c": middle, "C": middle[0].upper() + middle[1:], "d": other, "e": names[edge], "i": item}
    opening = rng.choice(words.OPENINGS).format(**slots)
    return f"{opening}, {rng.choice(words.CLOSES).format(**slots)}."


def main() -> int:
    """Prints sheets, or works n of them through the checker and stops at the first disagreement."""
    parser = argparse.ArgumentParser(prog="python -m llm.corpus", description="Draw briefs and sheets from a seed.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="print this many")
    parser.add_argument("--check", type=int, default=0, help="work this many through the checker")
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
