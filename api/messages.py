"""Messages: the shapes of webhooks: what one says, and what is told of its sending.

The store makes the messages; a test holds them to these shapes.
"""

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


class Retiring(Answer):
    """A secret that was replaced and signs too until it expires."""

    expires_at: datetime


class WebhookSecret(Answer):
    """What your webhooks are signed with: HMAC-SHA256 under the bytes that `whsec_` stands before, in base64."""

    secret: str
    created_at: datetime
    retiring: list[Retiring]


class DeliveryAttempt(Answer):
    """One try. `ms` is null while it is under way, and stays so if who sent it died."""

    number: int
    at: datetime
    ms: int | None
    status: int | None = Field(description="the HTTP status that was answered")
    error: Literal["no-connection", "no-answer"] | None = Field(
        description="why there was no answer. no-connection: name, address, port or certificate did not hold"
    )
    reply: str | None = Field(description="the first bytes of the answer's body, as text")


class DeliveryLinks(Answer):
    """Where to go from a delivery."""

    self: str
    redeliver: str


class Delivery(Answer):
    """One message to one receiver. Its `id` is the `webhook-id` of every try."""

    id: str
    job_id: str | None
    type: Literal["job.succeeded", "job.failed", "job.canceled", "webhook.test"]
    url: str
    status: Literal["pending", "delivered", "failed"]
    reason: Literal["tries-exhausted", "gone", "endpoint-disabled"] | None
    created_at: datetime
    ended_at: datetime | None
    next_try_at: datetime | None
    attempts: list[DeliveryAttempt] = Field(description="the last hundred")
    links: DeliveryLinks


class DeliveryList(Answer):
    """A job's deliveries, newest first."""

    data: list[Delivery]


class WebhookEndpoint(Answer):
    """A URL that fails. A disabled one gets nothing until it takes a test or a redelivery."""

    url: str
    failing_since: datetime
    disabled_at: datetime | None
    reason: Literal["gone", "failing"] | None


class WebhookEndpointList(Answer):
    """The URLs that fail; none is a good sign."""

    data: list[WebhookEndpoint]


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
