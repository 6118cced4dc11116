"""/healthz, /readyz and /metrics, and what the log says of a request."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from settings import Settings

NOWHERE = "postgresql+psycopg://postgres@/x?host=/nowhere"


def test_alive_and_ready_when_both_stores_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok", "postgres": "ok", "redis": "ok"}


def test_attack_80_without_redis_it_is_degraded_and_still_takes_wishes(settings: Settings) -> None:
    client = create_app(replace(settings, redis_url="unix:///nowhere.sock")).test_client()

    ready = client.get("/readyz")

    assert (ready.status_code, ready.json["status"]) == (200, "degraded")
    assert client.post("/api/v1/jobs", json={"prompt": "shawl"}).status_code == 202


def test_without_postgres_it_is_alive_and_not_ready(settings: Settings) -> None:
    client = create_app(replace(settings, database_url=NOWHERE)).test_client()

    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_request_that_needs_an_absent_store_is_told_to_come_again(settings: Settings) -> None:
    client = create_app(replace(settings, database_url=NOWHERE)).test_client()

    reply = client.post("/api/v1/jobs", json={"prompt": "shawl"})

    assert (reply.status_code, reply.json["type"]) == (503, "/problems/temporary-reduced-capacity")
    assert reply.headers["Retry-After"]
    assert "nowhere" not in reply.text


def test_requests_that_wait_as_they_were_asked_to_are_counted_apart(client: FlaskClient) -> None:
    job = client.post("/api/v1/jobs", json={"prompt": "shawl"}, headers={"Prefer": "wait=1"}).json
    client.get(job["links"]["self"])

    metrics = client.get("/metrics").text

    counted = dict(
        re.findall(r'^knotty_http_request_duration_seconds_count{.*url_rule="([^"]+)".*} (\S+)$', metrics, re.M)
    )
    assert counted == {"/api/v1/jobs held": "1.0", "/api/v1/jobs/<id('job'):job_id>": "1.0"}


def test_requests_are_counted_by_route_and_never_by_id(client: FlaskClient) -> None:
    job = client.post("/api/v1/jobs", json={"prompt": "shawl"}).json
    client.get(job["links"]["self"])
    client.open("/healthz", method="BREW")

    metrics = client.get("/metrics").text

    assert "knotty_http_request_duration_seconds_bucket" in metrics
    assert 'knotty_jobs_opened_total{replayed="false"} 1.0' in metrics
    assert 'knotty_refused_total{reason="method-not-allowed"} 1.0' in metrics
    assert job["id"] not in metrics
    assert "BREW" not in metrics


@pytest.mark.parametrize("port", [0, 9100])
def test_attack_62_metrics_are_not_on_the_public_port_unless_asked_for(settings: Settings, port: int) -> None:
    client = create_app(replace(settings, metrics_port=port, metrics_public=0)).test_client()

    assert client.get("/metrics").status_code == 404
    assert Settings().metrics_public == 0


@pytest.mark.parametrize("name", ["a", "x" * 65, "a b c d e f g", "abcdefgh;x", "æøåæøåæøå"])
def test_a_request_id_that_is_none_is_not_taken(client: FlaskClient, name: str) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": name}).headers["X-Request-Id"] != name


def test_a_host_that_is_not_trusted_is_refused(settings: Settings) -> None:
    client = create_app(replace(settings, trusted_hosts="knotty.example, localhost")).test_client()

    reply = client.get("/healthz", headers={"Host": "evil.example"})

    assert (reply.status_code, reply.json["type"]) == (400, "/problems/untrusted-host")
    assert client.get("/healthz", headers={"Host": "knotty.example"}).status_code == 200


def test_attack_94_links_come_from_public_url_and_never_from_the_host(settings: Settings) -> None:
    client = create_app(replace(settings, public_url="https://knotty.example/")).test_client()

    reply = client.post(
        "/api/v1/jobs", json={"prompt": "x"}, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )

    assert reply.headers["Location"].startswith("https://knotty.example/api/v1/jobs/job_")
    assert "evil" not in reply.text
