"""style: how one author words a pattern. Drawn once a sheet, so that a sheet speaks with one voice."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

STARTING_CHAIN = {"sc": 1, "hdc": 2, "dc": 3, "tr": 4}
UK = {"sl st": "ss", "sc": "dc", "hdc": "htr", "dc": "tr", "tr": "dtr", "sk": "miss"}
_IN = re.compile(r"\bin (next|same|any|ring|each|first|last|top)\b")
_SPACE = re.compile(r"\bch-(\d) (sps?)\b")
_US_STITCH = re.compile(r"\b(sl st|sc|hdc|dc|tr|sk)(?=\b|\dtog)", re.IGNORECASE)

RINGS = (
    "Ch 4, join to form ring",
    "Ch 4, join with sl st to form a ring",
    "Ch 5, join with sl st to form a ring",
    "Ch 4, sl st in first ch to form a ring",
    "Ch 6, join to form a ring",
    "Make a magic ring",
    "Ch 5, sl st in first ch to form ring",
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
    repeat: str  # star | around | bracket | stars
    inner: str  # square | round | each: how the groups of one side are repeated
    corner_word: str  # ch | corner sp | corner
    chain_first: bool  # "ch 1, 3 dc in next sp" rather than "3 dc in next sp, ch 1"
    new_yarn: str  # join | sl st | standing | attach | with
    same_yarn: str  # each | plain | to
    split: bool  # the first corner is begun at the start and completed at the end
    says_start: str  # "" | counts as dc | counts as first dc
    join: str  # join | plain | top | to join | chain | first
    fasten_off: bool
    declare: str
    gap: str  # how a no-chain author names the place between two groups
    run: str  # how a solid author writes a side: number | plain | sts | to corner | across
    from_corner: bool  # solid rounds begin in a corner
    terms: str  # US | UK
    slip: str  # UK authors write ss or sl st
    into: str  # in | into
    space: str  # how a chain space is written: `ch-{} sp` and others
    corners: int = 4
    group: int = 3  # stitches of a group, and of half a corner
    first: int = 3  # stitches of a side of a solid first round
    turn: int = 2  # stitches on either side of a solid corner
    mix: str = ""  # how a mixed author's rounds follow each other
    petals: int = 8
    petal: str = "dc3tog"
    solid_on: bool = False  # goes on in solid rounds
    around: int = 12  # stitches of a circle's first round, and by which it grows
    circle: int = 2  # rounds of a circle before it is squared

    # Words of this author

    def corner_place(self) -> str:
        return f"ch-{self.corner} sp" if self.corner_word == "ch" else self.corner_word

    def same_place(self) -> str:
        return "same corner" if self.corner_word == "corner" else "same sp"

    def starting_chain(self, first_round: bool) -> str:
        """`ch 3`, with what it counts as: always in the first round and for the doubtful ch 2, else by habit."""
        chain = f"ch {STARTING_CHAIN[self.stitch]}"
        if self.stitch != "sc" and (self.says_start or first_round or self.stitch != "dc"):
            return f"{chain} ({self.says_start or 'counts as'} {self.stitch})"
        return chain

    def spaced_chain(self, chains: int) -> str:
        """`ch 5 (counts as dc, ch 2)`: a stitch and the space after it."""
        return f"ch {STARTING_CHAIN[self.stitch] + chains} (counts as {self.stitch}, ch {chains})"

    def closing(self, stands: bool, over: int = 0) -> str:
        """The join: in a stitch that `stands`, or in the starting chain, with `over` chains more than its stitch."""
        first = f"in first {self.stitch}"
        if stands or self.stitch == "sc":
            return {"join": "join", "plain": "join with sl st", "to join": f"sl st {first} to join"}.get(
                self.join, f"join with sl st {first}"
            )
        chain = STARTING_CHAIN[self.stitch]
        top = f"{ordinal(chain)} ch of ch {chain + over}" if over else f"top of ch {chain}"
        return {
            "join": "join",
            "plain": "join with sl st",
            "top": f"join with sl st in {top}",
            "to join": f"sl st in {top} to join",
            "chain": f"join with sl st in {ordinal(chain)} ch of ch {chain + over}",
            "first": f"join with sl st {first}",
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

    def rest(self, body: Sequence[str], free: bool = False, passes: int = 0) -> str:
        """The items for the sides or corners that the round's start has left: all but one, or so many `passes`.

        `free` says that one pass more would find nothing to work into, so that `around` has one meaning.
        """
        inside, passes = ", ".join(body), passes or self.corners - 1
        if self.repeat == "bracket":
            return f"[{inside}] {passes} times" if passes != 2 else f"[{inside}] twice"
        if self.repeat == "stars":
            return f"*{inside}* {passes} times"
        if self.repeat == "around" and free:
            return f"*{inside}; rep from * around"
        if passes == 2:
            return f"*{inside}; rep from * once more"
        return f"*{inside}; rep from * {passes - 1} more times"

    def write(self, items: Sequence[str], made: str, last: bool, changes: bool) -> str:
        """One round's line: the items, then `Fasten off` where the yarn changes, then what was made."""
        items = [capital(item) for item in items] if self.sentences else list(items)
        line = capital((". " if self.sentences else ", ").join(items)) + "."
        line = line.replace("..", ".")
        if self.fasten_off and (changes or last):
            line += " Fasten off."
        return f"{line} {made}"

    def made(self, stitches: int, sides: int, per_side: int, groups: int = 0) -> str:
        """What the round has, as this author declares it. `sides` are the chain spaces between corners."""
        s, k = self.stitch, self.corners
        corners = f"{k} ch-{self.corner} sps"
        spaces = corners + (f", {sides} ch-{self.side} sp{'s' * (sides > 1)}" if sides else "")
        return {
            "all": f"({stitches} {s}, {spaces})",
            "corners": f"({stitches} {s}, {k} corners)",
            "square": f"[{stitches} {s}]",
            "dash": f"— {stitches} {s}, {corners}",
            "dash all": f"— {stitches} {s}, {spaces}",
            "equals": f"= {stitches} {s}",
            "sts": f"({stitches} sts)",
            "side": f"({per_side} {s} per side)",
            "groups": f"({groups} groups of {self.group} {s}, {k} corners)"
            if groups
            else f"({stitches} {s}, {per_side} per side)",
        }[self.declare]

    def told(self, counts: str) -> str:
        """Counts of a round or row that turns no corner: `(24 dc)`."""
        return {
            "square": f"[{counts}]", "dash": f"— {counts}", "dash all": f"— {counts}", "equals": f"= {counts}",
        }.get(self.declare, f"({counts})")  # fmt: skip

    def speak(self, line: str) -> str:
        """A line in the author's terms and words. Lines are made in US terms; each stitch is renamed once."""
        if self.into != "in":
            line = _IN.sub(rf"{self.into} \1", line)
        if self.space != "ch-{} sp":
            line = _SPACE.sub(lambda found: self.space.format(found[1]) + "s" * (found[2] == "sps"), line)
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
    corner, side = rng.choices([(2, 1), (3, 1), (3, 2), (1, 1)], [79, 15, 2, 4])[0]
    declares = ["all", "corners", "square", "dash", "dash all", "equals", "sts", "side", "groups"]
    spaces = ["ch-{} sp", "ch-{} space", "{}-ch sp"]
    return Style(
        family=family,
        stitch="dc",
        corner=corner,
        side=side,
        ring=rng.choices(RINGS, [26, 13, 13, 9, 9, 22, 8])[0],
        sentences=rng.random() < 0.25,
        repeat=rng.choices(["star", "around", "bracket", "stars"], [58, 12, 26, 4])[0],
        inner=rng.choices(["square", "round", "each"], [35, 25, 40])[0],
        corner_word=rng.choices(["ch", "corner sp", "corner"], [60, 30, 10])[0] if corner > 1 else "ch",
        chain_first=rng.random() < 0.3,
        new_yarn=rng.choices(["join", "sl st", "standing", "attach", "with"], [50, 18, 18, 7, 7])[0],
        same_yarn=rng.choices(["each", "plain", "to"], [40, 40, 20])[0],
        split=rng.random() < 0.05,
        says_start=rng.choices(["", "counts as", "counts as first"], [60, 30, 10])[0],
        join=rng.choices(["join", "top", "to join", "chain", "plain", "first"], [50, 22, 10, 7, 6, 5])[0],
        fasten_off=rng.random() < 0.4,
        declare=rng.choices(declares, [44, 14, 4, 8, 4, 3, 12, 8, 3])[0],
        gap=rng.choice(["gap", "gap between groups", "sp between groups"]),
        run=rng.choices(["number", "plain", "sts", "to corner", "across"], [20, 15, 10, 35, 20])[0],
        from_corner=rng.random() < 0.6,
        terms=terms,
        slip=rng.choice(["ss", "sl st"]),
        into="into" if rng.random() < (0.2 if terms == "UK" else 0.06) else "in",
        space=rng.choices(spaces, [70, 8, 22] if terms == "UK" else [92, 6, 2])[0],
    )
