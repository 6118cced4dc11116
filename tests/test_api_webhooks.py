"""Webhooks over HTTP: the secret, tests, deliveries, redelivery, and the URLs that are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from api import openapi
from api.app import create_app
from db import records
from tests.test_receivers import FORBIDDEN, OURS

JOBS = "/api/v1/jobs"
HOOKS = "/api/v1/webhooks"
URL = "https://hooks.example/knotty"


@pytest.fixture
def own(client: FlaskClient) -> FlaskClient:
    """A maker, known by their cookie."""
    client.post("/api/v1/makers")
    return client


def canceled(client: FlaskClient, **webhook: Any) -> dict[str, Any]:
    job = client.post(JOBS, json={"prompt": "shawl", "webhook": {"url": URL} | webhook}).json
    client.post(job["links"]["cancel"])
    return job  # type: ignore[no-any-return]


def test_a_job_tells_of_its_end_where_it_was_asked_to(own: FlaskClient) -> None:
    job = canceled(own)

    [found] = own.get(f"{JOBS}/{job['id']}/deliveries").json["data"]

    assert job["webhook"] == {"url": URL, "events": ["job.succeeded", "job.failed", "job.canceled"]}
    assert (found["type"], found["status"], found["attempts"]) == ("job.canceled", "pending", [])
    assert own.get(found["links"]["self"]).json == found


def test_only_the_ends_asked_for_are_told(own: FlaskClient) -> None:
    job = canceled(own, events=["job.failed", "job.succeeded", "job.failed"])

    assert job["webhook"]["events"] == ["job.failed", "job.succeeded"]
    assert own.get(f"{JOBS}/{job['id']}/deliveries").json == {"data": []}


def test_a_jobs_webhook_is_shown_to_its_owner_alone(own: FlaskClient, app: Flask) -> None:
    job = canceled(own)

    assert own.get(job["links"]["self"]).json["webhook"]["url"] == URL
    assert app.test_client().get(job["links"]["self"]).json["webhook"] is None


@pytest.mark.parametrize("kind", ["job.canceled", "webhook.test"])
def test_a_message_is_what_the_document_promises(own: FlaskClient, app: Flask, kind: str) -> None:
    if kind == "job.canceled":
        canceled(own, url=URL)
    else:
        own.post(f"{HOOKS}/test", json={"url": URL})
    [errand] = records.claim_deliveries(9, 30, 60, 9)
    document = openapi.document(app)
    promised = document["webhooks"][kind]["post"]["requestBody"]["content"]["application/json"]["schema"]

    faults = Draft202012Validator(promised | {"components": document["components"]}).iter_errors(
        json.loads(errand.body)
    )

    assert errand.type == kind
    assert [fault.message for fault in faults] == []


def test_the_links_of_a_message_lead_to_what_is_there(own: FlaskClient) -> None:
    canceled(own)
    [errand] = records.claim_deliveries(9, 30, 60, 9)
    data = json.loads(errand.body)["data"]

    shown = own.get(data["links"]["self"]).json
    assert {name: data["links"][name] for name in ("self", "events", "pattern")} == {
        name: shown["links"][name] for name in ("self", "events", "pattern")
    }
    assert data["pattern"] == shown["pattern"]


@pytest.mark.parametrize("number", sorted({number for number, _ in FORBIDDEN}), ids="attack {}".format)
def test_a_url_that_leads_inward_is_refused_in_the_same_words(own: FlaskClient, number: int) -> None:
    urls = [url for attack, url in FORBIDDEN if attack == number and url and "\r" not in url]
    for url in [each for each in urls if not any(name in each for name in OURS)]:  # this app has no name of its own
        wish = own.post(JOBS, json={"prompt": "shawl", "webhook": {"url": url}})
        test = own.post(f"{HOOKS}/test", json={"url": url})

        for reply, pointer in ((wish, "/webhook/url"), (test, "/url")):
            assert reply.status_code == 422
            assert reply.json["type"] == "/problems/webhook-url-forbidden"
            assert reply.json["detail"] == "A webhook goes to a public name over https, port 443."
            assert [fault["pointer"] for fault in reply.json["errors"]] == [pointer]
    assert own.get(JOBS).json["data"] == []


def test_attack_14_our_own_host_is_refused(settings: Any) -> None:
    ours = create_app(replace(settings, public_url="https://knotty.example")).test_client()

    reply = ours.post(JOBS, json={"prompt": "shawl", "webhook": {"url": "https://knotty.example/hook"}})

    assert reply.json["type"] == "https://knotty.example/problems/webhook-url-forbidden"


@pytest.mark.parametrize(
    ("webhook", "pointer"),
    [
        ({}, "/webhook/url"),
        ({"url": 7}, "/webhook/url"),
        ({"url": ""}, "/webhook/url"),
        ({"url": "https://a.example/" + "a" * 2048}, "/webhook/url"),
        ({"url": "https://a.example/\u0000"}, "/webhook/url"),
        ({"url": URL, "events": []}, "/webhook/events"),
        ({"url": URL, "events": ["row.written"]}, "/webhook/events/0"),
        ({"url": URL, "secret": "x"}, "/webhook/secret"),
        ("https://a.example/", "/webhook"),
    ],
)
def test_a_webhook_that_is_none_says_where(own: FlaskClient, webhook: Any, pointer: str) -> None:
    reply = own.post(JOBS, json={"prompt": "shawl", "webhook": webhook})

    assert reply.status_code == 422
    assert [fault["pointer"] for fault in reply.json["errors"]] == [pointer]


def test_a_test_message_is_accepted_and_can_be_followed(own: FlaskClient) -> None:
    reply = own.post(f"{HOOKS}/test", json={"url": URL})

    assert reply.status_code == 202
    assert (reply.json["type"], reply.json["job_id"], reply.json["status"]) == ("webhook.test", None, "pending")
    assert own.get(reply.headers["Location"]).json == reply.json


def test_a_redelivery_is_the_same_delivery_once_more(own: FlaskClient) -> None:
    job = canceled(own)
    [errand] = records.claim_deliveries(9, 30, 60, 9)
    records.keep_outcome(errand, records.Outcome(7, status=500, reply="no"), None, False, 1e9)
    [found] = own.get(f"{JOBS}/{job['id']}/deliveries").json["data"]
    assert (found["status"], found["reason"]) == ("failed", "tries-exhausted")

    reply = own.post(found["links"]["redeliver"])

    assert reply.status_code == 202
    assert (reply.json["id"], reply.json["status"], reply.json["reason"]) == (errand.id, "pending", None)
    assert [each["reply"] for each in reply.json["attempts"]] == ["no"]


def test_a_url_that_fails_is_listed(own: FlaskClient) -> None:
    canceled(own)
    [errand] = records.claim_deliveries(9, 30, 60, 9)
    records.keep_outcome(errand, records.Outcome(7, status=410), None, True, 1e9)

    [told] = own.get(f"{HOOKS}/endpoints").json["data"]

    assert (told["url"], told["reason"]) == (URL, "gone")


def test_a_secret_is_the_same_until_it_is_rotated(own: FlaskClient) -> None:
    first = own.get(f"{HOOKS}/secret").json
    assert own.get(f"{HOOKS}/secret").json == first

    second = own.post(f"{HOOKS}/secret/rotate").json

    assert second["secret"] != first["secret"]
    assert own.get(f"{HOOKS}/secret").json == second
    assert len(second["retiring"]) == 1


@pytest.mark.parametrize("way", ["deliveries", "delivery", "redeliver"])
def test_attacks_57_58_59_and_100_foreign_deliveries_read_like_absent_ones(
    own: FlaskClient, app: Flask, way: str
) -> None:
    job = canceled(own)
    [found] = own.get(f"{JOBS}/{job['id']}/deliveries").json["data"]
    other = app.test_client()
    other.post("/api/v1/makers")

    def ask(job_id: str, delivery_id: str) -> Any:
        if way == "deliveries":
            return other.get(f"{JOBS}/{job_id}/deliveries")
        if way == "delivery":
            return other.get(f"/api/v1/deliveries/{delivery_id}")
        return other.post(f"/api/v1/deliveries/{delivery_id}/redeliver")

    foreign, absent = ask(job["id"], found["id"]), ask("job_" + "a" * 26, "whd_" + "a" * 26)

    assert foreign.status_code == absent.status_code == 404
    assert {**foreign.json, "request_id": ""} == {**absent.json, "request_id": ""}


def test_strangers_have_no_webhooks(client: FlaskClient) -> None:
    asked = [
        client.get(f"{HOOKS}/secret"),
        client.post(f"{HOOKS}/secret/rotate"),
        client.post(f"{HOOKS}/test", json={"url": URL}),
        client.get(f"{HOOKS}/endpoints"),
        client.get(f"{JOBS}/job_{'a' * 26}/deliveries"),
        client.get(f"/api/v1/deliveries/whd_{'a' * 26}"),
        client.post(f"/api/v1/deliveries/whd_{'a' * 26}/redeliver"),
    ]

    assert [reply.status_code for reply in asked] == [401] * 7
