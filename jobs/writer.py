"""Writer: the client of a language model. Text streams in; every way a server can fail has a name and an end.

One `requests` session a writer, no proxies, no redirects, no retries of urllib3's. A watchdog shuts the socket down
when the server goes silent or the job is no longer ours: closing it from another thread would hang.
"""

from __future__ import annotations

import json
import random
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from settings import Settings

MOST_LINE = 64 * 1024  # bytes of one line of a server's stream
MOST_BODY = 1024 * 1024  # bytes of a whole stream
LOAD_SECONDS = 600.0
PAUSES = (0.5, 1.0, 2.0)  # seconds between tries of one round, jittered


class ModelUnavailable(Exception):
    """The model stayed away for MODEL_WAIT."""


class ModelRefused(Exception):
    """The model's server says that our request is wrong; trying again would not help."""


class StreamBroken(Exception):
    """A stream ended before the model had finished; the message says how. What came before it is good."""


class Halted(Exception):
    """The job is no longer ours: canceled, taken by a later attempt, late, or the worker is told to stop."""


class _Away(Exception):
    """No answer this time."""


@dataclass(frozen=True, slots=True)
class Done:
    """The model's last word: why it ended (`stop`, `length`), and what it cost."""

    reason: str
    prompt_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0


class Writer:
    """A model behind MODEL_URL, speaking Ollama's `POST /api/generate`. One stream at a time."""

    def __init__(self, settings: Settings, halt: threading.Event) -> None:
        self.settings = settings
        self.halt = halt  # set by anybody, any time: what runs ends at once
        self._wire = _Wire()
        self._session = requests.Session()
        self._session.trust_env = False
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(self._wire))
        self._pauses = PAUSES
        self._ready = False  # the model has been seen loaded, and nothing has failed since

    def model(self) -> dict[str, str | None]:
        """The model's name, and the digest of its weights when the server is there to ask."""
        digest = None
        try:
            told = self._get("/api/tags", seconds=1.0).get("models")
            known = [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []
            named = (each for each in known if self._is_ours(str(each.get("name"))))
            digest = next((str(each["digest"]) for each in named if each.get("digest")), None)
        except _Away:
            pass
        return {"name": self.settings.model_name, "digest": digest}

    def stream(
        self, prompt: str, options: dict[str, Any], waking: Callable[[bool], None]
    ) -> Generator[str | Done, None, None]:
        """The model's text in pieces as it comes, at last Done.

        While no model answers, `waking(True)` is told and tried again until MODEL_WAIT; `waking(False)` when it is
        back. Raises ModelUnavailable, ModelRefused, StreamBroken, Halted.
        """
        body = {
            "model": self.settings.model_name,
            "prompt": prompt,
            "raw": True,
            "stream": True,
            "truncate": False,  # else a long prompt silently loses its middle
            "shift": False,
            "keep_alive": -1,
            "options": options,
        }
        with self._watched() as watch:
            answer = self._open(body, waking, watch)
            try:
                yield from self._read(answer, watch)
            finally:
                self._wire.cut()
                answer.close()

    def _open(self, body: dict[str, Any], waking: Callable[[bool], None], watch: _Watch) -> requests.Response:
        end = monotonic() + self.settings.model_wait
        told = False
        if self._asleep():  # a request now would wait for the load, and abort it when it gives up
            told = True
            waking(True)
        for pause in self._rounds():
            try:
                if told:
                    self._load()
                answer = self._post("/api/generate", body, self.settings.model_first_byte_timeout, stream=True)
            except _Away as away:
                self._ready = False
                self._check(watch)
                if monotonic() > end:
                    raise ModelUnavailable(str(away)) from away
                if pause is None and not told:
                    told = True
                    waking(True)
                self._sleep(random.uniform(0.5, 1.0) * (self._pauses[-1] if pause is None else pause))
            else:
                self._ready = True
                if told:
                    waking(False)
                return answer
        raise AssertionError  # rounds never end

    def _rounds(self) -> Iterator[float | None]:
        """The pauses of round after round; None where one ends."""
        while True:
            yield from self._pauses[:-1]
            yield None

    def _asleep(self) -> bool:
        """Whether a server is there whose model is not loaded. One that does not answer is found out by the request."""
        if self._ready:
            return False
        try:
            return not self._loaded(1.0)
        except _Away:
            return False

    def _loaded(self, seconds: float) -> bool:
        told = self._get("/api/ps", seconds).get("models")
        names = [each.get("name") for each in told if isinstance(each, dict)] if isinstance(told, list) else []
        return any(self._is_ours(str(name)) for name in names)

    def _load(self) -> None:
        """Has the model loaded when it is not: an answer may take minutes. Raises _Away."""
        if not self._loaded(5.0):
            empty = {"model": self.settings.model_name, "prompt": "", "keep_alive": -1, "stream": False}
            self._post("/api/generate", empty, LOAD_SECONDS, stream=False).close()

    def _is_ours(self, name: str) -> bool:
        return name == self.settings.model_name or name.removesuffix(":latest") == self.settings.model_name

    def _read(self, answer: requests.Response, watch: _Watch) -> Iterator[str | Done]:
        try:
            for line in _lines(answer, watch):
                said = _said(line)
                if isinstance(said.get("response"), str) and said["response"]:
                    yield said["response"]
                if said.get("done") is True:
                    yield _done(said)
                    return
        except (requests.RequestException, OSError, ValueError, AttributeError) as error:
            self._check(watch)
            raise StreamBroken(watch.why or _words(error)) from error
        self._check(watch)
        # Ollama's guard against loops ends a stream just so.
        raise StreamBroken(watch.why or "the stream ended in the middle")

    def _get(self, path: str, seconds: float) -> dict[str, Any]:
        try:
            answer = self._session.get(
                self.settings.model_url + path,
                timeout=(min(seconds, self.settings.model_connect_timeout), seconds),
                allow_redirects=False,
            )
            answer.raise_for_status()
            told = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise _Away(_words(error)) from error
        if not isinstance(told, dict):
            raise _Away("not Ollama's answer")
        return told

    def _post(self, path: str, body: dict[str, Any], seconds: float, stream: bool) -> requests.Response:
        """One request. A missing model and a full server are like an absent one: both may come right by themselves."""
        try:
            answer = self._session.post(
                self.settings.model_url + path,
                json=body,
                timeout=(self.settings.model_connect_timeout, seconds),
                stream=stream,
                allow_redirects=False,
            )
        except (requests.RequestException, OSError) as error:
            raise _Away(_words(error)) from error
        if answer.status_code == 200:
            return answer
        why = f"status {answer.status_code}"
        self._wire.cut()
        answer.close()
        if answer.status_code in (400, 413, 422):
            raise ModelRefused(why)
        raise _Away(why)

    def _check(self, watch: _Watch) -> None:
        if self.halt.is_set() or watch.why == "halted":
            raise Halted

    def _sleep(self, seconds: float) -> None:
        if self.halt.wait(seconds):
            raise Halted

    @contextmanager
    def _watched(self) -> Iterator[_Watch]:
        """A watchdog over this stream: shuts the socket down on halt, or when a chunk is too long in coming."""
        watch = _Watch(self.settings.model_read_timeout)
        if self.halt.is_set():
            raise Halted
        dog = threading.Thread(target=self._guard, args=(watch,), name="watchdog", daemon=True)
        dog.start()
        try:
            yield watch
        finally:
            watch.over.set()

    def _guard(self, watch: _Watch) -> None:
        while not watch.over.is_set():
            if self.halt.wait(0.05):
                watch.why = "halted"
                # Again and again: a connection may just be coming to life.
                while not watch.over.wait(0.05):
                    self._wire.cut()
                return
            if watch.late():
                watch.why = f"nothing came for {self.settings.model_read_timeout:g} seconds"
                self._wire.cut()


class _Watch:
    """One stream's clock: it runs from the first chunk on, before that the request's own time-out counts."""

    def __init__(self, seconds: float) -> None:
        self.over = threading.Event()
        self.why = ""
        self._seconds = seconds
        self._last: float | None = None

    def chunk(self) -> None:
        """Something came."""
        self._last = monotonic()

    def rest(self) -> None:
        """The clock stands still until the next chunk."""
        self._last = None

    def late(self) -> bool:
        """Whether the next chunk is overdue."""
        last = self._last
        return last is not None and monotonic() - last > self._seconds


class _Wire:
    """The socket in use, kept from the moment it is connected so that another thread can end it."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []

    def keep(self, connected: socket.socket | None) -> None:
        """Remember it; there is one at a time."""
        if connected is not None:
            self._sockets = [connected]

    def cut(self) -> None:
        """Ends the connection: whoever reads from it wakes up at once, and the server sees a broken pipe."""
        for each in self._sockets:
            with suppress(OSError):  # it has ended by itself
                each.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """Connections that show their socket to the wire."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, *_: Any, **__: Any) -> None:
        """A pool of such connections."""
        wire = self._wire

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                wire.keep(self.sock)

        class Tls(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                wire.keep(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class TlsPool(HTTPSConnectionPool):
            ConnectionCls = Tls

        self.poolmanager = PoolManager(num_pools=connections, maxsize=1)
        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}


def _lines(answer: requests.Response, watch: _Watch) -> Iterator[bytes]:
    """Whole lines of a stream, bounded: `iter_lines` would collect an endless line for ever."""
    kept, size = b"", 0
    for chunk in answer.iter_content(chunk_size=512):
        watch.chunk()
        size += len(chunk)
        *whole, kept = (kept + chunk).split(b"\n")
        if size > MOST_BODY or len(kept) > MOST_LINE:
            raise ValueError("the stream is too long")
        watch.rest()  # what the reader does with the lines is not the server's silence
        yield from (line for line in whole if line.strip())
        watch.chunk()
    if kept.strip():
        yield kept


def _said(line: bytes) -> dict[str, Any]:
    said = json.loads(line)
    if not isinstance(said, dict):
        raise ValueError("a line of the stream is not an object")
    if "error" in said:
        raise ValueError("the server reports an error in the stream")
    return said


def _done(said: dict[str, Any]) -> Done:
    def number(name: str) -> int:
        value = said.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0

    return Done(
        reason=str(said.get("done_reason") or "stop"),
        prompt_tokens=number("prompt_eval_count"),
        output_tokens=number("eval_count"),
        seconds=round((number("eval_duration") + number("prompt_eval_duration")) / 1e9, 3),
    )


def _words(error: BaseException) -> str:
    return {"ConnectTimeout": "no connection", "ReadTimeout": "no answer"}.get(type(error).__name__, str(error)[:200])
