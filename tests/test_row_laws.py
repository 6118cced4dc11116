"""Laws of rows: each is written by formula and worked by places, and both come to the same counts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import work

COUNTING = {"hdc": 2, "dc": 3, "tr": 4}


def worked(*lines):
    rows = [row for piece in work.check("\n".join(lines), "us")["pieces"] for row in piece["rows"]]
    wrong = [row["findings"] for row in rows if row["verdict"] != "ok"]
    assert not wrong, (lines, wrong)
    return rows[-1]


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 60), st.sampled_from([*COUNTING]), st.booleans(), st.integers(1, 8), st.booleans())
def test_a_rectangle_keeps_its_stitches(n, kind, own_line, rows, chain_last):
    """N - k + 2 stitches where the skipped chains count, in every row."""
    k = COUNTING[kind] + 1
    chains, chain = n + k - 2, f"ch {COUNTING[kind]} (counts as {kind})"
    last = f" {chain}, turn." if chain_last else " Turn."
    begins = f"Ch {chains}.\nRow 1: " if own_line else f"Row 1: Ch {chains}, "
    first = f"{kind} in {k}{'rd' if k == 3 else 'th'} ch from hook (skipped chs count as {kind}) and in each ch across."
    again = [f"Row {i}: {'' if chain_last else f'{chain}, '}{kind} in next {n - 1} sts.{last} ({n} {kind})"
             for i in range(2, rows + 2)]  # fmt: skip
    assert worked(f"{begins}{first}{last} ({n} {kind})", *again)["stitches"] == n


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 30), st.integers(1, 8))
def test_a_triangle_grows_by_two_and_shrinks_by_two(n, rows):
    grown = [f"Row {i}: Ch 1, 2 sc in first st, sc in each st to last st, 2 sc in last st, turn. ({n + 2 * (i - 1)} sc)"
             for i in range(2, rows + 2)]  # fmt: skip
    shrunk = [f"Row {rows + i}: Ch 1, sc2tog, sc in each st to last 2 sts, sc2tog, turn. ({n + 2 * (rows - i + 1)} sts)"
              for i in range(2, rows + 2)]  # fmt: skip
    first = f"Row 1: Ch {n + 1}, sc in 2nd ch from hook and in each ch across, turn. ({n} sc)"

    assert worked(first, *grown, *shrunk)["stitches"] == n


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3), st.integers(2, 15), st.integers(1, 5))
def test_a_mesh_has_a_stitch_more_than_spaces(chain, spaces, rows):
    chains = 4 + 2 * chain + (spaces - 1) * (chain + 1)
    first = (
        f"Row 1: Dc in {4 + 2 * chain}th ch from hook, *ch {chain}, sk next {chain} ch, dc in next ch; rep from * "
        f"across, turn. ({spaces + 1} dc, {spaces} ch-{chain} sps)"
    )
    again = [
        f"Row {i}: Ch {3 + chain} (counts as dc and ch {chain}), dc in next dc, *ch {chain}, dc in next dc; rep from * "
        f"across, turn. ({spaces + 1} dc, {spaces} ch-{chain} sps)"
        for i in range(2, rows + 2)
    ]
    assert worked(f"Ch {chains}.", first, *again)["spaces"] == {str(chain): spaces}


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 9), st.integers(1, 6), st.integers(1, 6))
def test_a_ripple_keeps_its_stitches(side, waves, rows):
    n = waves * (2 * side + 3) + 2 * side + 4
    peak = f"sc in next {side} sts, 3 sc in next st, sc in next {side} sts, sk 2 sts"
    body = f"Ch 1, 2 sc in first st, sc in next {side} sts, sk 2 sts, *{peak}; rep from * to last {side + 1} sts, "
    rows_ = [f"Row {i}: {body}sc in next {side} sts, 2 sc in last st, turn. ({n} sc)" for i in range(2, rows + 2)]

    first = f"Row 1: Ch {n + 1}, sc in 2nd ch from hook and in each ch across, turn. ({n} sc)"
    assert worked(first, *rows_)["counts"] == {"sc": n}


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 30), st.booleans(), st.sampled_from(["sc", "hdc"]))
def test_an_oval_has_both_sides_of_its_chain(n, told, kind):
    """3 in the last chain, 2 more in the first on the way back: 2(N - 1) + 2."""
    other = "working along opposite side of foundation ch, " if told else ""
    row = (
        f"Rnd 1: Ch {n}, {kind} in 2nd ch from hook, {kind} in next {n - 3} ch, 3 {kind} in last ch, {other}"
        f"{kind} in next {n - 3} ch, 2 {kind} in last ch. ({2 * n} {kind})"
    )
    assert worked(row, f"Rnd 2: {kind} in each st around. ({2 * n})")["stitches"] == 2 * n


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 30), st.integers(1, 12), st.sampled_from(["Rep Row 2", "As Row 2", "Rep last row"]))
def test_rows_worked_again_are_as_many_as_told(n, more, said):
    first = f"Row 1: Ch {n + 1}, sc in 2nd ch from hook and in each ch across, turn. ({n} sc)"
    second = f"Row 2: Ch 1, sc in each st across, turn. ({n} sc)"
    labelled = worked(first, second, f"Rows 3-{more + 2}: {said}. ({n} sc)", f"Row {more + 3}: Ch 1, {n} sc.")
    told = worked(first, f"{second} {said} {more} times.", f"Row {more + 3}: Ch 1, {n} sc.")

    assert labelled["stitches"] == told["stitches"] == n


@settings(max_examples=60, deadline=None)
@given(st.integers(4, 30), st.integers(-3, 3), st.sampled_from(["chain", "row", "count"]))
def test_a_number_that_is_off_is_noticed(n, by, where):
    chains, next_, count = (n + 1, n - 1, n)
    chains += by if where == "chain" else 0
    next_ += by if where == "row" else 0
    count += by if where == "count" else 0
    text = (
        f"Ch {chains}.\nRow 1: Sc in 2nd ch from hook, sc in next {n - 1} ch, turn. ({n} sc)\n"
        f"Row 2: Ch 1, sc in first st, sc in next {next_} sts, turn. ({count} sc)"
    )
    if chains < 2 or next_ < 1 or count < 1:
        return
    assert (work.check(text, "us")["verdict"] == "ok") == (by == 0), text
