"""serve: knotty-mini behind Ollama's HTTP interface, and a first draft for whoever asks without a queue.

    POST /api/generate       prompt in, NDJSON out; an empty prompt only loads
    GET  /api/tags /api/ps /api/version
    POST /generate-pattern   {"query"} -> {"pattern", "rows", "rows_ok"}: one draft, worked by the checker, not repaired

`python -m llm.serve` starts a gunicorn with a process a slot. Each has one engine and one lock: a text is written to
its end before the next begins, while other threads answer probes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic_ns
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from crochet import work
from llm.brief import BadPrompt, Brief, clean, write
from llm.shape import NAME, WEIGHTS

if TYPE_CHECKING:
    from llm.engine import Engine, Manner, Written

VERSION = "0.1.0"
MOST_BODY = 256 * 1024
MOST_QUERY = 500  # characters
SLOT_WAIT = 30.0  # seconds


class Fault(Exception):
    """What a client is told: a status and a sentence."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status


def create_app(weights: Path = WEIGHTS, slot_wait: float = SLOT_WAIT) -> Flask:
    """The application, with its own engine."""
    from llm.engine import Engine  # numpy: only after main() has set its number of threads

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]
    engine = Engine.load(weights)
    _generates(app, engine, slot_wait)
    _tells_of_itself(app, engine, (weights / "model.safetensors").stat())
    _refuses(app)
    return app


def _generates(app: Flask, engine: Engine, slot_wait: float) -> None:
    """The addresses where something is written: one text at a time."""
    from llm.engine import Manner

    lock = threading.Lock()

    @app.post("/api/generate")
    def generate() -> ResponseReturnValue:
        asked = _body()
        _model(asked)
        prompt, manner, stream = _asked(asked)
        if not prompt:
            return jsonify(_line("", done=True, done_reason="load"))
        began = monotonic_ns()
        pieces = _begun(engine, lock, slot_wait, prompt, manner)
        if stream:
            return Response(_Lines(pieces, began), mimetype="application/x-ndjson")
        *parts, last = (_answer(piece, began) for piece in pieces)
        return jsonify(last | {"response": "".join(part["response"] for part in parts)})

    @app.post("/generate-pattern")
    def generate_pattern() -> ResponseReturnValue:
        """The draft of one brief with everything open."""
        query = _body().get("query")
        if not isinstance(query, str) or not (wish := clean(query)):
            raise Fault(400, "query: write what shall be made, like: punk rock blanket")
        if len(wish) > MOST_QUERY:
            raise Fault(400, f"query: {MOST_QUERY} characters are the most")
        prompt = write(Brief(wish, variant=random.randrange(10**6)))
        pieces = _begun(engine, lock, slot_wait, prompt, Manner(seed=random.randrange(10**6)))
        sheet = "".join(piece for piece in pieces if isinstance(piece, str))
        rows = [row for piece in work.check(sheet)["pieces"] for row in piece["rows"]]
        return jsonify(pattern=sheet, rows=len(rows), rows_ok=sum(row["verdict"] == "ok" for row in rows))


def _tells_of_itself(app: Flask, engine: Engine, file: os.stat_result) -> None:
    """The addresses that tell which model is here. `file`: its weights."""
    model = {
        "name": NAME,
        "model": NAME,
        "modified_at": datetime.fromtimestamp(file.st_mtime, UTC).isoformat(),
        "size": file.st_size,
        "digest": engine.digest,
        "details": {
            "format": "safetensors",
            "family": "llama",
            "parameter_size": _millions(engine),
            "quantization_level": "F16",
        },
    }

    @app.get("/api/tags")
    def tags() -> ResponseReturnValue:
        return jsonify(models=[model])

    @app.get("/api/ps")
    def ps() -> ResponseReturnValue:
        return jsonify(models=[model | {"expires_at": "9999-12-31T00:00:00Z", "size_vram": 0}])

    @app.get("/api/version")
    def version() -> ResponseReturnValue:
        return jsonify(version=VERSION)

    @app.get("/")
    def root() -> ResponseReturnValue:
        return f"{NAME} is running"


def _refuses(app: Flask) -> None:
    """What is wrong is told in one shape."""
    from llm.engine import TooLong

    @app.errorhandler(Fault)
    def fault(problem: Fault) -> ResponseReturnValue:
        return jsonify(error=str(problem)), problem.status

    @app.errorhandler(BadPrompt)
    @app.errorhandler(TooLong)
    def bad_prompt(problem: Exception) -> ResponseReturnValue:
        return jsonify(error=str(problem)), 400

    @app.errorhandler(HTTPException)
    def other(problem: HTTPException) -> ResponseReturnValue:
        return jsonify(error=(problem.description or problem.name)), problem.code or 500


def _body() -> dict[str, Any]:
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise Fault(400, "the body is not a JSON object")
    return body


def _model(asked: dict[str, Any]) -> None:
    name = asked.get("model")
    if not isinstance(name, str) or not name:
        raise Fault(400, "model is required")
    if name.removesuffix(":latest") != NAME:
        raise Fault(404, f"model '{name[:80]}' not found")


def _asked(asked: dict[str, Any]) -> tuple[str, Manner, bool]:
    """Prompt, manner of sampling, and whether to stream. Options of Ollama's that mean nothing here are passed over."""
    from llm.engine import Manner

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


def _number(options: dict[str, Any], name: str, default: float, whole: bool = False) -> float:
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or abs(value) > 2**63:
        raise Fault(400, f"options.{name} is not a {'whole ' if whole else ''}number")
    return value


class _Held:
    """The pieces of a text, and the slot it is written in. The slot is free when they end, fail or are closed.

    No generator: closing one that was never begun would not run its `finally`, and the slot would be lost.
    """

    def __init__(self, pieces: Iterator[str | Written], lock: threading.Lock) -> None:
        self._pieces = pieces
        self._lock = lock
        self._open = True
        self._ahead = [next(self)]  # so that a bad prompt fails before an answer is begun

    def __iter__(self) -> _Held:
        return self

    def __next__(self) -> str | Written:
        try:
            return self._ahead.pop() if getattr(self, "_ahead", None) else next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._open:
            self._open = False
            self._pieces.close()  # type: ignore[attr-defined]
            self._lock.release()


class _Lines:
    """An answer line by line. The server closes it when the client is gone, and that stops the writing."""

    def __init__(self, pieces: _Held, began: int) -> None:
        self._pieces = pieces
        self._began = began

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        return json.dumps(_answer(next(self._pieces), self._began)) + "\n"

    def close(self) -> None:
        self._pieces.close()


def _begun(engine: Engine, lock: threading.Lock, wait: float, prompt: str, manner: Manner) -> _Held:
    """The pieces of a text whose prompt has been read."""
    if not lock.acquire(timeout=wait):
        raise Fault(503, "server busy, please try again. maximum pending requests exceeded")
    return _Held(engine.write(prompt, manner), lock)


def _answer(piece: str | Written, began: int) -> dict[str, Any]:
    """One line of an answer: a piece of text, or how it ended. Durations are nanoseconds."""
    if isinstance(piece, str):
        return _line(piece)
    return _line(
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


def _line(words: str, done: bool = False, **more: Any) -> dict[str, Any]:
    return {"model": NAME, "created_at": datetime.now(UTC).isoformat(), "response": words, "done": done, **more}


def _millions(engine: Engine) -> str:
    return f"{engine.model.shape.parameters() / 1e6:.1f}M"


def main() -> None:
    """Serves until it is told to stop."""
    # Before numpy is imported: a thread a slot is all that pays, and the cores are the workers' too.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from gunicorn.app.base import BaseApplication

    parser = argparse.ArgumentParser(prog="python -m llm.serve", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--host", default=os.environ.get("MODEL_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("MODEL_PORT", "11434")))
    parser.add_argument(
        "--slots", type=int, default=int(os.environ.get("MODEL_SLOTS", "0")), help="0: a slot a core, 4 at most"
    )
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    wanted = parser.parse_args()
    slots = wanted.slots or min(os.cpu_count() or 1, 4)

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            said = {
                "bind": f"{wanted.host}:{wanted.port}",
                "workers": slots,
                "threads": 4,
                "worker_class": "gthread",
                "graceful_timeout": 5,
                "timeout": 60,
                "control_socket_disable": True,
            }
            for name, value in said.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            return create_app(wanted.weights)

    Server().run()


if __name__ == "__main__":
    main()
