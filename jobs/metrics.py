"""Metrics: what the sweep tells Prometheus of queue, jobs, model and webhooks. Workers come and go: they tell nothing.

Gauges are read from the stores when somebody asks. Counters and histograms are fed by jobs that have ended, each
counted once however many sweeps run, so that they are summed over the sweeps. No label holds an id, a prompt or an
address.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from wsgiref.simple_server import WSGIServer

import redis
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from db import records
from jobs.endpoint import Endpoint, endpoints
from jobs.queue import NAME
from jobs.recheck import RESULTS as RECHECKED
from jobs.wire import Away, Wire
from settings import Settings

WAITS = (0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800)
SCRAPE_SECONDS = 2.0  # a store or a model that says nothing for so long is down
STATUSES = ("succeeded", "failed", "canceled")
RESULTS = ("first", "fixed", "rewritten", "unproven", "thrown")
VERDICTS = ("ok", "error", "unchecked")


class Counts:
    """What has happened, since this process began."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.finished = Counter("knotty_jobs_finished", "Jobs ended", ["status", "reason", "model"], registry=registry)
        self.wait = _histogram(registry, "knotty_job_wait_seconds", "From the wish to a worker")
        self.first_row = _histogram(registry, "knotty_job_first_row_seconds", "From the wish to its first row")
        self.seconds = _histogram(registry, "knotty_job_seconds", "From the wish to the end")
        self.attempts = Counter("knotty_job_attempts", "Attempts, by how they ended", ["end"], registry=registry)
        self.rows = Counter("knotty_rows", "Rows, by how they came", ["result"], registry=registry)
        self.patterns = Counter("knotty_patterns", "Patterns, by the checker's verdict", ["verdict"], registry=registry)
        self.rechecks = Counter("knotty_rechecks", "Kept patterns, judged anew", ["result"], registry=registry)
        self.model_seconds = Counter("knotty_model_seconds", "Time the model has written", ["model"], registry=registry)
        self.tokens = Counter("knotty_model_tokens", "Tokens, read and written", ["model", "part"], registry=registry)
        self.webhooks = Counter("knotty_webhook_attempts", "Tries, by their end", ["result"], registry=registry)
        # A label that starts at nothing misses its first increase.
        for end in ("finished", "lease_lost", "handed_back"):
            self.attempts.labels(end)
        for result in RESULTS:
            self.rows.labels(result)
        for verdict in VERDICTS:
            self.patterns.labels(verdict)
        for result in RECHECKED:
            self.rechecks.labels(result)
        for result in ("delivered", "again", "given_up"):
            self.webhooks.labels(result)

    def begin(self, model: str) -> None:
        """The series of a model that may be asked, at 0."""
        for status in STATUSES:
            self.finished.labels(status, "", model)
        self.model_seconds.labels(model)
        for part in ("prompt", "output"):
            self.tokens.labels(model, part)

    def add(self, ended: records.Ended) -> None:
        """One job that has ended."""
        self.finished.labels(ended.status, ended.reason, ended.model).inc()
        for histogram, seconds in (
            (self.wait, ended.wait_seconds),
            (self.first_row, ended.first_row_seconds),
            (self.seconds, ended.seconds),
        ):
            if seconds is not None:
                histogram.observe(seconds)
        finished = min(1, ended.attempts) if ended.status != "canceled" else 0
        self.attempts.labels("finished").inc(finished)
        self.attempts.labels("lease_lost").inc(ended.crashes)
        self.attempts.labels("handed_back").inc(max(0, ended.attempts - ended.crashes - finished))
        for result, number in ended.rows.items():
            self.rows.labels(result).inc(number)
        if ended.verdict:
            self.patterns.labels(ended.verdict).inc()
        if ended.usage:
            self.model_seconds.labels(ended.model).inc(ended.usage.get("model_seconds", 0))
            for part in ("prompt", "output"):
                self.tokens.labels(ended.model, part).inc(ended.usage.get(f"{part}_tokens", 0))


class Gauges(Collector):
    """What is so now. A store that is away leaves its own gauges out and says so."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._redis = redis.Redis.from_url(
            settings.redis_url, socket_connect_timeout=SCRAPE_SECONDS, socket_timeout=SCRAPE_SECONDS
        )

    def collect(self) -> Iterator[Metric]:
        """Asks Postgres, Redis and the model."""
        up = GaugeMetricFamily("knotty_store_up", "Whether a store answers", labels=["store"])
        for store, ask in (("postgres", self._postgres), ("redis", self._doorbell)):
            try:
                yield from list(ask())
                up.add_metric([store], 1)
            except (SQLAlchemyError, redis.RedisError):
                up.add_metric([store], 0)
        yield up
        yield from self._models()

    def _postgres(self) -> Iterator[Metric]:
        now = records.backlog()
        jobs = GaugeMetricFamily("knotty_jobs", "Unfinished jobs", labels=["status"])
        jobs.add_metric(["queued"], now.queued)
        jobs.add_metric(["running"], now.running)
        yield jobs
        for name, words, value in (
            ("knotty_oldest_queued_seconds", "How long the oldest queued job waits", now.oldest_queued_seconds),
            ("knotty_leases_expired", "Running jobs whose worker is not heard of", now.leases_expired),
            ("knotty_webhooks_due", "Webhooks that should be under way", now.webhooks_due),
            ("knotty_webhook_oldest_due_seconds", "How late the latest of them is", now.webhook_oldest_due_seconds),
        ):
            yield GaugeMetricFamily(name, words, value=value)

    def _doorbell(self) -> Iterator[Metric]:
        """The two keys that a cluster scales by."""
        bell = GaugeMetricFamily("knotty_doorbell", "Entries of RQ's keys", labels=["key"])
        bell.add_metric(["queued"], int(self._redis.llen(f"rq:queue:{NAME}")))
        bell.add_metric(["running"], int(self._redis.zcard(f"rq:wip:{NAME}")))
        yield bell

    def _models(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("knotty_model_up", "Whether a model's server answers", labels=["model"])
        loaded = GaugeMetricFamily("knotty_model_loaded", "Whether it has its model loaded", labels=["model"])
        asked = endpoints(self._settings)
        with ThreadPoolExecutor(len(asked)) as pool:
            for endpoint, (answers, ready) in zip(asked, pool.map(_look, asked), strict=True):
                up.add_metric([endpoint.name], answers)
                if ready is not None:
                    loaded.add_metric([endpoint.name], ready)
        yield up
        yield loaded


class Board:
    """The sweep's own registry: what it counts, and what it reads when asked."""

    def __init__(self, settings: Settings) -> None:
        self.registry = CollectorRegistry()
        self.counts = Counts(self.registry)
        for endpoint in endpoints(settings):
            self.counts.begin(endpoint.name)
        self.registry.register(Gauges(settings))

    def serve(self, host: str, port: int) -> tuple[WSGIServer, Thread]:
        """Answers Prometheus on a port of its own, on a thread."""
        server, thread = start_http_server(port, addr=host, registry=self.registry)
        return server, thread


def _histogram(registry: CollectorRegistry, name: str, words: str) -> Histogram:
    return Histogram(name, words, buckets=WAITS, registry=registry)


def _look(endpoint: Endpoint) -> tuple[bool, bool | None]:
    """Whether a model's server answers, and whether the model is loaded; None: it does not tell."""
    wire = Wire(SCRAPE_SECONDS)
    try:
        loaded = endpoint.dialect.loaded(
            endpoint.name, lambda path: wire.get(endpoint.url + path, endpoint.key, SCRAPE_SECONDS)
        )
        return True, bool(loaded)
    except Away as away:
        answers = 0 < away.status < 500  # which address tells of loaded models differs from server to server
        return answers, None if answers else False
    finally:
        wire.cut()
