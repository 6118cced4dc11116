"""pen: writes one text token by token: forced words are fed, everything else is sampled from the model."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from llm import forced
from llm.plan import Plan
from llm.texts import Text

if TYPE_CHECKING:
    from llm.engine import Engine

LONGEST_LINE = 400  # characters
MOST_LINES = 240
# Of the temperature asked for, in a row's instructions: how a row is worded is chosen early, then its counts follow.
ROW_WARMTH = 0.6
REDRAWN = 12  # a title or a sentence that is not so is drawn again, so often at most
_ROW = re.compile(r"(?:Rnd|Row|Border Rnd) \d+ \([A-F]\): ")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to sample: the same seed, prompt and fresh engine write the same text."""

    seed: int = 0
    temperature: float = 0.7
    top_p: float = 0.95
    most: int = 900  # tokens, forced ones too


@dataclass(slots=True)
class Written:
    """How a text ended: `stop` after `End.`, `length` when the budget or the room was spent."""

    reason: str = "length"
    prompt_tokens: int = 0
    tokens: int = 0
    forced: int = 0
    read_seconds: float = 0.0
    write_seconds: float = 0.0


class Pen:
    """Writes one text."""

    def __init__(
        self, engine: Engine, text: Text, decided: Plan, sheet: str, manner: Manner, room: int, done: Written
    ) -> None:
        self.engine, self.text, self.decided, self.manner, self.room, self.done = (
            engine,
            text,
            decided,
            manner,
            room,
            done,
        )
        *self.lines, self.line = sheet.split("\n")
        self.calm = replace(manner, temperature=manner.temperature * ROW_WARMTH)
        self.rng = np.random.default_rng(manner.seed)
        self.bytes = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self) -> Iterator[str]:
        if not self.line:
            yield from self._begin_line()
        while self.done.reason != "stop" and self.done.tokens < self.room and len(self.lines) < MOST_LINES:
            yield from self._put(self._sample(b""))
            if number := forced.number(self.line, self.lines):
                yield from self._feed(self.engine.tokens.encode(number))
            if not self.line and self.done.reason != "stop":
                yield from self._begin_line()

    def _begin_line(self) -> Iterator[str]:
        if not self.lines:
            yield from self._redrawn()
        yield from self._force()
        if not self.line and self.lines and self.lines[-1].startswith("Layout: "):
            yield from self._redrawn()
            yield from self._force()

    def _redrawn(self) -> Iterator[str]:
        """One line, drawn again while it says what is not so: a title that names another thing, a sentence about
        colours that the sheet does not have. Nobody else checks these."""
        memory, done = self.text.memory, self.done
        before = memory.length, self.text.logits, self.text.text, done.tokens, done.forced
        lines, ends = list(self.lines), list(self.text.ends)
        pieces: list[str] = []
        for _ in range(REDRAWN):
            memory.length, self.text.logits, self.text.text, done.tokens, done.forced = before
            self.lines, self.line, self.text.ends = list(lines), "", list(ends)
            self.bytes.reset()
            pieces = list(self._force())
            while len(self.lines) == len(lines) and done.tokens < self.room:
                pieces.extend(self._put(self._sample(b"")))
            if len(self.lines) == len(lines) or forced.true(self.decided, self.lines[len(lines)]):
                break
        yield from pieces

    def _force(self) -> Iterator[str]:
        """Feeds what the next lines must begin with. The last token is taken back and sampled from those that begin
        like it, so that the model goes on from a cut it knows."""
        while words := forced.forced(self.decided, self.lines):
            ids = self.engine.tokens.encode(words)
            whole = words.endswith("\n")
            if self.done.tokens + len(ids) > self.room:
                self.room = self.done.tokens
                return
            yield from self._feed(ids if whole else ids[:-1])
            if not whole:
                self.done.forced += 1
                yield from self._heal(self.engine.tokens.texts[ids[-1]])
                return

    def _feed(self, ids: list[int]) -> Iterator[str]:
        """Reads tokens that were not sampled."""
        if ids and self.done.tokens + len(ids) <= self.room:
            self.text.logits = self.engine.model.read(ids, self.text.memory)
            self.done.forced += len(ids)
            self.done.tokens += len(ids)
            yield from self._show(b"".join(self.engine.tokens.texts[token] for token in ids))

    def _heal(self, rest: bytes) -> Iterator[str]:
        while rest:
            token = self._sample(rest)
            rest = rest[len(self.engine.tokens.texts[token]) :]
            yield from self._put(token)

    def _sample(self, start: bytes) -> int:
        """A token; one that begins with `start`, or is a part of it."""
        engine = self.engine
        assert self.text.logits is not None
        logits = self.text.logits.astype(np.float64)
        logits[engine.barred] = -np.inf
        if start:  # a title's last word is whole: what follows it is a blank, or the line's end
            logits[~engine.fitting((start if self.lines or not self.decided.title else start + b" ",))] = -np.inf
        elif not self.lines and self.line == f"Title: {self.decided.title}" != "Title: ":
            logits[~engine.fitting((b" ", b"\n"))] = -np.inf
        elif rests := forced.rests(self.decided, self.line, self.lines):
            logits[~engine.fitting(tuple(rest.encode() for rest in rests))] = -np.inf
        if not self.line:
            logits[engine.fitting(forced.barred(self.decided, self.lines), parts=False)] = -np.inf
        if len(self.line) >= LONGEST_LINE:
            return 10
        return pick(logits, self.calm if _ROW.match(self.line) else self.manner, self.rng)

    def _put(self, token: int) -> Iterator[str]:
        if self.text.memory.length < self.engine.model.shape.context:
            self.text.logits = self.engine.model.read([token], self.text.memory)
        self.done.tokens += 1
        yield from self._show(self.engine.tokens.texts[token])

    def _show(self, more: bytes) -> Iterator[str]:
        """Passes bytes on as whole characters, and keeps the lines and their ends."""
        words = self.bytes.decode(more)
        if not words:
            return
        self.text.text += words
        *whole, self.line = (self.line + words).split("\n")
        if whole:
            self.lines += whole
            if words.endswith("\n"):
                self.text.ends.append((len(self.text.text), self.text.memory.length))
            if whole[-1] == "End.":
                self.done.reason = "stop"
        yield words


def pick(logits: NDArray[np.float64], manner: Manner, rng: np.random.Generator) -> int:
    """A token by temperature and nucleus: the fewest tokens whose chances add up to top_p."""
    best = int(np.argmax(logits))
    if logits[best] == -np.inf:  # nothing fits: end the line, whoever reads it will judge it
        return 10
    if manner.temperature <= 0.01:
        return best
    chances = np.exp((logits - logits[best]) / manner.temperature)
    chances /= chances.sum()
    if chances[best] >= manner.top_p:
        rng.random()  # the same number of draws, whatever is drawn
        return best
    likely = np.flatnonzero(chances > 1e-6)
    order = likely[np.argsort(-chances[likely], kind="stable")]
    sums = np.cumsum(chances[order])
    order = order[: int(np.searchsorted(sums, manner.top_p)) + 1]
    return int(order[np.searchsorted(sums[: len(order)], rng.random() * sums[len(order) - 1])])
