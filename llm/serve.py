"""serve: knotty-mini behind Ollama's HTTP interface, and a first draft for whoever asks without a queue.

    POST /api/generate       prompt in, NDJSON out; an empty prompt only loads
    GET  /api/tags /api/ps /api/version
    POST /generate-pattern   {"query"} -> {"pattern", "rows", "rows_ok"}: one draft, worked by the checker, not repaired

`python -m llm.serve` starts a gunicorn with a process a slot. Each has one engine; texts in one process take turns.
"""

from __future__ import annotations

import argparse
import os
import random
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic_ns
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from crochet import work
from llm import ollama
from llm.brief import BadPrompt, Brief, clean, write
from llm.ollama import Answer, Fault
from llm.shape import NAME, WEIGHTS
from llm.turns import AT_ONCE, WAITING, NoSlot, Turns

if TYPE_CHECKING:
    from llm.engine import Engine

VERSION = "0.1.0"
MOST_BODY = 256 * 1024
MOST_QUERY = 500  # characters
SLOT_WAIT = 30.0  # seconds
PROBES = 2  # threads for those who only ask how we are


def create_app(weights: Path = WEIGHTS, slot_wait: float = SLOT_WAIT, engine: Engine | None = None) -> Flask:
    """The application, with its own engine unless it is given one."""
    from llm.engine import Engine  # numpy: only after main() has set its number of threads

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]
    engine, turns = engine or Engine.load(weights), Turns(slot_wait)
    _generates(app, engine, turns)
    _drafts(app, engine, turns)
    _tells_of_itself(app, engine, (weights / "model.safetensors").stat())
    _refuses(app)
    return app


def _generates(app: Flask, engine: Engine, turns: Turns) -> None:
    """The address where a worker has a sheet written."""

    @app.post("/api/generate")
    def generate() -> ResponseReturnValue:
        asked = _body()
        ollama.named(asked)
        prompt, manner, stream = ollama.read(asked)
        if not prompt:
            return jsonify(ollama.said("", done=True, done_reason="load"))
        began = monotonic_ns()
        pieces = turns.text(engine.write(prompt, manner))
        if stream:
            return Response(Answer(pieces, began), mimetype="application/x-ndjson")
        return jsonify(ollama.whole(pieces, began))


def _drafts(app: Flask, engine: Engine, turns: Turns) -> None:
    """The address where anybody gets a draft."""
    from llm.pen import Manner

    @app.post("/generate-pattern")
    def generate_pattern() -> ResponseReturnValue:
        """The draft of one brief with everything open."""
        query = _body().get("query")
        if not isinstance(query, str) or not (wish := clean(query)):
            raise Fault(400, "query: write what shall be made, like: punk rock blanket")
        if len(wish) > MOST_QUERY:
            raise Fault(400, f"query: {MOST_QUERY} characters are the most")
        prompt = write(Brief(wish, variant=random.randrange(10**6)))
        pieces = turns.text(engine.write(prompt, Manner(seed=random.randrange(10**6))))
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
            "parameter_size": f"{engine.model.shape.parameters() / 1e6:.1f}M",
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

    @app.errorhandler(NoSlot)
    def busy(_: NoSlot) -> ResponseReturnValue:
        return jsonify(error="server busy, please try again. maximum pending requests exceeded"), 503

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
                "threads": AT_ONCE + WAITING + PROBES,
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
