"""Webhooks: the secret, test messages, what was sent where and with what success, and sending it once more."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from api import credentials, intake, messages, schemas, wishes
from api.errors import Fault, Refused
from api.links import View, delivery_json
from api.openapi import operation
from db import records
from jobs.receivers import Forbidden, Guard

bp = Blueprint("webhooks", __name__, url_prefix="/api/v1")

FROM_DELIVERY: dict[str, Any] = {
    name: {"operationId": name, "parameters": {"delivery_id": "$response.body#/id"}}
    for name in ("show_delivery", "redeliver")
}


def wanted(webhook: schemas.Webhook | None) -> View | None:
    """What a wish wants to be told, and where the links in it begin. Raises Refused for a URL that we do not call."""
    if webhook is None:
        return None
    _judge(webhook.url, "/webhook/url")
    return {
        "url": webhook.url,
        "events": list(dict.fromkeys(webhook.events)),
        "site": current_app.config["PUBLIC_URL"],
    }


def _judge(url: str, pointer: str) -> None:
    guard: Guard = current_app.extensions["guard"]
    try:
        guard.read(url)
    except Forbidden:
        words = "A webhook goes to a public name over https, port 443."
        raise Refused("webhook-url-forbidden", words, [Fault(pointer, "webhook-url-forbidden", words)]) from None


@bp.get("/webhooks/secret")
@operation("Read my webhook secret", {200: messages.WebhookSecret}, who="maker")
def show_webhook_secret() -> ResponseReturnValue:
    """The secret that my webhooks are signed with, made when it is first asked for."""
    return jsonify(records.webhook_secret(credentials.maker_id()))


@bp.post("/webhooks/secret/rotate")
@operation("Replace my webhook secret", {200: messages.WebhookSecret}, who="maker")
def rotate_webhook_secret() -> ResponseReturnValue:
    """A new secret. The old one signs too for 24 hours, so that a receiver can change over without a gap."""
    return jsonify(records.rotate_webhook_secret(credentials.maker_id()))


@bp.post("/webhooks/test")
@operation(
    "Test a webhook",
    {202: messages.Delivery},
    takes=schemas.WebhookTestRequest,
    refuses=("webhook-url-forbidden",),
    who="maker",
    headers={202: ("Location", "Retry-After")},
    links={202: FROM_DELIVERY},
)
def test_webhook() -> ResponseReturnValue:
    """Send a `webhook.test` message there, once. A URL that was given up and takes it is used again."""
    maker = credentials.maker_id()
    asked = intake.body(schemas.WebhookTestRequest)
    _judge(asked.url, "/url")
    return _accepted(records.ping_webhook(maker, asked.url))


@bp.get("/webhooks/endpoints")
@operation("List my failing webhooks", {200: messages.WebhookEndpointList}, who="maker")
def list_webhook_endpoints() -> ResponseReturnValue:
    """My URLs that fail, since when, and which of them have been given up."""
    return jsonify({"data": records.endpoints(credentials.maker_id())})


@bp.get("/jobs/<id('job'):job_id>/deliveries")
@operation("List a job's deliveries", {200: messages.DeliveryList}, refuses=("not-found",), who="maker")
def list_deliveries(job_id: str) -> ResponseReturnValue:
    """What was sent of the end of my job, each with its tries."""
    found = records.deliveries_of(job_id, credentials.maker_id())
    return jsonify({"data": [delivery_json(each) for each in found]})


@bp.get("/deliveries/<id('whd'):delivery_id>")
@operation("Read a delivery", {200: messages.Delivery}, refuses=("not-found",), who="maker", links={200: FROM_DELIVERY})
def show_delivery(delivery_id: str) -> ResponseReturnValue:
    """One delivery of mine with its tries: status, duration, how the answer began."""
    return jsonify(delivery_json(records.delivery(delivery_id, credentials.maker_id())))


@bp.post("/deliveries/<id('whd'):delivery_id>/redeliver")
@operation(
    "Send a delivery again",
    {202: messages.Delivery},
    refuses=("not-found",),
    who="maker",
    headers={202: ("Location", "Retry-After")},
    links={202: FROM_DELIVERY},
)
def redeliver(delivery_id: str) -> ResponseReturnValue:
    """Send it once more, now, under the same `webhook-id`, with all tries before it. One under way is left alone."""
    return _accepted(records.redeliver(delivery_id, credentials.maker_id()))


def _accepted(delivery: View) -> ResponseReturnValue:
    wishes.waker().wake()
    shown = delivery_json(delivery)
    answer = jsonify(shown)
    answer.status_code = 202
    answer.headers["Location"] = shown["links"]["self"]
    answer.headers["Retry-After"] = "1"
    return answer
