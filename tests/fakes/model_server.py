"""A model server that fails on request: real HTTP, no model. It speaks as Ollama does, and as vLLM and llama-server do.

A script says what each request to write gets: a list of steps, taken in turn; the last one stays. Steps:

    say("text")       the text in small pieces, then the last word
    say(..., end=E)   ... then instead: EOF (just ends), ERROR (an error in the stream), LENGTH (cut by length), HANG
                      (silence), HALF (half a line), SIGN (half a sign)
    status(503)       an answer without a stream; more of its head may be given
    raw(b"...")       these very bytes as the body
    slow("text", 0.1) a piece each so many seconds
    late(step, 0.5)   the step, after so many seconds
    silent()          takes the request and never answers
    forever("la")     one piece, again and again
    bytewise("text")  the text in pieces that are sent byte by byte: signs come in two
    uneven("text")    the text, and a cost that is none

`sheet(text)` is a whole script: a model that knows one sheet and goes on from wherever the prompt ends.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EOF, ERROR, LENGTH, HANG, HALF, SIGN = "eof", "error", "length", "hang", "half", "sign"

Step = Callable[["_Request", str], None]


class ModelServer:
    """A server for one test: `with ModelServer(script) as server: ... server.url`."""

    def __init__(self, *script: Step, name: str = "knotty-mini", loaded: bool = True, port: int = 0) -> None:
        self.script = list(script)
        self.name, self.loaded = name, loaded
        self.loading = 0.0  # seconds that a load takes
        self.loads = self.aborted = 0  # loads begun, and those whose client left meanwhile
        self.prompts: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []  # what came as Authorization
        self.paths: list[str] = []
        self.models: Any = ...  # what it says of its models instead of the truth
        self.health: Step | None = None  # how /health answers instead
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

    def note(self, path: str, key: str | None) -> None:
        """A request has come."""
        with self._lock:
            self.paths.append(path)
            self.keys.append(key)


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A client that is killed in the middle is what these tests are about."""


class _Request(BaseHTTPRequestHandler):
    owner: ModelServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as in the servers that it stands for: what is written goes out at once

    def do_GET(self) -> None:
        owner = self.owner
        owner.note(self.path, self.headers["Authorization"])
        names = [{"name": owner.name, "digest": "f" * 64}]
        known = {
            "/api/ps": {"models": names if owner.loaded else []},
            "/api/tags": {"models": names},
            "/v1/models": {"object": "list", "data": [{"id": owner.name, "object": "model"}]},
        }
        if self.path == "/health":
            loads = {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}
            answer = status(200, b"") if owner.loaded else status(503, json.dumps(loads).encode())
            (owner.health or answer)(self, "")
        elif self.path in known:
            self.whole(200, known[self.path] if owner.models is ... else owner.models)
        else:
            self.whole(404, {"error": "not found"})

    def do_POST(self) -> None:
        self.owner.note(self.path, self.headers["Authorization"])
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not body["prompt"]:
            self._load()
            return
        try:
            self.owner.next_step(body)(self, body["prompt"])
        except (BrokenPipeError, ConnectionResetError):
            self.owner.cut.set()
            self.close_connection = True

    def _load(self) -> None:
        """Loads, unless the client leaves: that ends it."""
        self.owner.loads += 1
        if self.left_within(self.owner.loading):
            self.owner.aborted += 1
            return
        self.owner.loaded = True
        self.whole(200, {"done": True, "done_reason": "load"})

    def left_within(self, seconds: float) -> bool:
        """Whether the client goes away within so many seconds."""
        waited = 0.0
        self.connection.setblocking(False)
        try:
            while waited < seconds and not self.owner.closing.wait(0.05):
                waited += 0.05
                try:
                    if self.connection.recv(1) == b"":
                        return True
                except BlockingIOError:
                    pass
            return False
        except ConnectionResetError:
            return True
        finally:
            self.connection.setblocking(True)

    @property
    def sse(self) -> bool:
        """Whether it is asked as OpenAI's servers are."""
        return self.path.startswith("/v1/")

    def whole(self, status: int, value: Any) -> None:
        """An answer in one piece."""
        self.data(status, json.dumps(value).encode())

    def data(self, status: int, data: bytes, **head: str) -> None:
        """An answer in one piece, of these bytes."""
        self.send_response(status)
        for name, value in {**head, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def begin(self) -> None:
        """The head of a stream."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if self.sse else "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, data: bytes) -> None:
        """One chunk of a stream; an empty one ends it."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def line(self, said: dict[str, Any]) -> None:
        """One line of a stream."""
        self.chunk(self.written(said))

    def written(self, said: dict[str, Any]) -> bytes:
        """A line as bytes."""
        data = json.dumps({"model": self.owner.name, **said}, ensure_ascii=False).encode()
        return b"data: %s\n\n" % data if self.sse else data + b"\n"

    def piece(self, text: str) -> bytes:
        """The line that brings a piece of text."""
        if self.sse:
            return self.written({"choices": [{"index": 0, "text": text, "finish_reason": None}], "usage": None})
        return self.written({"response": text, "done": False})

    def last_word(self, reason: str, prompt: Any, output: Any, nanoseconds: Any = 3_000_000) -> None:
        """Why it ends and what it cost."""
        if self.sse:
            self.line({"choices": [{"index": 0, "text": "", "finish_reason": reason}]})
            self.line({"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": output}})
            self.chunk(b"data: [DONE]\n\n")
        else:
            cost = {"prompt_eval_count": prompt, "eval_count": output, "eval_duration": nanoseconds}
            self.line({"response": "", "done": True, "done_reason": reason, **cost, "prompt_eval_duration": 0})
        self.chunk(b"")

    def error(self) -> None:
        """An error in the stream."""
        words = "the model runner has died"
        self.line({"error": {"message": words, "code": 500} if self.sse else words})
        self.chunk(b"data: [DONE]\n\n" if self.sse else b"\n")
        self.chunk(b"")

    def close_now(self) -> None:
        """The end of the stream without the last chunk."""
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def say(text: str, end: str = "stop", pause: float = 0.0) -> Step:
    """The text, eight characters a piece, then its end."""

    def step(request: _Request, prompt: str) -> None:
        request.begin()
        pieces = list(_pieces(text))
        for piece in pieces:
            request.chunk(request.piece(piece))
            if pause and request.owner.closing.wait(pause):
                return
        _end(request, end, len(pieces))

    return step


def slow(text: str, pause: float) -> Step:
    """The text, a piece each so many seconds."""
    return say(text, pause=pause)


def late(step: Step, seconds: float) -> Step:
    """The step, after so many seconds."""

    def waiting(request: _Request, prompt: str) -> None:
        if not request.owner.closing.wait(seconds):
            step(request, prompt)

    return waiting


def status(number: int, body: bytes | None = None, **head: str) -> Step:
    """An answer without a stream."""
    told = json.dumps({"error": f"status {number}"}).encode() if body is None else body
    return lambda request, prompt: request.data(number, told, **head)


def raw(body: bytes, chunked: bool = True, pause: float = 0.0) -> Step:
    """These very bytes as the stream, in chunks, or up to the end of the connection."""

    def step(request: _Request, prompt: str) -> None:
        if chunked:
            request.begin()
        else:
            request.send_response(200)
            request.end_headers()
            request.close_now()
        for start in range(0, len(body), 700):
            part = body[start : start + 700]
            request.chunk(part) if chunked else request.wfile.write(part)
            if pause and request.owner.closing.wait(pause):
                return
        if chunked:
            request.chunk(b"")

    return step


def silent() -> Step:
    """Takes the request and never answers."""

    def step(request: _Request, prompt: str) -> None:
        if request.left_within(60):
            request.owner.cut.set()
        request.close_now()

    return step


def forever(piece: str, pause: float = 0.0) -> Step:
    """One piece, again and again."""

    def step(request: _Request, prompt: str) -> None:
        request.begin()
        while not request.owner.closing.wait(pause):
            request.chunk(request.piece(piece))

    return step


def bytewise(text: str) -> Step:
    """The text, every byte a chunk of its own."""

    def step(request: _Request, prompt: str) -> None:
        request.begin()
        for byte in request.piece(text):
            request.chunk(bytes([byte]))
        request.last_word("stop", 40, 1)

    return step


def uneven(text: str, count: Any) -> Step:
    """The text, and a cost that is none."""

    def step(request: _Request, prompt: str) -> None:
        request.begin()
        request.chunk(request.piece(text))
        request.last_word("stop", count, count, count)

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
    elif end in (HALF, SIGN):
        whole = request.piece("Grüße")
        request.chunk(whole[: whole.index("ü".encode()) + (end == SIGN)])
        request.chunk(b"") if end == SIGN else request.close_now()
    elif end == ERROR:
        request.error()
    elif end == HANG:
        if request.left_within(60):
            request.owner.cut.set()
    else:
        request.last_word("length" if end == LENGTH else "stop", 40, pieces)
