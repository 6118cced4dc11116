"""Tries: one try at a receiver, for the tests of what is dialled and of what is sent."""

from __future__ import annotations

import datetime
import threading
from dataclasses import replace
from typing import Any

from db.records import Errand
from jobs.dialling import Dialler
from jobs.receivers import Guard
from jobs.webhooks import Courier, Tried
from settings import Settings

SECRET, OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + "b2xk" * 11
BODY = '{"type":"job.succeeded","timestamp":"2026-01-01T00:00:00.000Z","data":{"id":"job_x","title":"Häkeldecke 🧶"}}'
QUICK = Settings(webhook_seconds=1.0, webhook_connect_seconds=0.3)
NOBODY = threading.Event()


def errand(minutes: float = 0) -> Errand:
    """A try that begins so many minutes from now: receivers refuse what is five minutes old."""
    at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=minutes)
    return Errand("whd_" + "a" * 26, 1, 1, "job.succeeded", "", BODY, at, (SECRET,))


def carried(url: str, what: Errand | None = None, settings: Settings = QUICK, **dialler: Any) -> Tried:
    """One try at a receiver that an operator has named."""
    guard = Guard.of("http://127.0.0.1,https://127.0.0.1,https://hooks.example:8443")
    means = Dialler(settings.webhook_connect_seconds, **dialler)
    return Courier(settings, guard, means).carry(replace(what or errand(), url=url), NOBODY)
