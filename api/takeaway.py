"""Takeaway: the shape of everything that is a maker's."""

from __future__ import annotations

from api.answers import Answer, Device, Event, Job, Progress, RowReport
from api.documents import Pattern
from api.messages import Delivery, WebhookEndpoint


class KeptJob(Job):
    """A job with its log."""

    events: list[Event]


class KeptProgress(Progress):
    """My ticks and notes on one pattern."""

    pattern_id: str


class KeptReport(RowReport):
    """What I have reported, and of which pattern."""

    pattern_id: str


class Export(Answer):
    """Everything of one maker's, but for tokens, codes and secrets."""

    id: str
    devices: list[Device]
    patterns: list[Pattern]
    jobs: list[KeptJob]
    progress: list[KeptProgress]
    reports: list[KeptReport]
    webhook_endpoints: list[WebhookEndpoint]
    deliveries: list[Delivery]
