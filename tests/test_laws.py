"""Laws of the families: each is written by formula and worked by places, and both come to the same counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import work
from tests.squares import classic


def rows_of(report):
    return [row for piece in report["pieces"] for row in piece["rows"]]


def worked(rows):
    report = work.check("\n".join(rows), "us")
    assert report["verdict"] == "ok", [row["findings"] for row in rows_of(report) if row["verdict"] != "ok"]
    return rows_of(report)[-1]


def solid(rounds, k, chain):
    """A solid square with corners (k, ch, k)."""
    corner = f"({k} dc, ch {chain}, {k} dc)"
    first = f"({k - 1} dc, ch {chain}, {k} dc)" if k > 1 else f"(ch {chain}, dc)"
    rows = [
        f"Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc in ring, ch {chain}, "
        f"[3 dc in ring, ch {chain}] 3 times, join. (12 dc)"
    ]
    for n in range(2, rounds + 1):
        side = f"dc in next {3 + 2 * k * (n - 2)} dc"
        rows.append(
            f"Rnd {n}: Sl st in next ch-{chain} sp, ch 3 (counts as dc), {first} in same sp, {side}, "
            f"[{corner} in next ch-{chain} sp, {side}] 3 times, join. ({12 + 8 * k * (n - 1)} dc, 4 ch-{chain} sps)"
        )
    return rows


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 3]))
def test_a_solid_square_grows_by_8_k_a_round(rounds, k, chain):
    last = worked(solid(rounds, k, chain if chain > 1 else 2))

    assert last["counts"] == {"dc": 12 + 8 * k * (rounds - 1)}
    assert last["corners"] == 4


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 12))
def test_a_square_of_single_crochet_has_8n_minus_4(rounds):
    rows = ["Rnd 1: Magic ring, ch 1, [sc in ring, ch 2] 4 times, join. (4 sc, 4 ch-2 sps)"]
    for n in range(2, rounds + 1):
        side = f"sc in next {2 * n - 3} sc" if n > 2 else "sc in next sc"
        chain = 2 if n == 2 else 1
        rows.append(
            f"Rnd {n}: Sl st in next ch-{chain} sp, ch 1, (sc, ch 1, sc) in same sp, {side}, "
            f"*(sc, ch 1, sc) in next ch-{chain} sp, {side}; rep from * 2 more times, join. ({8 * n - 4} sc)"
        )
    last = worked(rows)

    assert last["counts"] == {"sc": 8 * rounds - 4}
    assert set(last["per_side"]) == {2 * rounds - 1}


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 10), st.integers(4, 9), st.booleans())
def test_an_increase_in_every_part_adds_m_and_a_decrease_takes_them_away(rounds, m, brackets):
    def times(body):
        return f"({body}) x {m}" if brackets else f"*{body}; rep from * around"

    rows = [f"Rnd 1: {m} sc in magic ring. ({m})"]
    rows += [f"Rnd {n}: {times(f'{n - 2} sc, inc' if n > 2 else 'inc')}. ({n * m})" for n in range(2, rounds + 1)]
    assert worked(rows)["counts"] == {"sc": rounds * m}
    rows += [
        f"Rnd {2 * rounds - n + 1}: {times(f'{n - 2} sc, dec' if n > 2 else 'dec')}. ({(n - 1) * m})"
        for n in range(rounds, 1, -1)
    ]
    assert worked(rows)["stitches"] == m


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 8))
def test_a_flat_circle_has_12_n_double_crochet(rounds):
    rows = ["Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"]
    for n in range(2, rounds + 1):
        body = f"dc in next {n - 2} sts, 2 dc in next st" if n > 2 else "2 dc in next st"
        first = f"dc in next {n - 3} sts, 2 dc in next st" if n > 3 else "2 dc in next st" if n > 2 else "dc in same st"
        rows.append(f"Rnd {n}: Ch 3 (counts as dc), {first}, *{body}; rep from * around, join. ({12 * n} dc)")

    assert worked(rows)["counts"] == {"dc": 12 * rounds}


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 6), st.integers(0, 5))
def test_a_rectangle_has_6_more_for_each_cluster_on_two_sides(rounds, m):
    """Round 1 stands in a ring with two long sides of m clusters more, parted by ch 1."""
    long = "3 dc in ring, ch 1, " * m
    rows = [
        f"Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc in ring, ch 2, {long}3 dc in ring, ch 2, 3 dc in ring, ch 2, "
        f"{long}3 dc in ring, ch 2, join. ({12 + 6 * m} dc, 4 ch-2 sps{f', {2 * m} ch-1 sps' if m else ''})"
    ]
    for n in range(2, rounds + 1):
        short = "ch 1, " + "3 dc in next ch-1 sp, ch 1, " * (n - 2)
        wide = "ch 1, " + "3 dc in next ch-1 sp, ch 1, " * (n - 2 + m)
        corner = "(3 dc, ch 2, 3 dc) in next ch-2 sp, "
        rows.append(
            f"Rnd {n}: Join B in first ch-2 sp. Ch 3 (counts as dc), (2 dc, ch 2, 3 dc) in same sp, {wide}{corner}"
            f"{short}{corner}{wide}{corner}{short}join. ({12 * n + 6 * m} dc, 4 ch-2 sps)"
        )
    last = worked(rows)

    assert last["counts"] == {"dc": 12 * rounds + 6 * m}
    assert last["corners"] == 4


@pytest.mark.parametrize("word", ["wibble", "not", "except the last", "dtrr", "§", "leaving 2"])
def test_a_word_that_is_not_read_is_never_ok_wherever_it_stands(word):
    state, _ = work.step(work.begin(), classic(1)[0])
    row = classic(2)[1]
    for at in [i for i, c in enumerate(row) if c == " " and i > row.index(":")]:
        _, report = work.step(state, row[:at] + " " + word + row[at:])
        assert report.verdict != "ok", row[:at] + " <" + word + ">"


def test_whatever_is_left_out_nothing_is_raised_and_ok_counts_as_told():
    state, _ = work.step(work.begin(), classic(1)[0])
    row = classic(2)[1]
    words = row[7:].split(" ")
    for i in range(len(words)):
        for n in (1, 2, 3):
            _, report = work.step(state, "Rnd 2: " + " ".join(words[:i] + words[i + n :]))
            if report.verdict == "ok":
                assert report.row()["counts"] == {"dc": 24}, report.text


@pytest.mark.parametrize("rounds", [1, 3, 6])
def test_stitches_by_their_feet_sum_to_the_count(rounds):
    state = work.begin()
    for line in classic(rounds):
        state, report = work.step(state, line)
    feet = {}
    for one in report.course.stitches:
        feet[one.foot] = feet.get(one.foot, 0) + 1

    assert sum(feet.values()) == report.row()["stitches"] == 12 * rounds
    if rounds > 1:
        assert sorted(set(feet.values())) == ([3, 6] if rounds > 2 else [6])
