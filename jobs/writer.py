"""Writer: the client of a language model. Text streams in; every way a server can fail has a name and an end.

no answer, 500, 503, model missing   asked again, in rounds; told as waking; given up after MODEL_WAIT
away for FALLBACK_AFTER              the fallback writes, where there is one, and goes on until the job is done
400                                  our fault: not repeated
silence, EOF, an error line, junk    StreamBroken: what came before is good
halted                               the socket is shut down, and the server sees it
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from time import monotonic

import requests

from jobs.dialects import Done as Done
from jobs.dialects import Get, Json, Manner
from jobs.endpoint import Endpoint, endpoints
from jobs.waking import Waking
from jobs.wire import Away, Wire
from jobs.wire import Halted as Halted
from jobs.wire import ModelRefused as ModelRefused
from jobs.wire import StreamBroken as StreamBroken
from settings import Settings

PAUSES = (0.5, 1.0, 2.0)  # seconds between tries of one round, jittered
LOOK_SECONDS = 1.0  # for a server to say whether it has loaded the model; PATIENT once it has not answered
PATIENT = 5.0

Ask = Callable[[Endpoint], tuple[str, Manner]]  # the prompt in the shape that this model reads


class ModelUnavailable(Exception):
    """The model stayed away for MODEL_WAIT."""


class _Asleep(Away):
    """Its server is there, and has not loaded it."""


class Writer:
    """The models of one job. One stream at a time: a worker takes one slot of a model's server, never more."""

    def __init__(self, settings: Settings, halt: threading.Event, waking: Waking | None = None) -> None:
        self.settings = settings
        self.halt = halt  # set by anybody, any time: what runs ends at once
        self._all = list(endpoints(settings))
        self.endpoint = self._last = self._all[0]  # who writes, and who has written last
        self._waking = waking or Waking(settings.model_connect_timeout)
        self._wire = Wire(settings.model_connect_timeout)
        self._pauses = PAUSES
        self._ready: set[Endpoint] = set()  # seen loaded, and nothing has failed since

    def model(self) -> Json:
        """The name of the model that writes, and the digest of its weights when its server is there to tell it."""
        one, told = self.endpoint, Json()
        with suppress(Away, Halted), self._wire.watched(self.halt):
            get = self._get(one, LOOK_SECONDS)
            if one not in self._ready and (told := one.dialect.loaded(one.name, get)):
                self._ready.add(one)
            told = told or one.dialect.known(one.name, get) or {}
        digest = told.get("digest")
        return {"name": one.name, "digest": str(digest) if digest else None}

    def stream(self, ask: Ask, waking: Callable[[bool], None]) -> Generator[str | Done, None, None]:
        """The model's text in pieces as it comes, at last Done.

        While no model answers, `waking(True)` is told and tried again until MODEL_WAIT; `waking(False)` when one is
        back, or another writes from now on. Raises ModelUnavailable, ModelRefused, StreamBroken, Halted.
        """
        with self._wire.watched(self.halt):
            answer = self._open(ask, waking)
            try:
                yield from self._read(answer)
            finally:
                self._wire.cut()
                answer.close()

    def _open(self, ask: Ask, waking: Callable[[bool], None]) -> requests.Response:
        end = monotonic() + self.settings.model_wait
        told, missed = False, Away("nobody was asked")
        for pause in self._rounds():
            for one in self._turns():
                try:
                    answer = self._asked(one, ask)
                except Away as away:
                    missed = away
                    self._check()
                else:
                    self.endpoint = one
                    if told or one is not self._last:
                        self._last = one
                        waking(False)
                    return answer
            if monotonic() > end:
                raise ModelUnavailable(str(missed)) from missed
            if not told and (pause is None or isinstance(missed, _Asleep)):
                told = True
                waking(True)
            self._sleep(random.uniform(0.5, 1.0) * (self._pauses[-1] if pause is None else pause))
        raise AssertionError  # rounds never end

    def _rounds(self) -> Iterator[float | None]:
        """The pauses of round after round; None where one ends."""
        while True:
            yield from self._pauses[:-1]
            yield None

    def _turns(self) -> Iterator[Endpoint]:
        """Who is asked: the one that writes, and when it has been away for long the other one."""
        yield self.endpoint
        away = self._waking.away(self.endpoint)
        if away is not None and away >= self.settings.fallback_after:
            yield from [one for one in self._all if one is not self.endpoint]

    def _asked(self, one: Endpoint, ask: Ask) -> requests.Response:
        """One try with one model. Raises Away, ModelRefused."""
        try:
            if one not in self._ready:
                self._look(one)
            prompt, manner = ask(one)
            body = one.dialect.ask(one.name, prompt, manner)
            answer = self._wire.post(one.url + one.dialect.path, one.key, body, self.settings.model_first_byte_timeout)
        except Away:
            self._ready.discard(one)
            self._waking.missed(one)
            raise
        except ModelRefused as refused:
            if not one.fallback:
                raise
            self._all.remove(one)  # a small model cannot read all that a big one has written
            self.endpoint = self._all[0]
            raise Away(str(refused)) from refused
        self._ready.add(one)
        self._waking.answered(one)
        return answer

    def _look(self, one: Endpoint) -> None:
        """Sees to it that the model is loaded: a request now would wait for that, and abort it when it gives up."""
        missed = self._waking.away(one) is not None
        try:
            loaded = one.dialect.loaded(one.name, self._get(one, PATIENT if missed else LOOK_SECONDS))
        except Away:
            if missed:
                raise
            return  # the request itself finds out
        if not loaded:
            self._waking.load(one)
            raise _Asleep("the model is not loaded")

    def _get(self, one: Endpoint, seconds: float) -> Get:
        return lambda path: self._wire.get(one.url + path, one.key, seconds)

    def _read(self, answer: requests.Response) -> Iterator[str | Done]:
        try:
            lines = self._wire.lines(answer, self.settings.model_read_timeout)
            for event in self.endpoint.dialect.events(lines):
                yield event
                if isinstance(event, Done):
                    return
        except (StreamBroken, ValueError) as error:
            self._check()
            raise StreamBroken(str(error)) from error
        self._check()
        # Ollama's guard against loops ends a stream just so.
        raise StreamBroken("the stream ended in the middle")

    def _check(self) -> None:
        if self.halt.is_set():
            raise Halted

    def _sleep(self, seconds: float) -> None:
        if self.halt.wait(seconds):
            raise Halted
