"""Dialects: what a model's server is asked, and how it answers: Ollama's `/api/generate`, OpenAI's `/v1/completions`.

Both are asked for a stream of raw text and become the same: text in pieces, at last Done. Whatever is not as it should
be is a ValueError.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from jobs.wire import Away

Json = dict[str, Any]
Get = Callable[[str], bytes]  # what the server answers at a path; raises Away
Name = Literal["ollama", "openai"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the model is to write."""

    seed: int
    temperature: float
    top_p: float
    most: int  # tokens


@dataclass(frozen=True, slots=True)
class Done:
    """The model's last word: why it ended (`stop`, `length`), and what it cost. Seconds: 0 where nobody says."""

    reason: str
    prompt_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0


class Dialect(Protocol):
    """A way of speaking to a model's server."""

    path: str  # where it is asked to write

    def ask(self, model: str, prompt: str, manner: Manner) -> Json:
        """The body of a request."""

    def events(self, lines: Iterator[bytes]) -> Iterator[str | Done]:
        """What the lines of a stream say. It ends with Done, unless the stream ended before. Raises ValueError."""

    def loaded(self, model: str, get: Get) -> Json:
        """What the server says of the model; nothing while it cannot write. Raises Away."""

    def loading(self, model: str) -> Json | None:
        """The body of the request that has the model loaded; None: nobody can ask for that."""

    def known(self, model: str, get: Get) -> Json | None:
        """What the server says of the model, loaded or not; None where it tells no more. Raises Away."""


class Ollama:
    """Ollama's own interface: raw prompt in, a JSON object a line out."""

    path = "/api/generate"

    def ask(self, model: str, prompt: str, manner: Manner) -> Json:
        return {
            "model": model,
            "prompt": prompt,
            "raw": True,
            "stream": True,
            "truncate": False,  # else a long prompt silently loses its middle
            "shift": False,
            "keep_alive": -1,
            "options": {
                "seed": manner.seed,
                "temperature": manner.temperature,
                "top_p": manner.top_p,
                "num_predict": manner.most,
            },
        }

    def events(self, lines: Iterator[bytes]) -> Iterator[str | Done]:
        for line in lines:
            said = _object(line)
            text = said.get("response")
            if isinstance(text, str) and text:
                yield text
            if said.get("done") is True:
                spent = _number(said, "eval_duration") + _number(said, "prompt_eval_duration")
                cost = _number(said, "prompt_eval_count"), _number(said, "eval_count"), round(spent / 1e9, 3)
                yield Done(str(said.get("done_reason") or "stop"), *cost)
                return

    def loaded(self, model: str, get: Get) -> Json:
        return _named(model, get("/api/ps"))

    def loading(self, model: str) -> Json | None:
        return {"model": model, "prompt": "", "keep_alive": -1, "stream": False}

    def known(self, model: str, get: Get) -> Json | None:
        return _named(model, get("/api/tags"))


class OpenAI:
    """The completions that vLLM and llama-server offer: server-sent events until `[DONE]`."""

    path = "/v1/completions"

    def ask(self, model: str, prompt: str, manner: Manner) -> Json:
        return {
            "model": model,
            "prompt": prompt,
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": manner.most,
            "temperature": manner.temperature,
            "top_p": manner.top_p,
            "seed": manner.seed,
        }

    def events(self, lines: Iterator[bytes]) -> Iterator[str | Done]:
        reason, usage = "", dict[str, Any]()
        for line in lines:
            field, _, value = line.strip().partition(b":")
            if field == b"error":  # as some servers name the event in which they give up
                raise ValueError("the server reports an error in the stream")
            if field != b"data":
                continue  # a comment that keeps the connection alive, an event's name
            if value.strip() == b"[DONE]":
                yield Done(reason or "stop", _number(usage, "prompt_tokens"), _number(usage, "completion_tokens"))
                return
            said = _object(value)
            usage = said["usage"] if isinstance(said.get("usage"), dict) else usage
            for choice in _objects(said, "choices"):
                if isinstance(choice.get("text"), str) and choice["text"]:
                    yield choice["text"]
                reason = str(choice.get("finish_reason") or reason)
        if reason:  # some servers say why they end, and forget [DONE]
            yield Done(reason, _number(usage, "prompt_tokens"), _number(usage, "completion_tokens"))

    def loaded(self, model: str, get: Get) -> Json:
        try:
            get("/health")  # llama-server: 503 while it loads
        except Away as away:
            if away.status == 503:
                return {}
            if away.status != 404:  # not every server has it
                raise
        return next((each for each in _list(get("/v1/models"), "data") if each.get("id") == model), {})

    def loading(self, model: str) -> Json | None:
        """Its server has one model, and loads it by itself."""

    def known(self, model: str, get: Get) -> Json | None:
        """No more."""


DIALECTS: Mapping[Name, Dialect] = {"ollama": Ollama(), "openai": OpenAI()}


def _object(line: bytes) -> Json:
    try:
        said = json.loads(line)
    except RecursionError as error:
        raise ValueError("a line of the stream is too deep") from error
    if not isinstance(said, dict):
        raise ValueError("a line of the stream is not an object")
    if "error" in said or said.get("object") == "error":
        raise ValueError("the server reports an error in the stream")
    return said


def _number(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _list(answer: bytes, name: str) -> list[Json]:
    """The objects of a list in a whole answer; none in one that is not as it should be."""
    try:
        return _objects(json.loads(answer), name)
    except (ValueError, RecursionError):
        return []


def _objects(said: Any, name: str) -> list[Json]:
    found = said.get(name) if isinstance(said, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _named(model: str, answer: bytes) -> Json:
    """What a list of Ollama's says of the model."""
    names = (model, f"{model}:latest")
    return next((each for each in _list(answer, "models") if each.get("name") in names), {})
