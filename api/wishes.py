"""Wishes: what every way of asking for a pattern does: keep the job, wake the sweep, count it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, jsonify, request

from api import intake, limits, metrics
from api.errors import Refused
from api.links import job_json
from api.waker import Waker
from db import records
from jobs.queue import Doorbell

View = dict[str, Any]


def open_job(
    maker_id: str,
    prompt: str,
    options: View,
    metadata: View,
    key: records.Key | None = None,
    webhook: View | None = None,
) -> tuple[View, bool]:
    """The committed row is the job. Waking is a courtesy: without Redis the sweep finds the row by itself.

    Gives the job, and whether it is that of an earlier request under the same key.
    """
    return ring(maker_id, lambda: records.open_job(maker_id, prompt, options, metadata, key, limits.quota(), webhook))


def ring(maker_id: str, opening: Callable[[], View]) -> tuple[View, bool]:
    """Opens a job so, counts it and wakes the sweep."""
    try:
        job = opening()
    except records.AlreadyOpened as known:
        metrics.counters().jobs_opened.labels("true").inc()
        return records.job(known.job_id, maker_id), True
    metrics.counters().jobs_opened.labels("false").inc()
    waker().wake()
    return job, False


def key(maker_id: str | None, said: object) -> records.Key | None:
    """The request's `Idempotency-Key` with what it says and where. Raises Refused for one that has no owner."""
    name = intake.idempotency_key()
    if name is None:
        return None
    if maker_id is None:
        raise Refused("idempotency-key-invalid", "An Idempotency-Key belongs to a maker: send credentials with it.")
    whole = json.dumps([request.path, said], sort_keys=True)
    return records.Key(name, hashlib.sha256(whole.encode()).digest())


def answer(job: View, replayed: bool, maker_id: str, token: str | None = None) -> Response:
    """A job just opened, or opened before: where it is, and when to look again while it is not done."""
    shown = job_json(job, maker_id) | ({"maker_token": token} if token else {})
    told = jsonify(shown)
    told.headers["Location"] = shown["links"]["self"]
    if job["finished_at"] is None:
        told.status_code = 202
        told.headers["Retry-After"] = look_again(job)
    if replayed:
        told.headers["Idempotent-Replayed"] = "true"
    return told


def look_again(job: View) -> str:
    """In how many seconds it is worth looking at an unfinished job: sooner the nearer its end is."""
    left = job["progress"]["seconds_left"] or 0
    return str(min(15, max(1, round(left / 4))))


def waker() -> Waker:
    """Who tells the sweep that something waits."""
    found: Waker = current_app.extensions["waker"]
    return found


def doorbell() -> Doorbell:
    """This app's bell."""
    found: Doorbell = current_app.extensions["doorbell"]
    return found
