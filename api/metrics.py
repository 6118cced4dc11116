"""Metrics: what the api counts, by prometheus-flask-exporter. No label holds an id, a prompt or an address."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Request, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_flask_exporter import PrometheusMetrics

from settings import Settings

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 15, 60)


@dataclass(frozen=True)
class Counters:
    """Our own, beside those of every request."""

    jobs_opened: Counter
    refused: Counter
    streams_open: Gauge
    progress_ops: Counter


def register(app: Flask, settings: Settings) -> None:
    """Counts every request; `/metrics` has a port of its own (see gunicorn.conf.py), and is here when asked for."""
    # Each app has a registry of its own: a process that makes two of them, as tests do, counts each apart.
    registry = CollectorRegistry()
    app.before_request(_bounded_methods)
    PrometheusMetrics(
        app,
        path="/metrics" if settings.metrics_public else None,
        group_by=url_rule,
        defaults_prefix="knotty",
        buckets=_BUCKETS,
        registry=registry,
    )
    counters = Counters(
        Counter("knotty_jobs_opened", "Jobs made", ["replayed"], registry=registry),
        Counter("knotty_refused", "Requests answered by a problem, by its kind", ["reason"], registry=registry),
        Gauge("knotty_streams_open", "Held requests", ["kind"], registry=registry, multiprocess_mode="livesum"),
        Counter("knotty_progress_ops", "Ticks by what became of them", ["result"], registry=registry),
    )
    # A label that starts at nothing misses its first increase.
    counters.jobs_opened.labels("false")
    for kind in ("events", "wait"):
        counters.streams_open.labels(kind)
    for result in ("applied", "superseded", "refused"):
        counters.progress_ops.labels(result)
    app.extensions["counters"] = counters


def counters() -> Counters:
    """Those of the app that serves this request."""
    found: Counters = current_app.extensions["counters"]
    return found


def held() -> None:
    """This request waits because it was asked to: how long it takes says nothing of us."""
    g.held = True


def url_rule(asked: Request) -> str:
    """A request's route, the label of that name; one that was held is counted apart."""
    return f"{asked.url_rule} held" if g.get("held") else str(asked.url_rule)


def _bounded_methods() -> None:
    """A client may send any word as a method: none of those becomes a label."""
    if request.method not in METHODS:
        request.prom_do_not_track = True  # type: ignore[attr-defined]
