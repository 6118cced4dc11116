"""Messages: the shapes of what a webhook says, for the OpenAPI document. The store makes them; a test compares."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.answers import Answer, JobFacts


class MessageLinks(Answer):
    """Where to go from a message."""

    self: str
    events: str
    pattern: str


class JobTold(JobFacts):
    """The job as `GET` shows it to its owner."""

    links: MessageLinks
    metadata_omitted: bool = Field(False, description="true when metadata would have made the message too large")


class JobEnded(Answer):
    """A job has ended: succeeded, failed or canceled."""

    type: Literal["job.succeeded", "job.failed", "job.canceled"]
    timestamp: datetime
    data: JobTold


class TestData(Answer):
    """Words, and nothing to act on."""

    message: str


class TestMessage(Answer):
    """What `POST /webhooks/test` sends."""

    type: Literal["webhook.test"]
    timestamp: datetime
    data: TestData


# Name in the document -> what it is about, and its shape.
MESSAGES: dict[str, tuple[str, type[Answer]]] = {
    "job.succeeded": ("A pattern is written", JobEnded),
    "job.failed": ("A job ended without its pattern", JobEnded),
    "job.canceled": ("A job was canceled", JobEnded),
    "webhook.test": ("You asked for a test", TestMessage),
}
HEADERS = {
    "webhook-id": "the delivery's id, the same at every try: act once on each",
    "webhook-timestamp": "when this try was begun, in seconds since 1970: refuse what is five minutes off",
    "webhook-signature": "`v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; several during a rotation",
}
