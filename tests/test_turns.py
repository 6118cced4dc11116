"""Turns: texts in one process are let in in the order of coming, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from llm.turns import Line, NoSlot, Turns


def letters(word: str) -> Iterator[str]:
    yield from word


def test_a_text_comes_out_as_it_is_written() -> None:
    assert list(Turns(1.0).text(letters("granny"))) == list("granny")


def test_a_slot_is_free_again_when_its_text_ends_or_is_closed() -> None:
    turns = Turns(0.01, at_once=1)

    assert list(turns.text(letters("ab"))) == ["a", "b"]
    turns.text(letters("cd")).close()
    assert list(turns.text(letters("ef"))) == ["e", "f"]


def test_a_text_that_fails_at_once_leaves_its_slot_free() -> None:
    def faulty() -> Iterator[str]:
        raise ValueError("no brief")
        yield ""

    turns = Turns(0.01, at_once=1)
    with pytest.raises(ValueError, match="no brief"):
        turns.text(faulty())

    assert list(turns.text(letters("ab"))) == ["a", "b"]


def test_a_fault_in_the_middle_comes_behind_the_pieces_before_it_though_somebody_waits() -> None:
    def faulty() -> Iterator[str]:
        yield from "abc"
        raise ValueError("lost")

    turns = Turns(10.0)
    text = turns.text(faulty())
    assert next(text) == "a"
    assert turns._engine.enter()
    waiter = threading.Thread(target=lambda: list(turns.text(letters("xyz"))))
    waiter.start()
    while not turns._engine.is_awaited():
        pass
    came: list[str] = []

    def rest() -> None:
        with pytest.raises(ValueError, match="lost"):
            came.extend(str(piece) for piece in text)

    reader = threading.Thread(target=rest)
    reader.start()
    turns._engine.leave()
    reader.join(10)
    waiter.join(10)

    assert came == ["b", "c"]


def test_closing_twice_frees_one_slot() -> None:
    turns = Turns(0.01, at_once=1)
    text = turns.text(letters("ab"))
    text.close()
    text.close()
    turns.text(letters("cd"))

    with pytest.raises(NoSlot):
        turns.text(letters("ef"))


def test_who_finds_no_slot_in_time_is_told() -> None:
    turns = Turns(0.01, at_once=2)
    held = [turns.text(letters("ab")) for _ in range(2)]

    with pytest.raises(NoSlot):
        turns.text(letters("cd"))
    assert ["".join(map(str, text)) for text in held] == ["ab", "ab"]


def test_too_many_who_wait_are_told_at_once() -> None:
    line = Line(1)
    assert line.enter()
    waiter = threading.Thread(target=line.enter)
    waiter.start()
    while not line._queue:
        pass

    assert not line.enter(seconds=300, waiting=1)
    line.leave()
    waiter.join(10)
    assert not waiter.is_alive()


def test_who_waits_is_let_in_in_the_order_of_coming() -> None:
    line, came = Line(1), []
    assert line.enter()

    def come(name: int) -> None:
        line.enter()
        came.append(name)
        line.leave()

    waiters = [threading.Thread(target=come, args=(name,)) for name in range(5)]
    for number, waiter in enumerate(waiters, 1):
        waiter.start()
        while len(line._queue) < number:
            pass
    line.leave()
    for waiter in waiters:
        waiter.join(10)

    assert came == [0, 1, 2, 3, 4]
