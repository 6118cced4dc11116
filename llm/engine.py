"""engine: writes a sheet token by token: forced words are fed, everything else is sampled from the model.

A text is the brief as the model sees it, then the sheet. What was read of a text is remembered up to each line end, so
that a continuation, which is the same text and some lines more or less, need not be read again.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from llm import brief as briefs
from llm import forced, tensors
from llm.model import Floats, Memory, Model
from llm.plan import Plan, plan
from llm.shape import Shape
from llm.tokens import Tokens

KEPT = 8  # texts remembered
LONGEST_LINE = 400  # characters
MOST_LINES = 240
REDRAWN = 12  # a title or a sentence that is not so is drawn again, so often at most
ROOM = 16  # tokens that a prompt must leave


class TooLong(ValueError):
    """The prompt leaves the model no room to write."""


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


@dataclass(slots=True)
class Text:
    """A text as it grows: what the model has read of it, and where its lines end: (characters, tokens)."""

    memory: Memory
    logits: Floats | None = None
    text: str = ""
    ends: list[tuple[int, int]] = field(default_factory=list)

    def cut(self, at: int, room: int) -> Text:
        """This text up to the last line end not after the character `at`, with room to go on."""
        ends = [(0, 0), *(end for end in self.ends if end[0] <= at)]
        return Text(self.memory.copy(ends[-1][1], room), None, self.text[: ends[-1][0]], ends[1:])


class Engine:
    """A model, its tokens and the texts it remembers. One text is written at a time: hold a lock."""

    def __init__(self, model: Model, tokens: Tokens, digest: str = "") -> None:
        self.model = model
        self.tokens = tokens
        self.digest = digest
        self._texts: list[Text] = []
        self._starts = [bytes(text) for text in tokens.texts]
        # Never sampled: the begin token, and control characters.
        self._barred = np.array(
            [not text or any(b < 32 and b != 10 for b in text) or 127 in text for text in self._starts]
        )
        self._fitting: dict[tuple[bool | bytes, ...], NDArray[np.bool_]] = {}

    @classmethod
    def load(cls, folder: Path) -> Self:
        weights = folder / "model.safetensors"
        shape = Shape.load(folder / "config.json")
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()
        return cls(Model(shape, tensors.load(weights)), Tokens.load(folder / "tokenizer.json"), digest)

    def write(self, prompt: str, manner: Manner) -> Iterator[str | Written]:
        """The text that follows a prompt, in pieces, and last how it ended. Raises BadPrompt, TooLong."""
        asked, sheet = briefs.read(prompt)
        decided = plan(asked)
        began = time.monotonic()
        text, count = self._begin(briefs.seen(asked, self.tokens), sheet)
        done = Written(prompt_tokens=count, read_seconds=time.monotonic() - began)
        room = min(manner.most, self.model.shape.context - text.memory.length)
        began = time.monotonic()
        try:
            yield from _Pen(self, text, decided, sheet, manner, room, done).write()
        finally:
            self._remember(text)
        done.write_seconds = time.monotonic() - began
        yield done

    def fitting(self, starts: tuple[bytes, ...], parts: bool = True) -> NDArray[np.bool_]:
        """Which tokens begin with one of these texts; with `parts`, also those that one of them begins with."""
        key: tuple[bool | bytes, ...] = (parts, *starts)
        if key not in self._fitting:
            if len(self._fitting) > 500:
                self._fitting.clear()
            fits = [any(t.startswith(s) or (parts and t and s.startswith(t)) for s in starts) for t in self._starts]
            self._fitting[key] = np.array(fits, bool)
        return self._fitting[key]

    def _begin(self, head: list[int], sheet: str) -> tuple[Text, int]:
        """The text of a prompt, read, from what is remembered of it; and how many tokens it has in all."""
        start = self.tokens.decode(head)
        wanted = start + sheet
        # Never remembered to the very end: there must be something to read, for what follows it to be known.
        shared, best = max(((_shared(t.text, wanted[:-1]), i) for i, t in enumerate(self._texts)), default=(0, 0))
        found = self._texts[best].cut(shared, self.model.shape.context) if shared else Text(self.model.memory())
        if len(found.text) < len(start):
            found = Text(self.model.memory())
            self._read(found, head, start)
        lines = [(line, self.tokens.encode(line)) for line in re.findall(r"[^\n]*\n|[^\n]+", wanted[len(found.text) :])]
        if found.memory.length + sum(len(ids) for _, ids in lines) + ROOM > self.model.shape.context:
            raise TooLong(f"the prompt leaves no room in {self.model.shape.context} tokens")
        if lines:
            ids = [token for _, line_ids in lines for token in line_ids]
            at = found.memory.length
            found.logits = self.model.read(ids, found.memory)
            for line, line_ids in lines:
                found.text += line
                at += len(line_ids)
                if line.endswith("\n"):
                    found.ends.append((len(found.text), at))
        return found, found.memory.length

    def _read(self, text: Text, ids: list[int], words: str) -> None:
        text.logits = self.model.read(ids, text.memory)
        text.text += words
        if words.endswith("\n"):
            text.ends.append((len(text.text), text.memory.length))

    def _remember(self, text: Text) -> None:
        """Keeps a text for those that begin like it, without the room it no longer needs."""
        text.memory, text.logits = text.memory.copy(text.memory.length, text.memory.length), None
        self._texts = [text, *(kept for kept in self._texts if not text.text.startswith(kept.text))][:KEPT]


class _Pen:
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
        logits[engine._barred] = -np.inf
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
        return pick(logits, self.manner, self.rng)

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


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common from their begin."""
    if other.startswith(one):
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
