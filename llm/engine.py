"""engine: a model, its tokens, and the texts it has read: what follows a prompt, token by token."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from llm import brief as briefs
from llm import tensors
from llm.model import Model
from llm.pen import Manner, Pen, Written
from llm.plan import plan
from llm.shape import Shape
from llm.texts import Text, Texts
from llm.tokens import Tokens

ROOM = 16  # tokens that a prompt must leave
LINE_END = 10  # a token of its own


class TooLong(ValueError):
    """The prompt leaves the model no room to write."""


class Engine:
    """A model, its tokens and the texts it remembers.

    Texts may take turns, piece by piece; two threads at once may not: hold a lock from piece to piece.
    """

    def __init__(self, model: Model, tokens: Tokens, digest: str = "") -> None:
        self.model = model
        self.tokens = tokens
        self.digest = digest
        self.texts = Texts()
        self._starts = [bytes(text) for text in tokens.texts]
        # Never sampled: the begin token, and control characters.
        self.barred = np.array(
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
        began = time.monotonic()
        text = self._begun(briefs.seen(asked, self.tokens), sheet)
        done = Written(prompt_tokens=text.memory.length, read_seconds=time.monotonic() - began)
        room = min(manner.most, self.model.shape.context - text.memory.length)
        began = time.monotonic()
        self.texts.begin(text)
        try:
            yield from Pen(self, text, plan(asked), sheet, manner, room, done).write()
        finally:
            self.texts.keep(text)
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

    def _begun(self, head: list[int], sheet: str) -> Text:
        """The text of a prompt, read as far as it is not known already."""
        context, start = self.model.shape.context, self.tokens.decode(head)
        wanted = start + sheet
        text = self.texts.like(wanted, context)
        if text is None or len(text.text) < len(start):
            text = Text(self.model.memory())
            lines = [(start, head), *self._lines(sheet)]
        else:
            lines = self._lines(wanted[len(text.text) :])
        if text.memory.length + sum(len(ids) for _, ids in lines) + ROOM > context:
            raise TooLong(f"the prompt leaves no room in {context} tokens")
        if not lines:  # all of it is known, but not what follows it: its last token, a line end, is read once more
            text.memory.length -= 1
            text.logits = self.model.read([LINE_END], text.memory)
            return text
        at = text.memory.length
        text.logits = self.model.read([token for _, ids in lines for token in ids], text.memory)
        for line, ids in lines:
            text.text += line
            at += len(ids)
            if line.endswith("\n"):
                text.ends.append((len(text.text), at))
        return text

    def _lines(self, text: str) -> list[tuple[str, list[int]]]:
        return [(line, self.tokens.encode(line)) for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
