"""Messages: what a webhook says. A job's end and the message that tells of it are one commit."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func
from sqlalchemy.orm import Session as Transaction

from db.ids import new_id
from db.models import Delivery, Job, Json, WebhookEndpoint

View = dict[str, Any]

TEST = "webhook.test"
MAX_BODY = 20_000  # bytes; Standard Webhooks: "usually smaller than 20kb"


def owe(session: Transaction, job: Job, view: Callable[[Transaction, Job], View]) -> None:
    """Keeps the delivery of a job's end, if its webhook wants this end; `view` shows a job as its owner sees it."""
    kind, hook = f"job.{job.status}", job.webhook
    if hook is None or kind not in hook["events"]:
        return
    shown = view(session, job)
    body = _told(kind, shown["finished_at"], _whole(shown, hook["site"]))
    owed = delivery(job.maker_id, hook["url"], kind, body, job.id)
    endpoint = session.get(WebhookEndpoint, (job.maker_id, hook["url"]))
    if endpoint is not None and endpoint.disabled_at is not None:
        owed.status, owed.reason, owed.ended_at = "failed", "endpoint-disabled", func.clock_timestamp()
    session.add(owed)


def ping(maker_id: str, url: str) -> Delivery:
    """The delivery of a test message."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return delivery(maker_id, url, TEST, _told(TEST, now, {"message": "Knotty can reach this webhook."}))


def delivery(maker_id: str, url: str, kind: str, body: str, job_id: str | None = None) -> Delivery:
    """A delivery that is due at once."""
    host = urlsplit(url).hostname or ""
    return Delivery(id=new_id("whd"), maker_id=maker_id, job_id=job_id, url=url, host=host, type=kind, body=body)


def _whole(shown: View, site: str) -> Json:
    """The job as `GET` shows it to its owner, with whole addresses; without metadata that would make it too large."""
    told = {name: value for name, value in shown.items() if name not in ("maker_id", "webhook")}
    pattern_id = told["pattern"]["id"]
    told["pattern"] = told["pattern"] | {"url": f"{site}/p/{pattern_id.removeprefix('pat_')}"}
    told["links"] = {
        "self": f"{site}/api/v1/jobs/{told['id']}",
        "events": f"{site}/api/v1/jobs/{told['id']}/events",
        "pattern": f"{site}/api/v1/patterns/{pattern_id}",
    }
    if len(_json(told).encode()) > MAX_BODY - 200:  # the envelope is 100
        told |= {"metadata": {}, "metadata_omitted": True}
    return told


def _told(kind: str, at: str, data: Json) -> str:
    return _json({"type": kind, "timestamp": at, "data": data})


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
