"""Wishes: what every way of asking for a pattern does: keep the job, wake the sweep, count it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from api import metrics
from db import records
from jobs.queue import Doorbell

View = dict[str, Any]


def open_job(maker_id: str, prompt: str, options: View, metadata: View) -> View:
    """The committed row is the job. Waking is a courtesy: without Redis the sweep finds the row by itself."""
    job = records.open_job(maker_id, prompt, options, metadata)
    metrics.counters().jobs_opened.labels("false").inc()
    doorbell().wake()
    return job


def doorbell() -> Doorbell:
    """This app's bell."""
    found: Doorbell = current_app.extensions["doorbell"]
    return found
