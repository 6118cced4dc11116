"""tokens: phrase tokens. Byte-pair merges that may cross spaces and punctuation, never a digit or a line end.

A crochet row is a few stock phrases around its numbers: ` dc in next ` is one token, each digit is one of its own.
With tokens bound to words a sheet costs more than twice as many.

    ids 0-255: bytes    256: the begin of a text    257-: merges, in the order in which they were learnt
"""

from __future__ import annotations

import heapq
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Self

BEGIN = 256
LONGEST = 24  # bytes in a token
_PIECES = re.compile(rb"[0-9\n]|[^0-9\n]+")
Pair = tuple[int, int]


class Tokens:
    """A vocabulary. `texts[id]` are a token's bytes; the begin token has none."""

    def __init__(self, merges: Sequence[Pair]) -> None:
        self.merges = [tuple(pair) for pair in merges]
        self.texts: list[bytes] = [bytes([byte]) for byte in range(256)] + [b""]
        self._ranks: dict[Pair, int] = {}
        for left, right in merges:
            self._ranks[left, right] = len(self.texts)
            self.texts.append(self.texts[left] + self.texts[right])
        self._known: dict[bytes, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.texts)

    @classmethod
    def load(cls, path: Path) -> Self:
        return cls([(left, right) for left, right in json.loads(path.read_text())["merges"]])

    def save(self, path: Path) -> None:
        words = [text.decode("utf-8", "backslashreplace") for text in self.texts[BEGIN + 1 :]]
        path.write_text(
            json.dumps({"type": "phrase-bpe", "merges": self.merges, "tokens": words}, ensure_ascii=False) + "\n"
        )

    def encode(self, text: str) -> list[int]:
        """The tokens of a text, without a begin token."""
        ids: list[int] = []
        for piece in _PIECES.findall(text.encode("utf-8", "replace")):
            ids.extend(self._piece(piece))
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        return b"".join(self.texts[token] for token in ids).decode("utf-8", "replace")

    def _piece(self, piece: bytes) -> tuple[int, ...]:
        """A run without digits and line ends: its bytes, merged in the order learnt."""
        known = self._known.get(piece)
        if known is not None:
            return known
        ids = list(piece)
        while len(ids) > 1:
            rank, at = min((self._ranks.get(pair, 1 << 30), at) for at, pair in enumerate(pairwise(ids)))
            if rank == 1 << 30:
                break
            ids[at : at + 2] = [rank]
        if len(self._known) < 50_000 and len(piece) < 200:
            self._known[piece] = tuple(ids)
        return tuple(ids)


def learn(texts: Iterable[str], size: int) -> Tokens:
    """Merges the most frequent pair again and again until the vocabulary has `size` tokens."""
    pieces = Counter(piece for text in texts for piece in _PIECES.findall(text.encode()) if len(piece) > 1)
    words = [(list(piece), count) for piece, count in sorted(pieces.items())]
    texts_of: list[bytes] = [bytes([byte]) for byte in range(256)] + [b""]
    counts: Counter[Pair] = Counter()
    where: defaultdict[Pair, set[int]] = defaultdict(set)
    for number, (ids, count) in enumerate(words):
        for pair in pairwise(ids):
            counts[pair] += count
            where[pair].add(number)
    heap = [(-count, pair) for pair, count in counts.items()]
    heapq.heapify(heap)
    merges: list[Pair] = []
    while len(texts_of) < size and heap:
        count, pair = heapq.heappop(heap)
        if -count != counts[pair]:  # an old entry; the pair's present count was pushed after it
            continue
        if -count < 2 or len(texts_of[pair[0]]) + len(texts_of[pair[1]]) > LONGEST:
            continue
        new = len(texts_of)
        texts_of.append(texts_of[pair[0]] + texts_of[pair[1]])
        merges.append(pair)
        for changed in _merge(words, counts, where, pair, new):
            if counts[changed] > 0:
                heapq.heappush(heap, (-counts[changed], changed))
    return Tokens(merges)


def _merge(
    words: list[tuple[list[int], int]], counts: Counter[Pair], where: defaultdict[Pair, set[int]], pair: Pair, new: int
) -> Iterator[Pair]:
    """Puts `new` in place of a pair everywhere; yields the pairs whose count changed."""
    changed: set[Pair] = set()
    for number in where.pop(pair):
        ids, count = words[number]
        for old in pairwise(ids):
            counts[old] -= count
            changed.add(old)
        at = 0
        while at < len(ids) - 1:
            if (ids[at], ids[at + 1]) == pair:
                ids[at : at + 2] = [new]
            at += 1
        for now in pairwise(ids):
            counts[now] += count
            where[now].add(number)
            changed.add(now)
    changed.discard(pair)
    counts[pair] = 0
    return iter(changed)
