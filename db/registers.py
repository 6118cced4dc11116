"""Registers: last-writer-wins cells with hybrid logical clock stamps, merged the same in any order.

A stamp is `<ms>-<counter>-<replica>`: a device's wall clock, a counter for ticks in one millisecond, and the random
name of the device, which breaks ties. Merging is commutative, associative and idempotent, so that it does not matter
how often, in what order or by how many devices a tick is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

AHEAD_MS = 60_000  # a clock further ahead would win for ever
Value = TypeVar("Value", bool, str)
_STAMP = re.compile(r"(0|[1-9][0-9]{0,14})-(0|[1-9][0-9]{0,8})-([A-Za-z0-9_]{1,32})", re.ASCII)


class BadStamp(ValueError):
    """Not `<ms>-<counter>-<replica>`."""


class Stamp(NamedTuple):
    """When a cell was set, by whom; the greater wins."""

    ms: int
    counter: int
    replica: str

    def __str__(self) -> str:
        return f"{self.ms}-{self.counter}-{self.replica}"


class Register(NamedTuple, Generic[Value]):
    """What was said of a cell, and the stamp that said so: whether it is done, or a note."""

    stamp: Stamp
    value: Value


def read_stamp(text: str) -> Stamp:
    """A stamp from its text. Raises BadStamp."""
    found = _STAMP.fullmatch(text)
    if found is None:
        raise BadStamp(text)
    return Stamp(int(found[1]), int(found[2]), found[3])


def clamped(stamp: Stamp, now_ms: int) -> Stamp:
    """The stamp, set back when it lies more than a minute ahead of our clock."""
    return stamp._replace(ms=min(stamp.ms, now_ms + AHEAD_MS))


def set_back(stamps: Iterable[Stamp], now_ms: int) -> dict[Stamp, Stamp]:
    """Those that lie too far ahead, each with the stamp it gets instead, in the order they had among themselves.

    Else a tick and its untick from a clock a year ahead would become one moment, and the tick would win.
    """
    ahead = sorted({stamp for stamp in stamps if clamped(stamp, now_ms) != stamp})
    return {stamp: clamped(stamp, now_ms)._replace(counter=place) for place, stamp in enumerate(ahead)}


def winner(one: Register[Value] | None, other: Register[Value]) -> Register[Value]:
    """The register that holds: the greater stamp. Of two with one stamp the greater value: done over undone."""
    return other if one is None else max(one, other)
