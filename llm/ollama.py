"""ollama: how Ollama asks and answers: what a request may say, and the lines of an answer."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic_ns
from typing import TYPE_CHECKING, Any

from llm.shape import NAME
from llm.turns import Turn

if TYPE_CHECKING:
    from llm.pen import Manner, Written

Json = dict[str, Any]


class Fault(Exception):
    """What a client is told: a status and a sentence."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status


def named(asked: Json) -> None:
    """Refuses a request that names another model than ours."""
    name = asked.get("model")
    if not isinstance(name, str) or not name:
        raise Fault(400, "model is required")
    if name.removesuffix(":latest") != NAME:
        raise Fault(404, f"model '{name[:80]}' not found")


def read(asked: Json) -> tuple[str, Manner, bool]:
    """Prompt, manner of sampling, and whether to stream. Options of Ollama's that mean nothing here are passed over."""
    from llm.pen import Manner

    prompt, stream, options = asked.get("prompt", ""), asked.get("stream", True), asked.get("options") or {}
    if not isinstance(prompt, str) or not isinstance(stream, bool) or not isinstance(options, dict):
        raise Fault(400, "prompt is a text, stream true or false, options an object")
    seed = _number(options, "seed", random.randrange(2**31), whole=True)
    most = int(_number(options, "num_predict", 900, whole=True))
    manner = Manner(
        seed=int(seed) % 2**63,
        temperature=min(max(_number(options, "temperature", 0.7), 0.0), 5.0),
        top_p=min(max(_number(options, "top_p", 0.95), 0.01), 1.0),
        most=most if most > 0 else 1_000_000,
    )
    return prompt, manner, stream


def _number(options: Json, name: str, default: float, whole: bool = False) -> float:
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or abs(value) > 2**63:
        raise Fault(400, f"options.{name} is not a {'whole ' if whole else ''}number")
    return value


class Answer:
    """An answer line by line. The server closes it when the client is gone, and that stops the writing."""

    def __init__(self, pieces: Turn, began: int) -> None:
        self._pieces = pieces
        self._began = began

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return json.dumps(line(next(self._pieces), self._began)) + "\n"

    def close(self) -> None:
        """The client is gone, or has all."""
        self._pieces.close()


def whole(pieces: Turn, began: int) -> Json:
    """The answer to one who does not want a stream: all in one object."""
    *parts, last = (line(piece, began) for piece in pieces)
    return last | {"response": "".join(part["response"] for part in parts)}


def line(piece: str | Written, began: int) -> Json:
    """One line of an answer: a piece of text, or how it ended. Durations are nanoseconds."""
    if isinstance(piece, str):
        return said(piece)
    return said(
        "",
        done=True,
        done_reason=piece.reason,
        total_duration=monotonic_ns() - began,
        load_duration=0,
        prompt_eval_count=piece.prompt_tokens,
        prompt_eval_duration=int(piece.read_seconds * 1e9),
        eval_count=piece.tokens,
        eval_duration=int(piece.write_seconds * 1e9),
        forced_count=piece.forced,
    )


def said(words: str, done: bool = False, **more: Any) -> Json:
    """Words, and what every line has."""
    return {"model": NAME, "created_at": datetime.now(UTC).isoformat(), "response": words, "done": done, **more}
