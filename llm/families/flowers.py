"""flowers: a round of clusters, popcorns or puffs in the centre, then groups around it, squared and gone on with.

Of 4 petals the spaces are the corners of round 2. Of 8, round 2 has a group in each space and round 3 turns in every
second. A sunburst has 12: dc, petals, groups, and round 4 turns in every third. From there on n rounds are as the
classic square's of n rounds, or solid.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from llm.families import granny, mixed, turned
from llm.families.style import Style

TOLD = {"dc3tog": "clusters", "dc4tog": "clusters", "popcorn": "popcorns", "5-dc popcorn": "popcorns",
        "puff st": "puff sts", "puff": "puffs", "bobble": "bobbles"}  # fmt: skip
BEGUN = {"dc3tog": "dc2tog", "dc4tog": "dc3tog"}  # the starting chain is the first leg


def rounds(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds' lines in the author's terms, one for each letter of `yarns`."""
    lines = [turned.finished(style, _ring(style), _told(style), 1, yarns)]
    if style.petals == 8:
        lines.append(_groups(style, 2, yarns, f"ch-{style.corner} sp"))
    return _gone_on(style, yarns, lines)


def sunburst(style: Style, yarns: Sequence[str]) -> list[str]:
    """The rounds of a sunburst: 12 stitches, a petal in each, a group in each."""
    s = style.stitch
    if style.mix == "spaced":
        start = f"{style.ring}. {style.spaced_chain(1).capitalize()}"
        ring = [start, style.rest([f"{s} in ring", "ch 1"], passes=11), style.closing(False, 1)]
        made, where = f"12 {s}, 12 ch-1 sps", "ch-1 sp"
    else:
        start = f"{style.ring}. {style.starting_chain(True).capitalize()}"
        ring = [start, f"11 {s} in ring", style.closing(False)]
        made, where = f"12 {s}", "st"
    lines = [turned.finished(style, ring, style.told(made), 1, yarns)]
    if len(yarns) > 1:
        lines.append(turned.finished(style, _petals(style, yarns, where), _told(style), 2, yarns))
    if len(yarns) > 2:
        lines.append(_groups(style, 3, yarns, f"ch-{style.corner} sp"))
    return _gone_on(style, yarns, lines)


def _gone_on(style: Style, yarns: Sequence[str], lines: list[str]) -> list[str]:
    """These rounds, then one that turns between the petals' groups, then granny rounds or solid ones."""
    square = style.petals // 4 + 1  # the round of four corners
    around = mixed.SOLID if style.solid_on else mixed.GRANNY
    for n in range(len(lines) + 1, len(yarns) + 1):
        if n == square and style.petals > 4:
            lines.append(_squared(style, n, yarns))
        elif n == square:
            chain = [f"ch {style.side}"]
            lines.append(granny.line(style, n, yarns, turned.later(style, n, yarns, 3, chain, chain, 0)))
        else:
            lines.append(mixed.line(style, n, yarns, [mixed.GRANNY if n == square + 1 else around, around]))
    return lines[: len(yarns)]


def _ring(style: Style) -> list[str]:
    """The petals around a ring, with the chains of a corner between them."""
    petal, chain, k = style.petal, f"ch {style.corner}", style.petals
    if petal in BEGUN:
        start = [f"{style.ring}. Ch 2", f"{BEGUN[petal]} in ring", chain]
        return [*start, style.rest([f"{petal} in ring", chain], passes=k - 1), _close(petal)]
    return [f"{style.ring}. Ch 1", style.rest([f"{petal} in ring", chain], passes=k), _close(petal)]


def _petals(style: Style, yarns: Sequence[str], where: str) -> list[str]:
    """A petal in each of 12 places."""
    petal, chain = style.petal, f"ch {style.corner}"
    begun = petal in BEGUN
    start = _came(style, 2, yarns, where, "ch 2" if begun else "ch 1")
    body = [f"{petal} in next {where}", chain]
    if begun:
        return [*start, f"{BEGUN[petal]} in same {where}", chain, style.rest(body, True, passes=11), _close(petal)]
    first = [f"{petal} in same {where}", chain]
    return [*start, *first, style.rest(body, True, passes=11), _close(petal)]


def _close(petal: str) -> str:
    return "join with sl st in first cluster" if petal in BEGUN else "join"


def _told(style: Style) -> str:
    return style.told(f"{style.petals} {TOLD[style.petal]}, {style.petals} ch-{style.corner} sps")


def _groups(style: Style, n: int, yarns: Sequence[str], where: str) -> str:
    """A round of a group in each space, and a chain after each."""
    s, k = style.stitch, style.petals
    start = _came(style, n, yarns, where, style.starting_chain(False))
    body = style.rest([f"3 {s} in next {where}", "ch 1"], True, passes=k - 1)
    made = style.told(f"{3 * k} {s}, {k} ch-1 sps")
    return turned.finished(style, [*start, f"2 {s} in same sp", "ch 1", body, style.closing(False)], made, n, yarns)


def _came(style: Style, n: int, yarns: Sequence[str], where: str, chain: str) -> list[str]:
    """How a round comes to the next place of the same kind; no petal is begun with a standing stitch."""
    letter = yarns[n - 1]
    if letter != yarns[n - 2]:
        verb = "attach" if style.new_yarn == "attach" else "join"
        how = " with sl st" if style.new_yarn == "sl st" else ""
        return [f"{verb} {letter}{how} in any {where}. {chain.capitalize()}"]
    return [chain] if where == "st" else [f"sl st in next {where}", chain]


def _squared(style: Style, n: int, yarns: Sequence[str]) -> str:
    """The round that turns, in every second or third space."""
    where, chain = "ch-1 sp", f"ch {style.side}"
    group = f"3 {style.stitch} in next {where}"
    lead = [*style.times([chain, group], n - 2), chain]
    trail = [chain, *style.times([group, chain], n - 2)]
    plain = replace(style, new_yarn="join") if style.new_yarn == "standing" else style
    return granny.line(style, n, yarns, turned.later(plain, n, yarns, 3, lead, trail, 2, where))


def _suited(rng: random.Random, style: Style, petals: Sequence[str], k: int) -> Style:
    return replace(
        style, side=1, corner=2, petals=k, petal=rng.choice(petals), solid_on=rng.random() < 0.35, split=False,
        from_corner=True, group=3, turn=2, mix=rng.choice(("spaced", "plain")),
    )  # fmt: skip


def cluster(rng: random.Random, style: Style) -> Style:
    """Three or four legs worked together."""
    return _suited(rng, style, ("dc3tog", "dc3tog", "dc4tog"), rng.choice((4, 8, 8)))


def popcorn(rng: random.Random, style: Style) -> Style:
    """Popcorns around the ring."""
    return _suited(rng, style, ("popcorn", "5-dc popcorn"), rng.choice((4, 8)))


def puff(rng: random.Random, style: Style) -> Style:
    """Puffs around the ring."""
    return _suited(rng, style, ("puff st", "puff"), rng.choice((4, 8, 8)))


def sun(rng: random.Random, style: Style) -> Style:
    """Any petal, twelve times."""
    return _suited(rng, style, ("dc3tog", "dc3tog", "puff st", "popcorn", "bobble"), 12)
