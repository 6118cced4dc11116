"""Fabric built by formula, so that tests of the chart and the yarn do not lean on the checker."""

from crochet.craft.fabric import Course, Foot, Gap, Stitch

RING = Foot("ring")


def _course(made: list[tuple[str, Foot]], gaps: list[Gap], colour: str | None, closed: bool = True) -> Course:
    stitches = tuple(Stitch(kind, foot, chain=i == 0) for i, (kind, foot) in enumerate(made))
    return Course(stitches, tuple(gaps), closed, colour)


def _cluster(made: list, gaps: list, foot: Foot, after: Gap, n: int = 3, kind: str = "dc") -> None:
    made += [(kind, foot)] * n
    gaps += [Gap()] * (n - 1) + [after]


def _spaces(below: Course) -> list[int]:
    """The gaps a cluster can stand in: chain spaces, corners, and the bare gaps between clusters."""
    size = len(below.gaps)
    return [
        i
        for i, gap in enumerate(below.gaps)
        if gap.chains or gap.corner or below.stitches[i].foot != below.stitches[(i + 1) % size].foot
    ]


def classic(rounds: int, letters: str = "A", corners: int = 4, chain: int = 1) -> list[Course]:
    """A granny square (or hexagon): clusters of 3 dc in spaces; `chain=0` for bare gaps between clusters."""
    made: list = []
    gaps: list = []
    for _ in range(corners):
        _cluster(made, gaps, RING, Gap(2, True))
    courses = [_course(made, gaps, letters[0])]
    for n in range(1, rounds):
        below, made, gaps = courses[-1], [], []
        spaces = _spaces(below)
        first = next(i for i in spaces if below.gaps[i].corner)
        for i in spaces[spaces.index(first) :] + spaces[: spaces.index(first)]:
            if below.gaps[i].corner:
                _cluster(made, gaps, Foot("sp", i), Gap(2, True))
            _cluster(made, gaps, Foot("sp", i), Gap(chain))
        courses.append(_course(made, gaps, letters[n % len(letters)]))
    return courses


def solid(rounds: int, letters: str = "A", k: int = 2, kind: str = "dc") -> list[Course]:
    """A solid square: a stitch in each stitch, (k, ch 2, k) in each corner."""
    made: list = []
    gaps: list = []
    for _ in range(4):
        _cluster(made, gaps, RING, Gap(2, True), 3, kind)
    courses = [_course(made, gaps, letters[0])]
    for n in range(1, rounds):
        below, made, gaps = courses[-1], [], []
        size = len(below.stitches)
        first = next(i for i, gap in enumerate(below.gaps) if gap.corner)
        for step in range(size):
            i = (first + step) % size
            if below.gaps[i].corner:
                _cluster(made, gaps, Foot("sp", i), Gap(2, True), k, kind)
                _cluster(made, gaps, Foot("sp", i), Gap(), k, kind)
            following = (i + 1) % size
            made.append((kind, Foot("st", following)))
            gaps.append(Gap())
        courses.append(_course(made, gaps, letters[n % len(letters)]))
    return courses


def circle(rounds: int, letters: str = "A", kind: str = "dc") -> list[Course]:
    """A flat circle: 12 dc (or 6 sc) more each round."""
    step = 12 if kind == "dc" else 6
    courses = [_course([(kind, RING)] * step, [Gap()] * step, letters[0])]
    for n in range(1, rounds):
        made: list = []
        for i in range(len(courses[-1].stitches)):
            made += [(kind, Foot("st", i))] * (2 if (i + 1) % n == 0 else 1)
        courses.append(_course(made, [Gap()] * len(made), letters[n % len(letters)]))
    return courses


def flat(rows: int, stitches: int, letters: str = "A", kind: str = "dc") -> list[Course]:
    """A piece in rows; each row's feet count along the row below as it was worked, so after a turn they run back."""
    courses = []
    for n in range(rows):
        feet = range(stitches) if n == 0 else range(stitches - 1, -1, -1)
        made = [(kind, Foot("st", i)) for i in feet]
        courses.append(_course(made, [Gap()] * stitches, letters[n % len(letters)], closed=False))
    return courses


def keyed(courses: list[Course], piece: int = 1) -> list[tuple[str, Course]]:
    return [(f"p{piece}/r{i}", course) for i, course in enumerate(courses, 1)]


def circle_to_square(letters: str = "A") -> list[Course]:
    """12 dc; 2 dc in each, ch 1; 3 dc in each space, ch 1; then a square out of the 12 spaces."""
    courses = [_course([("dc", RING)] * 12, [Gap()] * 12, letters[0])]
    for n, foot in ((2, [Foot("st", i) for i in range(12)]), (3, [Foot("sp", 2 * i + 1) for i in range(12)])):
        made: list = []
        gaps: list = []
        for place in foot:
            _cluster(made, gaps, place, Gap(1), n)
        courses.append(_course(made, gaps, letters[(n - 1) % len(letters)]))
    made, gaps = [], []
    for i in range(12):
        if i % 3 == 0:
            _cluster(made, gaps, Foot("sp", 3 * i + 2), Gap(2, True))
        _cluster(made, gaps, Foot("sp", 3 * i + 2), Gap(1))
    courses.append(_course(made, gaps, letters[3 % len(letters)]))
    return courses


def border(rows: int, columns: int, n: int, letters: str = "A") -> list[Course]:
    """Rounds around rows by columns of classic squares of n rounds: sc, then dc; 3 in each corner, 2 in each joint."""
    made: list = []
    gaps: list = []
    for side in (rows, columns, rows, columns):
        _cluster(made, gaps, Foot("sp", len(made)), Gap(), 3, "sc")
        gaps[-2] = Gap(0, True)
        for square in range(side):
            made += [("sc", Foot("st", len(made) + i)) for i in range(4 * n - 1)]
            gaps += [Gap()] * (4 * n - 1)
            if square < side - 1:
                _cluster(made, gaps, Foot("joint", len(made)), Gap(), 2, "sc")
    courses = [_course(made, gaps, letters[0])]
    for k, letter in enumerate(letters[1:]):
        below, made, gaps = courses[k], [], []
        for i, gap in enumerate(below.gaps):
            _cluster(made, gaps, Foot("st", i), Gap(), 3 if gap.corner else 1)
            if gap.corner:
                gaps[-2] = Gap(0, True)
        courses.append(_course(made, gaps, letter))
    return courses
