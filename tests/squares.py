"""Patterns by formula: sheets of whole families, so that the checker's counts can be held against the laws."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """How a pattern is written: its terms, its repeats, how a round starts, how it is told to go round."""

    uk: bool = False
    brackets: bool = False
    standing: bool = False
    around: bool = False
    sentences: bool = False
    corner: str = "ch-2 sp"


def classic(rounds: int, style: Style = Style(), corners: int = 4, chain: int = 1) -> list[str]:
    """A granny of clusters of 3 dc; `chain=0`: bare gaps between them."""
    dc = "tr" if style.uk else "dc"
    per, more = corners - 1, f"{corners - 2} more times"
    lines = [
        f"Rnd 1 (A): Ch 4, join to form ring. Ch 3 (counts as {dc}), 2 {dc} in ring, ch 2, "
        f"*3 {dc} in ring, ch 2; rep from * {more}, join. ({3 * corners} {dc}, {corners} ch-2 sps)"
    ]
    for n in range(2, rounds + 1):
        ch = f"ch {chain}, " if chain else ""
        between = f"next ch-{chain} sp" if chain else "next gap"
        side = "".join(f"3 {dc} in {between}, {ch}" for _ in range(n - 2))
        start = (
            f"Join B with a standing {dc} in any {style.corner}, (2 {dc}, ch 2, 3 {dc}) in same sp, "
            if style.standing
            else f"Join B in any {style.corner}. Ch 3 (counts as {dc}), (2 {dc}, ch 2, 3 {dc}) in same sp, "
        )
        body = f"(3 {dc}, ch 2, 3 {dc}) in next {style.corner}, {ch}{side}".removesuffix(", ")
        if style.brackets:
            repeat = f"[{body}] {per} times"
        else:
            repeat = f"*{body}; rep from * {'around' if style.around else more}"
        spaces = f", {corners} ch-2 sps" + (f", {corners * (n - 1)} ch-{chain} sps" if chain else "")
        line = f"Rnd {n} (B): {start}{ch}{side}{repeat}, join. ({3 * corners * n} {dc}{spaces})"
        lines.append(line)
    return lines


def solid(rounds: int, style: Style = Style()) -> list[str]:
    """A solid square with corners (2 dc, ch 2, 2 dc)."""
    dc = "tr" if style.uk else "dc"
    lines = [classic(1, style)[0]]
    for n in range(2, rounds + 1):
        side = f"{dc} in next {4 * n - 5} {dc}"
        body = f"{side}, (2 {dc}, ch 2, 2 {dc}) in next {style.corner}"
        repeat = f"[{body}] 3 times" if style.brackets else f"*{body}; rep from * 2 more times"
        lines.append(
            f"Rnd {n} (B): Join B in any {style.corner}. Ch 3 (counts as {dc}), ({dc}, ch 2, 2 {dc}) in same sp, "
            f"{repeat}, {side}, join. ({16 * n - 4} {dc}, 4 ch-2 sps)"
        )
    return lines


def sheet(rows: list[str], layout: str = "one piece", terms: str = "US", after: tuple[str, ...] = ()) -> str:
    """A whole sheet around these rows."""
    head = [
        "Title: Punk Rock Riot", "Item: blanket", "Palette: punk rock", "A: black #111111", "B: hot pink #FF1493",
        f"Terms: {terms}", "Yarn: worsted", "Hook: 5 mm", "Gauge: 12 dc = 4 in", f"Layout: {layout}",
        "About: Dark in the middle, one loud edge.", "Piece: Square",
    ]  # fmt: skip
    return "\n".join([*head, *rows, *after, "Finishing: Weave in ends, block.", "End."]) + "\n"
