"""Events: a job's log as a stream (Server-Sent Events) or a list, and the waiting for it.

One thread a process reads new events and hands them to whoever follows a job: a hundred open pages ask Postgres as
often as one. Redis only wakes it early; without Redis it polls more often, and nothing is lost, because the log is
gapless and every follower first reads what is already there.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

import redis
import structlog
from flask import Blueprint, Response, current_app, json, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, credentials, intake, limits, metrics
from api.errors import Refused
from api.links import JOBS
from api.openapi import AFTER, JSON, LAST_EVENT, operation
from db import records
from jobs import queue
from settings import Settings

bp = Blueprint("events", __name__, url_prefix=JOBS)
log = structlog.get_logger()

STREAM = "text/event-stream"
ENDS = ("job.succeeded", "job.failed", "job.canceled")
A_PAGE = 1000
MOST_HELD = 96  # a process's; each holds one of its 128 threads

Event = dict[str, Any]


class Follower:
    """One reader of one job's log: every event after `seen`, once, in order.

    `closed`: its pattern is hidden from this reader now, and nothing more comes.
    """

    def __init__(self, job_id: str, seen: int, reader: str | None) -> None:
        self.job_id = job_id
        self.seen = seen
        self.reader = reader
        self.closed = False
        self.box: SimpleQueue[list[Event]] = SimpleQueue()
        self._behind = True

    def close(self) -> None:
        """Ends it, now."""
        self.closed = True
        self.box.put([])

    def take(self, seconds: float) -> list[Event]:
        """The next events, waiting this long for one; none when none came."""
        until = monotonic() + seconds
        fresh: list[Event] = []
        if self._behind:  # what was there before the feed knew of us
            there = records.events(self.job_id, self.seen, A_PAGE)
            self._behind = len(there) == A_PAGE
            fresh = self._unseen(there)
        while not fresh and not self.closed and (left := until - monotonic()) > 0:
            try:
                fresh = self._unseen(self.box.get(timeout=left))
            except Empty:
                break
        return [] if self.closed else fresh

    def _unseen(self, events: list[Event]) -> list[Event]:
        fresh = [event for event in events if event["id"] > self.seen]
        if fresh:
            self.seen = fresh[-1]["id"]
        return fresh


class Feed:
    """The thread that reads for all followers of this process. It starts with the first one, after the fork."""

    def __init__(self, settings: Settings, calm: float = 1.0, alert: float = 0.2) -> None:
        self._redis_url = settings.redis_url
        self._calm, self._alert = calm, alert  # seconds between two looks, with Redis and without
        self._lock = threading.Condition()
        self._followers: dict[str, list[Follower]] = {}
        self._read_to: dict[str, int] = {}
        self._thread: threading.Thread | None = None
        self._most_of_one = settings.held_a_maker
        self._held: Counter[str] = Counter()

    @contextmanager
    def follow(self, job_id: str, seen: int, reader: str | None) -> Iterator[Follower]:
        """Follow a job's log from this event on, for as long as this reader may see it."""
        follower = Follower(job_id, seen, reader)
        with self._lock:
            self._followers.setdefault(job_id, []).append(follower)
            self._read_to[job_id] = min(seen, self._read_to.get(job_id, seen))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
                self._thread.start()
            self._lock.notify()
        try:
            yield follower
        finally:
            with self._lock:
                self._followers[job_id].remove(follower)
                if not self._followers[job_id]:
                    del self._followers[job_id], self._read_to[job_id]

    def hold(self, who: str) -> None:
        """Take one of the process's places for a held request of theirs. Raises Refused (503) when there is none."""
        with self._lock:
            if self._held[who] >= self._most_of_one:
                words = f"You have {self._most_of_one} streams or waits open, which is the most. Close one, or poll."
                raise Refused("temporary-reduced-capacity", words)
            if self._held.total() >= MOST_HELD:
                raise Refused("temporary-reduced-capacity", "Too many streams are open. Poll instead, or try again.")
            self._held[who] += 1

    def let_go(self, who: str) -> None:
        """Give that place back."""
        with self._lock:
            self._held[who] -= 1
            self._held += Counter()  # drops who holds nothing

    def _run(self) -> None:
        bell: Any = None
        while True:
            with self._lock:
                while not self._followers:
                    self._lock.wait()
            try:
                bell = bell or self._listen()
                rung = self._wait(bell)
            except redis.RedisError:
                bell, rung = None, None
                threading.Event().wait(self._alert)
            with self._lock:  # only now: who came while we waited may be whom it rang for
                jobs = {job: seen for job, seen in self._read_to.items() if rung is None or job in rung}
            try:
                self._hand_out(jobs)
            except Exception as error:
                # Postgres is away: the followers wait, their streams ping, the next look may succeed.
                log.warning("feed", error=type(error).__name__)
                threading.Event().wait(self._alert)

    def _listen(self) -> Any:
        client = redis.Redis.from_url(self._redis_url, socket_connect_timeout=1, socket_timeout=5)
        bell = client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
        bell.subscribe(queue.EVENTS)
        return bell

    def _wait(self, bell: Any) -> set[str] | None:
        """The jobs that Redis says have news; None when it is time to look at all of them."""
        rung = set()
        message = bell.get_message(timeout=self._calm)
        while message:
            rung.add(message["data"].decode(errors="replace"))
            message = bell.get_message(timeout=0)
        return rung or None

    def _hand_out(self, jobs: dict[str, int]) -> None:
        fresh, hidden = records.news(jobs)
        for job_id, events in fresh.items():
            with self._lock:
                for follower in self._followers.get(job_id, ()):
                    if job_id in hidden and follower.reader not in hidden[job_id]:
                        follower.close()
                    elif events:
                        follower.box.put(events)
                if events and job_id in self._read_to:
                    self._read_to[job_id] = max(self._read_to[job_id], events[-1]["id"])


def feed() -> Feed:
    """This app's feed."""
    found: Feed = current_app.extensions["feed"]
    return found


def wait_for(job_id: str, seen: int, seconds: float, end: bool) -> None:
    """Hold until an event after `seen` (or, with `end`, the job's last one) or until the time is over."""
    until = monotonic() + seconds
    gauge = metrics.counters().streams_open.labels("wait")
    reader = credentials.reader()
    who = reader or limits.address()
    feed().hold(who)
    metrics.held()
    gauge.inc()
    try:
        with feed().follow(job_id, seen, reader) as follower:
            while (left := until - monotonic()) > 0 and not follower.closed:
                events = follower.take(left)
                if events and (not end or events[-1]["type"] in ENDS):
                    return
    finally:
        gauge.dec()
        feed().let_go(who)


@bp.get("/<id('job'):job_id>/events")
@operation(
    "Follow a job",
    {200: {STREAM: answers.StreamedEvent, JSON: answers.EventList}, 204: None},
    query=(LAST_EVENT, AFTER),
    refuses=(
        "not-found",
        "gone",
        "taken-down",
        "credentials-invalid",
        "invalid-last-event-id",
        "temporary-reduced-capacity",
    ),
)
def show_events(job_id: str) -> ResponseReturnValue:
    """The job's log from any event on, as a stream that ends itself after a minute or so and is resumed by its ids.

    204 once the job has ended and nothing is left, so that an EventSource stops. `Accept: application/json` gives the
    same as a list.
    """
    after = intake.after()
    reader = credentials.reader()  # a bad token is refused, though the id alone lets anyone read
    who = reader or limits.address()
    job = records.job(job_id, reader)
    if request.accept_mimetypes.best_match([STREAM, JSON]) == JSON:
        return jsonify({"data": records.events(job_id, after)})
    if job["finished_at"] is not None and after >= job["version"]:
        return "", 204
    held = feed()
    held.hold(who)
    gauge = metrics.counters().streams_open.labels("events")
    gauge.inc()
    answer = Response(_stream(held, job_id, after, reader, current_app.config["SETTINGS"]), mimetype=STREAM)
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(gauge.dec)
    answer.call_on_close(lambda: held.let_go(who))
    return answer


def _stream(feed: Feed, job_id: str, after: int, reader: str | None, settings: Settings) -> Iterator[str]:
    until = monotonic() + settings.sse_seconds
    first = True
    yield ": the log of a job\n\n"  # at once, so that the browser knows it is open
    with feed.follow(job_id, after, reader) as follower:
        while (left := until - monotonic()) > 0:
            events = follower.take(min(left, settings.sse_ping_seconds))
            if follower.closed:
                return
            if not events:
                yield ": ping\n\n"
            for event in events:
                # `retry` goes with an event: alone it would be an empty message to some parsers.
                yield ("retry: 1000\n" if first else "") + frame(event)
                first = False
            if events and events[-1]["type"] in ENDS:
                return


def frame(event: Event) -> str:
    """One event as it stands in the stream. JSON has no line ends of its own."""
    return f"id: {event['id']}\nevent: {event['type']}\ndata: {json.dumps(event)}\n\n"
