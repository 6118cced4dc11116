"""Hooked: jobs whose end is told to a webhook, for the tests of the records."""

from __future__ import annotations

from sqlalchemy import text

from db import records
from db.records.posting import Outcome
from db.session import Session
from tests.store_fixtures import LEASE

URL = "https://hooks.example/knotty"
ALL = ["job.succeeded", "job.failed", "job.canceled"]
WEEK = 7 * 86400.0


def hooked(maker, events=ALL, url=URL, **more):
    return records.open_job(maker, "punk rock blanket", {}, webhook={"url": url, "events": events, "site": ""}, **more)


def claimed(limit=10, a_minute=60, at_once=60, lease=LEASE):
    return records.claim_deliveries(limit, lease, a_minute, at_once)


def only(job, maker):
    [found] = records.deliveries_of(job["id"], maker)
    return found


def ended(maker, **more):
    """A job of this maker's that was canceled, and the errand of its message."""
    job = hooked(maker, **more)
    records.cancel(job["id"], maker)
    return job


def keep(errand, status=200, again=None, gone=False, give_up=WEEK):
    return records.keep_outcome(errand, Outcome(12, status=status, reply="words"), again, gone, give_up)


def sql(words, **values):
    with Session.begin() as session:
        session.execute(text(words), values)
