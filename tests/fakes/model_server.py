"""A model server that fails on request: real HTTP, Ollama's interface, no model.

A script says what each request to /api/generate gets: a list of steps, taken in turn; the last one stays. Steps:

    say("text")       the text in small pieces, then the done line
    say(..., end=E)   ... then instead: EOF (just ends), ERROR (a line), LENGTH (cut by length), HANG (silence), HALF
    status(503)       an answer without a stream
    raw(b"...")       these very bytes as the body
    slow("text", 0.1) a piece each so many seconds
    silent()          takes the request and never answers

`sheet(text)` is a whole script: a model that knows one sheet and goes on from wherever the prompt ends.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EOF, ERROR, LENGTH, HANG, HALF = "eof", "error", "length", "hang", "half"

Step = Callable[["_Request", str], None]


class ModelServer:
    """A server for one test: `with ModelServer(script) as server: ... server.url`."""

    def __init__(self, *script: Step, name: str = "knotty-mini", loaded: bool = True, port: int = 0) -> None:
        self.script = list(script)
        self.name, self.loaded = name, loaded
        self.prompts: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.loads = 0
        self.models: Any = ...  # what /api/ps and /api/tags say instead of the truth
        self.cut = threading.Event()  # a client went away in the middle
        self.closing = threading.Event()
        self._lock = threading.Lock()
        handler = type("Handler", (_Request,), {"owner": self})
        self._http = _Quiet(("127.0.0.1", port), handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> ModelServer:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def next_step(self, body: dict[str, Any]) -> Step:
        """What this request gets."""
        with self._lock:
            self.bodies.append(body)
            self.prompts.append(body["prompt"])
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A client that is killed in the middle is what these tests are about."""


class _Request(BaseHTTPRequestHandler):
    owner: ModelServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.owner.models is not ...:
            self.whole(200, self.owner.models)
            return
        names = [{"name": self.owner.name, "digest": "f" * 64}]
        known = {"/api/ps": names if self.owner.loaded else [], "/api/tags": names}
        if self.path in known:
            self.whole(200, {"models": known[self.path]})
        else:
            self.whole(404, {"error": "not found"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not body["prompt"]:
            self.owner.loads += 1
            self.owner.loaded = True
            self.whole(200, {"done": True, "done_reason": "load"})
            return
        try:
            self.owner.next_step(body)(self, body["prompt"])
        except (BrokenPipeError, ConnectionResetError):
            self.owner.cut.set()
            self.close_connection = True

    def whole(self, status: int, value: Any) -> None:
        """An answer in one piece."""
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def begin(self) -> None:
        """The head of a stream."""
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, data: bytes) -> None:
        """One chunk of a stream."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def line(self, **said: Any) -> None:
        """One line of a stream."""
        self.chunk(json.dumps({"model": self.owner.name, **said}).encode() + b"\n")

    def close_now(self) -> None:
        """The end of the stream without the last chunk."""
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def say(text: str, end: str = "stop", pause: float = 0.0) -> Step:
    """The text, eight characters a piece, then its end."""

    def step(request: _Request, prompt: str) -> None:
        request.begin()
        pieces = 0
        for piece in _pieces(text):
            request.line(response=piece, done=False)
            pieces += 1
            if pause and request.owner.closing.wait(pause):
                return
        _end(request, end, pieces)

    return step


def slow(text: str, pause: float) -> Step:
    """The text, a piece each so many seconds."""
    return say(text, pause=pause)


def status(number: int) -> Step:
    """An answer without a stream."""
    return lambda request, prompt: request.whole(number, {"error": f"status {number}"})


def raw(body: bytes) -> Step:
    """These very bytes as the stream."""

    def step(request: _Request, prompt: str) -> None:
        request.begin()
        for start in range(0, len(body), 700):
            request.chunk(body[start : start + 700])
        request.chunk(b"")

    return step


def silent() -> Step:
    """Takes the request and never answers."""

    def step(request: _Request, prompt: str) -> None:
        request.owner.closing.wait(60)
        request.close_now()

    return step


def sheet(text: str, end: str = "stop", pause: float = 0.0) -> Step:
    """A model that knows one sheet, and goes on from wherever the prompt's sheet ends."""

    def step(request: _Request, prompt: str) -> None:
        so_far = _so_far(prompt)
        written = so_far.count("\n")
        begun = so_far.rpartition("\n")[2]
        rest = "".join(text.splitlines(keepends=True)[written:]).removeprefix(begun)
        say(rest, end, pause)(request, prompt)

    return step


def _so_far(prompt: str) -> str:
    """The sheet so far, of a prompt in any shape."""
    if not prompt.startswith("<|"):
        return prompt.partition("\n\n")[2]
    turns = re.findall(r"<\|start_header_id\|>(\w+)<\|end_header_id\|>\n\n(.*?)(?:<\|eot_id\|>|$)", prompt, re.DOTALL)
    last = max(i for i, (who, said) in enumerate(turns) if who == "user" and said.startswith("Wish:"))
    *closed, opened = (said for who, said in turns[last:] if who == "assistant")
    return "".join(f"{said}\n" for said in closed if said) + opened


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), 8):
        yield text[start : start + 8]


def _end(request: _Request, end: str, pieces: int) -> None:
    if end == EOF:
        request.chunk(b"")
    elif end == HALF:
        request.chunk(b'{"response": "Rnd 1')
        request.close_now()
    elif end == ERROR:
        request.line(error="the model runner has died")
        request.chunk(b"")
    elif end == HANG:
        until = time.monotonic() + 60
        while time.monotonic() < until and not request.owner.closing.wait(0.05):
            # An empty write would not show that the client is gone; a look at the socket does.
            request.connection.setblocking(False)
            try:
                if request.connection.recv(1) == b"":
                    request.owner.cut.set()
                    return
            except BlockingIOError:
                pass
            finally:
                request.connection.setblocking(True)
    else:
        reason = "length" if end == LENGTH else "stop"
        request.line(
            response="",
            done=True,
            done_reason=reason,
            prompt_eval_count=40,
            eval_count=pieces,
            eval_duration=2_000_000,
            prompt_eval_duration=1_000_000,
        )
        request.chunk(b"")
