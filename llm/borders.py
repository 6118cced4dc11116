"""borders: the rounds around the whole, in kinds that add up over any number of squares.

The first round stands on every stitch and space of the outer edge; where two squares meet lies a joint. What repeats
over two stitches fits every whole whose opposite sides are alike. What repeats over four, or turns at a corner of its
own, wants sides of 4m - 1 stitches: those of squares with 4n - 1 places on an edge, with one stitch in each joint.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from llm.families import FAMILIES
from llm.families.style import Style, capital

GROUPED = ("classic granny square", "big granny square", "granny rectangle", "mixed granny square")
FOURS = ("classic granny square", "big granny square", "solid square")  # an edge of 4n - 1 places
CHAINS = {"sc": "ch 1", "hdc": "ch 2 (counts as hdc)", "dc": "ch 3 (counts as dc)"}
# The last round, over two stitches each.
PAIRS = {
    "picots": "sc in next 2 sts, ch 3, sl st in 3rd ch from hook",
    "loops": "sc in next st, ch 3, sk next st",
    "points": "(sc, ch 2, sc) in next st, sk next st",
    "v-stitches": "(dc, ch 1, dc) in next st, sk next st",
    "moss": "sc in next st, ch 1, sk next st",
}
SCALLOPS = "sc in next st, sk next st, 5 dc in next st, sk next st"
# The last round, with corners of their own: what goes in a corner, on the way to it, and again and again in between.
CORNERED = {
    "chain": ("(sc, ch 2, sc)", "ch 1, sk next st", "sc in next st, ch 1, sk next st"),
    "two chain": (
        "7 dc",
        "sk next st, sc in next st, sk next st",
        "5 dc in next st, sk next st, sc in next st, sk next st",
    ),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """What the next round stands on. `corner`: `three` stitches over it, or a group with a space: `chain`, `two chain`.
    `turns`: below it are sides of 4m - 1 stitches. `fours`: it is a multiple of four all around."""

    corner: str
    turns: bool
    fours: bool
    stitch: str = "sc"
    groups: bool = False


def border(rng: random.Random, style: Style, yarns: Sequence[str], rounds: int, single: bool) -> list[str]:
    """The border's rounds in the author's terms, one for each letter of `yarns`."""
    author = _Author(rng, style, single)
    lines: list[str] = []
    edge = None
    for n, yarn in enumerate(yarns, 1):
        changes = yarn if n > 1 and yarn != yarns[n - 2] else ""
        if edge is None:
            items, edge = author.first(rounds, yarn if rng.random() < 0.4 else "")
        else:
            items, edge = author.next(edge, changes, n == len(yarns))
        written = [capital(item) for item in items] if style.sentences else items
        lines.append(style.speak(capital((". " if style.sentences else ", ").join(written)) + "."))
    return lines


class _Author:
    """One author's words for a border."""

    def __init__(self, rng: random.Random, style: Style, single: bool) -> None:
        self.rng, self.style, self.single = rng, style, single
        self.sides = FAMILIES[style.family].sides
        self.chains = rng.random() < 0.5
        self.close = rng.choice(["join", "join", "join with sl st in first st", "sl st in first st to join"])
        self.loop = rng.choice(["back loop only", "the back loop only", "blo"])

    def first(self, rounds: int, yarn: str) -> tuple[list[str], Edge]:
        """The round on the squares themselves."""
        rng, places = self.rng, FAMILIES[self.style.family].edge(self.style, rounds)
        if places.endswith("sp") and self.style.family in GROUPED and rng.random() < 0.2:
            return self._groups(places.replace("st and ", ""), yarn)
        corner = rng.choice(["three", "three", "chain", "two chain"])
        stitch = rng.choices(["sc", "hdc", "dc"], [65, 15, 20])[0]
        ones = rng.random() < 0.5
        turns = self.style.family in FOURS and self.style.side == 1 and (ones or self.single)
        joint = [] if self.single else [f"{'' if ones else '2 '}{stitch} in each joint"]
        begin = self._begin(stitch, yarn)
        items = [*begin, f"{stitch} in {places} around", *joint, self._corner(corner, stitch, 1), self.close]
        return items, Edge(corner, turns, turns or (self.single and self.sides == 4), stitch)

    def next(self, edge: Edge, yarn: str, last: bool) -> tuple[list[str], Edge]:
        """A round on a round of the border."""
        if edge.groups and self.rng.random() < 0.5:
            return self._groups("each gap", yarn)
        if last and self.rng.random() < 0.6:
            return self.last(edge, yarn), edge
        ribbed = not edge.groups and self.rng.random() < 0.2
        stitch = self.rng.choice(["sc", "sc", "hdc", "dc"]) if self.rng.random() < 0.4 else edge.stitch
        n = 1 if edge.groups else 2  # a group leaves a space in its corners
        side = f"{stitch} in {f'{self.loop} of ' if ribbed else ''}each st around"
        items = [*self._begin(stitch, yarn), side, self._corner(edge.corner, stitch, n), self.close]
        return items, replace(edge, stitch=stitch, groups=False)

    def last(self, edge: Edge, yarn: str) -> list[str]:
        """An edging: nothing stands on it."""
        rng, join = self.rng, [f"join {yarn} in any st"] if yarn else []
        if edge.turns and edge.corner in CORNERED and not edge.groups and rng.random() < 0.7:
            start = f"join {yarn} in any corner sp" if yarn else "sl st to next corner sp"
            return [*self._cornered(edge.corner, start), self.close]
        if edge.corner == "three" and self.sides % 2 == 0 and self.sides and rng.random() < 0.75:
            kind = rng.choice([*PAIRS.values(), *[SCALLOPS, SCALLOPS] * edge.fours])
            chain = ["ch 1"] if self.chains and not kind.startswith("(dc") else []
            return [*join, *chain, f"*{kind}; rep from * around", self.close]
        places = "each st" if edge.corner == "three" else "each st and ch-2 sp"
        if rng.random() < 0.3:
            return [*join, f"sl st in {places} around", "join"]
        word = rng.choice(["reverse sc", "reverse sc", "crab st"])
        return [*join, *(["ch 1"] if self.chains else []), f"{word} in {places} around", self.close]

    def _begin(self, stitch: str, yarn: str) -> list[str]:
        chain = [CHAINS[stitch]] if stitch != "sc" or self.chains else []
        return [f"join {yarn} in any st", *chain] if yarn else chain

    def _groups(self, places: str, yarn: str) -> tuple[list[str], Edge]:
        """Three in every space, as in the squares."""
        s = self.style.stitch
        place = places.removeprefix("each ")
        begin = [f"join {yarn} in any {place}", CHAINS.get(s, "ch 4 (counts as tr)")] if yarn else []
        same = "same gap" if place == "gap" else "same sp"
        half = [f"2 {s} in {same}"] if yarn else []
        joint = [f"3 {s} in each joint"] if place != "gap" and not self.single else []
        corner = f"(3 {s}, ch 2, 3 {s}) in each corner sp"
        items = [*begin, *half, f"3 {s} in {places} around", *joint, corner, self.close]
        return items, Edge("chain", False, False, "sc", True)

    def _cornered(self, corner: str, start: str) -> list[str]:
        turn, way, side = CORNERED[corner]
        again = self.rng.choice([f"({side})", f"[{side}]"])
        return [start, f"*{turn} in corner sp", way, f"{again} to next corner sp; rep from * around"]

    def _corner(self, kind: str, stitch: str, n: int) -> str:
        if kind == "three":
            centre = "centre" if self.style.terms == "UK" else "center"
            return f"3 {stitch} in each corner sp" if n == 1 else f"3 {stitch} in {centre} st of each corner"
        group = {"chain": f"({stitch}, ch 2, {stitch})", "two chain": f"(2 {stitch}, ch 2, 2 {stitch})"}[kind]
        return f"{group} in each corner sp"
