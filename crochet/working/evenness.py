"""Evenness: one side or corner of a round that is not like all the others.

What it finds: the first corner left half done, the last chain forgotten, a wrong number in one of four sides. What it
could flag that is right: hearts, half squares, rectangles, petals, letters, anything shaped on purpose. So a round is
looked at only where it went on evenly so far and all sides but one are alike. It is an error where the count, too, asks
for the even round, or where nothing is counted and the oddity is small; else it is only told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from crochet.craft.fabric import Course, Foot
from crochet.craft.stitches import shown
from crochet.findings import Finding
from crochet.grammar.pattern import Declared, Span
from crochet.working.counted import counted
from crochet.working.exchanged import exchanged
from crochet.working.places import Fabric

Part = TypeVar("Part")
Side = tuple[tuple[str, int, bool], ...]  # from corner to corner: (stitch, chains after it, the next has its foot)
Where = Callable[[int, bool], Span]  # the words that made a stitch, or the chains behind it
FEWEST = 4  # of three sides two alike prove nothing
SMALL = 2  # a chain longer by more than this is a loop to hang it by, a petal, a point
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MANY = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True, slots=True)
class Odd:
    """The sides of a round, of which the one at `at` differs from the `usual`. `lost`: a corner that was not made."""

    sides: tuple[Side, ...]
    starts: tuple[int, ...]  # the first stitch of each side
    at: int
    usual: Side
    size: int
    lost: bool = False

    @property
    def one(self) -> Side:
        return self.sides[self.at]

    def differs(self) -> int | None:
        """Where in the odd side a chain is another, its stitches being the same; None: its stitches differ."""
        if [kind for kind, *_ in self.one] != [kind for kind, *_ in self.usual]:
            return None
        pairs = enumerate(zip(self.one, self.usual, strict=True))
        return next((k for k, (a, b) in pairs if a[1] != b[1]), None)

    def same_spaces(self) -> bool:
        """Its spaces are those of the others, elsewhere."""
        return sorted(chains for _, chains, _ in self.one) == sorted(chains for _, chains, _ in self.usual)

    def stitch(self, k: int) -> int:
        """The number, in the round, of the k-th stitch of the odd side."""
        return (self.starts[self.at] + k) % self.size


def evenness(
    course: Course, below: Fabric | None, declared: Declared | None, differs: bool, where: Where, terms: str = "us"
) -> list[Finding]:
    """A side or corner unlike the others. `differs`: something declared is not so."""
    odd = _odd(course, below)
    if not differs and (crossed := exchanged(course, where)):
        return [crossed]
    if odd is None:
        return _lone(course, below, declared, differs, where) or (
            [] if differs else _shaped(course, below, declared, where)
        )
    meant = declared is not None and any(_comes_to(side, len(odd.sides) + odd.lost, declared)
                                         for side in (odd.usual, odd.one))  # fmt: skip
    if differs and not meant:
        return []  # the count tells what is wrong, and this would not put it right
    if declared is not None and not differs and _told(odd, course, declared):
        return []
    message, span = _says(odd, course, below, where, terms)
    return [Finding("corner-differs", message, span, doubt=not differs and _doubtful(odd, below, declared))]


def _odd(course: Course, below: Fabric | None) -> Odd | None:
    """The one side that is unlike all the others; None: none is, or several are."""
    corners = course.corners()
    expected = below.corners() if below is not None and below.corners() else corners
    if below is not None and not is_even(below.course):
        return None
    parts = below is None and not corners
    sides, starts = sides_of(course, parts)
    lost = expected - corners == 1
    if len(sides) + lost < FEWEST or (corners != expected and not lost):
        return None
    usual, n = Counter(sides).most_common(1)[0]
    if n != len(sides) - 1:
        return None
    at = next(k for k, side in enumerate(sides) if side != usual)
    return Odd(sides, starts, at, usual, len(course.stitches), lost)


def is_even(course: Course) -> bool:
    """A shape whose sides have the same stitches and chains, all or opposite ones. No corners: nothing to compare."""
    return _even(_between(course.looks, course.corner_gaps))


def _even(sides: Sequence[tuple[object, ...]]) -> bool:
    """All sides are alike, or opposite ones are."""
    return len(set(sides)) < 2 or (len(sides) % 2 == 0 and all(len(set(sides[k::2])) < 2 for k in (0, 1)))


def sides_of(course: Course, parts: bool = False) -> tuple[tuple[Side, ...], tuple[int, ...]]:
    """Each side from corner to corner, and its first stitch. `parts`: from space to space, where no corner is."""
    at = [i for i, gap in enumerate(course.gaps) if gap.chains] if parts else course.corner_gaps
    if not at:
        return (), ()
    return _between(course.parts, at), tuple((a + 1) % len(course.stitches) for a in at)


def _between(along: tuple[Part, ...], at: Sequence[int]) -> tuple[tuple[Part, ...], ...]:
    """What lies along a round, parted behind each of these places."""
    twice = along * 2
    ends = zip(at, [*at[1:], at[0] + len(along)], strict=True) if at else ()
    return tuple([twice[a + 1 : b + 1] for a, b in ends])


def _comes_to(side: Side, times: int, said: Declared) -> bool:
    """So many such sides make what is declared."""
    counts: Mapping[str, int] = Counter(kind for kind, *_ in side for _ in range(times))
    spaces = Counter(chains for _, chains, _ in side if chains for _ in range(times))
    named = bool(said.counts or said.stitches or said.spaces or said.corners or said.per_side)
    return (
        named
        and all(counted(counts, kind, n) == n for kind, n in said.counts)
        and said.stitches in (None, len(side) * times)
        and all(spaces[size] == n for size, n in said.spaces)
        and said.corners in (None, times)
        and said.per_side in (None, len(side))
    )


def _told(odd: Odd, course: Course, said: Declared) -> bool:
    """The count says that it is so: it names every space as it is made."""
    spaces = dict(said.spaces) == course.spaces() if said.spaces else said.corners == course.corners() and odd.lost
    return spaces and (odd.lost or (odd.differs() is not None and not odd.same_spaces()))


def _doubtful(odd: Odd, below: Fabric | None, declared: Declared | None) -> bool:
    """No contradiction: a shape may be meant."""
    k = odd.differs()
    if (below is not None and not below.corners()) or (not odd.lost and odd.same_spaces() and _as_many(odd)):
        return True
    if k is None:
        return declared is not None and bool(declared.counts or declared.stitches)
    return any(abs(a - b) > SMALL for (_, a, _), (_, b, _) in zip(odd.one, odd.usual, strict=True))


def _as_many(odd: Odd) -> bool:
    return len(odd.one) == len(odd.usual)


def _lone(
    course: Course, below: Fabric | None, declared: Declared | None, differs: bool, where: Where
) -> list[Finding]:
    """One space in a round of stitches: what is left of a starting chain too long, or of a slip; or a leaf's tip."""
    wide = [i for i, gap in enumerate(course.gaps) if gap.chains]
    plain = below is None or not any(gap.chains for gap in below.course.gaps)
    if len(wide) != 1 or len(course.stitches) < 6 or differs or not plain or (declared and declared.spaces):
        return []
    at = wide[0]
    says = f"One ch-{course.gaps[at].chains} sp in the whole round."
    behind_start = at == 0 and course.stitches[0].chain and declared is not None
    return [Finding("corner-differs", says, where(at, True), doubt=not behind_start)]


def _shaped(course: Course, below: Fabric | None, declared: Declared | None, where: Where) -> list[Finding]:
    """Several sides differ: a shape, most likely, and told in case that none was meant.

    None was where the sides have the same stitches, and the spaces that are counted come to as many on each.
    """
    sides, starts = sides_of(course)
    if _even(sides) or (below is not None and not (below.corners() == len(sides) and is_even(below.course))):
        return []
    alike = len(sides) >= FEWEST and len({tuple(kind for kind, *_ in side) for side in sides}) == 1
    evenly = declared is not None and declared.spaces and all(n % len(sides) == 0 for n in course.spaces().values())
    return [Finding("corner-differs", _lengths(sides), where(starts[0], False), doubt=not (alike and evenly))]


# -- in words


def _lengths(sides: tuple[Side, ...]) -> str:
    lengths = [str(len(side)) for side in sides[:9]]
    if len(set(lengths)) == 1:
        return "The sides have as many stitches, but not the same stitches and chains."
    return f"The sides differ: {', '.join(lengths)} stitches."


def _says(odd: Odd, course: Course, below: Fabric | None, where: Where, terms: str) -> tuple[str, Span]:
    if odd.lost and below is not None and (lost := _lost(course, below, where, terms)):
        return lost
    k = odd.differs()
    if k is None:
        same = next((i for i, (a, b) in enumerate(zip(odd.one, odd.usual, strict=False)) if a != b), 0)
        return _lengths(odd.sides), where(odd.stitch(same), False)
    have, others = odd.one[k][1], odd.usual[k][1]
    span = where(odd.stitch(k), True)
    if k == len(odd.one) - 1 and len(odd.sides) <= len(_NTH):
        nth = (odd.at + 1) % len(odd.sides) if odd.starts[0] else odd.at
        says = f"{_MANY[len(odd.sides) - 1]} corners have {_ch(others)}, the {_NTH[nth]} {_ch(have)}."
        return says, span
    return f"One side has {_ch(have)} where the others have {_ch(others)}.", span


def _ch(n: int) -> str:
    return f"ch {n}" if n else "no chain"


def _lost(course: Course, below: Fabric, where: Where, terms: str) -> tuple[str, Span] | None:
    """`The first corner gets 3 dc, the others 3 dc, ch 2, 3 dc.`"""
    places = [i for i, gap in enumerate(below.course.gaps) if gap.corner]
    made = {i: [k for k, one in enumerate(course.stitches) if one.foot == Foot("sp", i)] for i in places}
    turned = {course.stitches[i].foot.index for i, gap in enumerate(course.gaps) if gap.corner}
    without = [i for i in places if i not in turned]
    if len(without) != 1 or not made[without[0]]:
        return None
    first = min(places, key=lambda i: made[i][0] if made[i] else len(course.stitches))
    lost, other = made[without[0]], next(made[i] for i in places if i in turned and (i != first or len(places) == 1))
    nth = sorted(places, key=lambda i: made[i][0] if made[i] else 0).index(without[0])
    says = f"The {_NTH[nth]} corner gets {_group(course, lost, terms)}, the others {_group(course, other, terms)}."
    return says, where(lost[-1], False)


def _group(course: Course, at: list[int], terms: str) -> str:
    """`3 dc, ch 2, 3 dc`: what stands in one place."""
    words: list[str] = []
    n, kind = 0, course.stitches[at[0]].kind
    for k, i in enumerate(at):
        if course.stitches[i].kind != kind:
            words.append(f"{n} {shown(kind, terms)}")
            n, kind = 0, course.stitches[i].kind
        n += 1
        if k + 1 < len(at) and course.gaps[i].chains:
            words += [f"{n} {shown(kind, terms)}", f"ch {course.gaps[i].chains}"]
            n = 0
    return ", ".join([*words, f"{n} {shown(kind, terms)}"] if n else words)
