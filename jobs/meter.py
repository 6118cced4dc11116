"""Meter: what a pattern costs of the model's time, and what it may cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

from jobs.prompts import Shape
from jobs.writer import Done

TOKENS: dict[Shape, int] = {"plain": 2400, "llama3": 4000}  # a pattern's, every try counted
SECONDS: dict[Shape, float] = {"plain": 20.0, "llama3": 240.0}  # of the model's own time
STREAM_TOKENS = 900


class Meter:
    """One pattern's. Two models that write at it may use what the more generous one is allowed."""

    def __init__(self, shape: Shape) -> None:
        self.tokens = self.prompt_tokens = 0
        self.seconds = 0.0
        self._tokens, self._seconds = TOKENS[shape], SECONDS[shape]

    def allow(self, shape: Shape) -> None:
        """A model of this shape writes too."""
        self._tokens, self._seconds = max(self._tokens, TOKENS[shape]), max(self._seconds, SECONDS[shape])

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.tokens >= self._tokens or self.seconds >= self._seconds

    @property
    def most(self) -> int:
        """How many tokens the next stream may bring."""
        return min(STREAM_TOKENS, max(1, self._tokens - self.tokens))

    def usage(self, tries: int) -> dict[str, Any]:
        """The cost as the job shows it."""
        return {
            "prompt_tokens": self.prompt_tokens,
            "output_tokens": self.tokens,
            "model_seconds": round(self.seconds, 3),
            "tries": tries,
        }

    def metered(self, pieces: Iterable[str | Done]) -> Iterator[str]:
        """The text alone; counts its cost: by the server's own word, or for a stream that was cut a token a piece."""
        count, asked = 0, None
        try:
            for piece in pieces:
                if asked is not None:  # waiting for the first piece is not the model's time, nor is what we do between
                    self.seconds += monotonic() - asked
                if isinstance(piece, Done):
                    count = piece.output_tokens or count
                    self.prompt_tokens += piece.prompt_tokens
                    return
                count += 1
                yield piece
                asked = monotonic()
        finally:
            self.tokens += count
