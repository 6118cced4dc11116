"""style: how one author words a pattern. Drawn once a sheet, so that a sheet speaks with one voice."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

STARTING_CHAIN = {"hdc": 2, "dc": 3, "tr": 4}
UK = {"sl st": "ss", "sc": "dc", "hdc": "htr", "dc": "tr", "tr": "dtr", "sk": "miss"}
_US_STITCH = re.compile(r"\b(sl st|sc|hdc|dc|tr|sk)\b", re.IGNORECASE)

RINGS = (
    "Ch 4, join to form ring",
    "Ch 4, join with sl st to form a ring",
    "Ch 5, join with sl st to form a ring",
    "Ch 4, sl st in first ch to form a ring",
    "Ch 6, join to form a ring",
    "Make a magic ring",
)


@dataclass(frozen=True)
class Style:
    """One author's habits. `stitch` is a US key; `corner` and `side` are the chains of a corner and between groups."""

    family: str
    stitch: str
    corner: int
    side: int
    ring: str
    sentences: bool  # "Ch 3. Dc in ..." rather than "ch 3, dc in ..."
    repeat: str  # star | around | bracket
    inner: str  # square | round | each: how the groups of one side are repeated
    corner_word: str  # ch | corner sp | corner
    chain_first: bool  # "ch 1, 3 dc in next sp" rather than "3 dc in next sp, ch 1"
    new_yarn: str  # join | sl st | standing | attach
    same_yarn: str  # each | plain | to
    split: bool  # the first corner is begun at the start and completed at the end
    says_start: str  # "" | counts as dc | counts as first dc
    join: str  # join | top | to join | chain
    fasten_off: bool
    declare: str
    gap: str  # how a no-chain author names the place between two groups
    run: str  # how a solid author writes a side: number | plain | sts | to corner | across
    from_corner: bool  # solid rounds begin in a corner
    terms: str  # US | UK
    slip: str  # UK authors write ss or sl st

    # Words of this author

    def corner_place(self) -> str:
        return f"ch-{self.corner} sp" if self.corner_word == "ch" else self.corner_word

    def same_place(self) -> str:
        return "same corner" if self.corner_word == "corner" else "same sp"

    def starting_chain(self, first_round: bool) -> str:
        """`ch 3`, with what it counts as: always in the first round and for the doubtful ch 2, else by habit."""
        chain = f"ch {STARTING_CHAIN[self.stitch]}"
        if self.says_start or first_round or self.stitch != "dc":
            return f"{chain} ({self.says_start or 'counts as'} {self.stitch})"
        return chain

    def closing(self, standing: bool) -> str:
        if standing:
            return {"join": "join", "to join": f"sl st in first {self.stitch} to join"}.get(
                self.join, f"join with sl st in first {self.stitch}"
            )
        chain = STARTING_CHAIN[self.stitch]
        return {
            "join": "join",
            "top": f"join with sl st in top of ch {chain}",
            "to join": f"sl st in top of ch {chain} to join",
            "chain": f"join with sl st in {ordinal(chain)} ch of ch {chain}",
        }[self.join]

    def times(self, body: Sequence[str], n: int) -> list[str]:
        """The items n times, by this author's brackets for what lies inside a side."""
        if n < 2:
            return list(body) * n
        opening, closing = "()" if self.inner == "round" or self.repeat == "bracket" else "[]"
        often = "twice" if n == 2 and self.slip_words() else f"{n} times"
        return [f"{opening}{', '.join(body)}{closing} {often}"]

    def slip_words(self) -> bool:
        return self.inner == "round"

    def thrice(self, body: Sequence[str], free: bool = False) -> str:
        """The items for the three sides or corners that the round's start has left.

        `free` says that a fourth pass would find nothing to work into, so that `around` has one meaning.
        """
        inside = ", ".join(body)
        if self.repeat == "bracket":
            return f"[{inside}] 3 times"
        return f"*{inside}; rep from * {'around' if self.repeat == 'around' and free else '2 more times'}"

    def write(self, items: Sequence[str], made: str, last: bool, changes: bool) -> str:
        """One round's line: the items, then `Fasten off` where the yarn changes, then what was made."""
        items = [capital(item) for item in items] if self.sentences else list(items)
        line = capital((". " if self.sentences else ", ").join(items)) + "."
        line = line.replace("..", ".")
        if self.fasten_off and (changes or last):
            line += " Fasten off."
        return f"{line} {made}"

    def made(self, stitches: int, sides: int, groups: int, per_side: int) -> str:
        """What the round has, as this author declares it. `sides` are the chain spaces between groups."""
        spaces = f", 4 ch-{self.corner} sps"
        if sides:
            spaces += f", {sides} ch-{self.side} sp" + "s" * (sides > 1)
        s = self.stitch
        return {
            "all": f"({stitches} {s}{spaces})",
            "corners": f"({stitches} {s}, 4 corners)",
            "square": f"[{stitches} {s}]",
            "dash": f"— {stitches} {s}, 4 ch-{self.corner} sps",
            "equals": f"= {stitches} {s}",
            "sts": f"({stitches} sts)",
            "side": f"({per_side} {s} per side)",
            "groups": f"({groups} groups of 3 {s}, 4 corners)" if groups else f"({stitches} {s}, {per_side} per side)",
        }[self.declare]

    def speak(self, line: str) -> str:
        """A line in the author's terms. Lines are made in US terms; each stitch is renamed once."""
        if self.terms == "US":
            return line

        def uk(found: re.Match[str]) -> str:
            word = found.group(1)
            name = self.slip if word.lower() == "sl st" else UK[word.lower()]
            return capital(name) if word[0].isupper() else name

        return _US_STITCH.sub(uk, line)


def capital(text: str) -> str:
    """The text with its first letter, not a bracket or star, in upper case."""
    found = re.search(r"[^\W_]", text)
    if not found or text[found.start()].isdigit():
        return text
    return text[: found.start()] + text[found.start()].upper() + text[found.start() + 1 :]


def ordinal(n: int) -> str:
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n, 'th') }"


def draw(rng: random.Random, family: str, terms: str) -> Style:
    """One author."""
    corner, side = rng.choices([(2, 1), (3, 1), (3, 2)], [82, 16, 2])[0]
    stitch = rng.choices(["dc", "hdc", "tr"], [94, 4, 2])[0]
    declares = ["all", "corners", "square", "dash", "equals", "sts", "side", "groups"]
    return Style(
        family=family,
        stitch=stitch,
        corner=corner,
        side=side,
        ring=rng.choices(RINGS, [30, 15, 15, 10, 10, 20])[0],
        sentences=rng.random() < 0.25,
        repeat=rng.choices(["star", "around", "bracket"], [60, 12, 28])[0],
        inner=rng.choices(["square", "round", "each"], [35, 25, 40])[0],
        corner_word=rng.choices(["ch", "corner sp", "corner"], [60, 30, 10])[0],
        chain_first=rng.random() < 0.3,
        new_yarn=rng.choices(["join", "sl st", "standing", "attach"], [55, 20, 18, 7])[0],
        same_yarn=rng.choices(["each", "plain", "to"], [40, 40, 20])[0],
        split=rng.random() < 0.05,
        says_start=rng.choices(["", "counts as", "counts as first"], [60, 30, 10])[0],
        join=rng.choices(["join", "top", "to join", "chain"], [55, 25, 12, 8])[0],
        fasten_off=rng.random() < 0.4,
        declare=rng.choices(declares, [46, 14, 4, 10, 3, 12, 8, 3])[0],
        gap=rng.choice(["gap", "gap between groups", "sp between groups"]),
        run=rng.choices(["number", "plain", "sts", "to corner", "across"], [20, 15, 10, 35, 20])[0],
        from_corner=rng.random() < 0.6,
        terms=terms,
        slip=rng.choice(["ss", "sl st"]),
    )
