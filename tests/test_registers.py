"""Registers: the laws that let ticks come in any order, any number of times, from any device."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as some

from db.registers import AHEAD_MS, BadStamp, Register, Stamp, clamped, read_stamp, set_back, winner

stamps = some.builds(Stamp, some.integers(0, 10**13), some.integers(0, 50), some.sampled_from(["a", "b", "Zk3"]))
registers = some.builds(Register, stamps, some.booleans())


def merged(ticks: list[Register]) -> Register | None:
    return reduce(winner, ticks, None)


@given(some.lists(registers, max_size=8), some.randoms(use_true_random=False))
def test_the_order_of_ticks_does_not_matter(ticks, chance):
    shuffled = list(ticks)
    chance.shuffle(shuffled)

    assert merged(shuffled) == merged(ticks)


@given(some.lists(registers, max_size=8))
def test_ticks_that_come_twice_change_nothing(ticks):
    assert merged(ticks + ticks) == merged(ticks)


@given(registers, registers, registers)
def test_it_does_not_matter_who_merges_first(one, two, three):
    assert winner(winner(one, two), three) == winner(one, winner(two, three))


@given(stamps)
def test_a_stamp_survives_being_written(stamp):
    assert read_stamp(str(stamp)) == stamp


@pytest.mark.parametrize(
    "text", ["", "1-0", "1-0-", "-1-0-a", "01-0-a", "1-0-a-b", "1-0-a\n", "١-0-a", "1-0-" + "x" * 33, "9" * 16 + "-0-a"]
)
def test_what_is_no_stamp_is_refused(text):
    with pytest.raises(BadStamp):
        read_stamp(text)


@given(stamps, some.integers(0, 10**13))
def test_a_clock_far_ahead_is_set_back_and_others_are_left_alone(stamp, now):
    result = clamped(stamp, now)

    assert result.ms <= now + AHEAD_MS
    assert result == stamp or stamp.ms > now + AHEAD_MS
    assert clamped(result, now) == result


@given(some.lists(stamps), some.integers(0, 10**13))
def test_clocks_far_ahead_keep_their_own_order(said, now):
    given_instead = set_back(said, now)

    assert set(given_instead) == {stamp for stamp in said if stamp.ms > now + AHEAD_MS}
    assert sorted(given_instead) == sorted(given_instead, key=given_instead.__getitem__)
    assert all(stamp.ms == now + AHEAD_MS for stamp in given_instead.values())
