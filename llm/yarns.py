"""yarns: which of a sheet's yarns each round, the seam and each round of the border has.

The first yarn is the one that tells most of the theme, so every square has it. No yarn is left out where there is room.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

TRIES = 12


@dataclass(frozen=True, slots=True)
class Yarns:
    """A letter for each round, for the seam, and for each round of the border."""

    rounds: list[str]
    joint: str
    edges: list[str]


def draw(rng: random.Random, letters: Sequence[str], rounds: int, edges: int | None, needed: Sequence[str]) -> Yarns:
    """Yarns for so many rounds and `edges` more around the whole (None: there can be none); `needed` are in the rounds
    if there are as many."""
    must = {letters[0], *needed}
    for _ in range(TRIES):
        chosen = rng.choice(PLANS)(rng, letters, rounds)
        left = [letter for letter in letters if letter not in chosen]
        if must.issubset(chosen) and len(left) <= (edges or 0):
            break
    else:
        order = [*dict.fromkeys((letters[0], *needed, *letters))]
        chosen = (order * rounds)[:rounds]
        left = [letter for letter in letters if letter not in chosen]
        edges = edges if edges is None else max(edges, min(3, len(left)))
    joint = chosen[-1] if rng.random() < 0.8 else rng.choice(letters)
    if edges is None:
        return Yarns(chosen, left[0] if left else joint, [])
    around = [left[i] if i < len(left) else rng.choice((chosen[-1], joint, rng.choice(letters))) for i in range(edges)]
    rng.shuffle(around)
    return Yarns(chosen, joint, around)


def _in_turn(rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    start = rng.choice((0, 0, rng.randrange(len(letters))))
    return [letters[(start + i) % len(letters)] for i in range(n)]


def _framed(rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    frame = rng.choice((letters[0], rng.choice(letters)))
    return [*_in_turn(rng, _others(letters, frame), n - 1), frame]


def _blocks(rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    way = letters if rng.random() < 0.6 else letters[::-1]
    return [way[min(len(way) - 1, i * len(way) // n)] for i in range(n)]


def _there_and_back(_rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    way = [*letters, *letters[-2:0:-1]]
    return [way[i % len(way)] for i in range(n)]


def _two_by_two(_rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    return [letters[i // 2 % len(letters)] for i in range(n)]


def _alternate(rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    """The first yarn every other round, the others in turn between."""
    others, first = _others(letters, letters[0]), rng.randrange(2)
    return [letters[0] if i % 2 == first else others[i // 2 % len(others)] for i in range(n)]


def _free(rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    return [rng.choice((letters[0], *letters)) for _ in range(n)]


def _one(rng: random.Random, letters: Sequence[str], n: int) -> list[str]:
    """One yarn, and another around it or in its middle."""
    other = rng.choice(_others(letters, letters[0]))
    return [other, *[letters[0]] * (n - 1)] if rng.random() < 0.4 else [*[letters[0]] * (n - 1), other]


def _others(letters: Sequence[str], but: str) -> list[str]:
    return [letter for letter in letters if letter != but] or list(letters)


PLANS: tuple[Callable[[random.Random, Sequence[str], int], list[str]], ...] = (
    _in_turn, _in_turn, _framed, _framed, _blocks, _there_and_back, _two_by_two, _alternate, _free, _one,
)  # fmt: skip
