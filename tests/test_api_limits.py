"""Limits: what one maker and one address may ask for, and what a limit looks like to the one who hits it."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from api.app import create_app
from api.limits import Meter
from db import records
from db.models import Creations
from db.session import Session
from settings import Settings
from tests import written
from tests.api_fixtures import HonestClient

URL = "/api/v1/jobs"

Clients = Callable[..., FlaskClient]


@pytest.fixture
def limited(settings: Settings) -> Clients:
    """A client of an api with these limits: `limited(unfinished_a_maker=1)`."""

    def make(**limits: float) -> FlaskClient:
        app = create_app(replace(settings, **limits))  # type: ignore[arg-type]
        app.test_client_class = HonestClient
        return app.test_client()

    return make


def wish(client: FlaskClient, address: str = "203.0.113.7") -> TestResponse:
    return client.post(URL, json={"prompt": "shawl"}, environ_base={"REMOTE_ADDR": address})


def told(reply: TestResponse) -> dict[str, str]:
    names = ("RateLimit-Policy", "RateLimit", "Retry-After")
    return {name: reply.headers[name] for name in names if name in reply.headers}


def assert_spent(reply: TestResponse, policy: str) -> None:
    """429 in the form the documents promise: which limit, nothing left, when to come again."""
    assert (reply.status_code, reply.json["type"]) == (429, "/problems/quota-exceeded")
    name = policy.partition(";")[0]
    assert reply.headers["RateLimit-Policy"] == policy
    assert re.fullmatch(re.escape(name) + r";r=0;t=[1-9][0-9]*", reply.headers["RateLimit"])
    assert reply.headers["RateLimit"].endswith(f";t={reply.headers['Retry-After']}")


def test_a_maker_may_have_so_many_unfinished_jobs(limited: Clients) -> None:
    client = limited(unfinished_a_maker=2)
    client.post("/api/v1/makers")
    first = wish(client).json
    wish(client)

    refused = wish(client)

    assert_spent(refused, '"unfinished";q=2')
    assert len(client.get(URL).json["data"]) == 2
    client.post(first["links"]["cancel"])
    assert wish(client).status_code == 202


def test_another_makers_jobs_are_not_counted(limited: Clients) -> None:
    client = limited(unfinished_a_maker=1)

    assert [wish(client).status_code for _ in range(3)] == [202] * 3  # three strangers


def test_an_address_may_make_so_many_jobs_an_hour(limited: Clients) -> None:
    client = limited(creations_an_hour=2)
    made = [wish(client) for _ in range(2)]

    refused = wish(client)

    assert [reply.status_code for reply in made] == [202, 202]
    assert_spent(refused, '"creations";q=2;w=3600')
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert wish(client, "203.0.113.8").status_code == 202


def test_after_an_hour_an_address_may_again(limited: Clients) -> None:
    client = limited(creations_an_hour=1)
    wish(client)
    assert wish(client).status_code == 429
    with Session.begin() as session:
        session.execute(update(Creations).values(since=Creations.since - timedelta(hours=1)))

    assert wish(client).status_code == 202
    assert wish(client).status_code == 429


def test_ipv6_is_counted_by_what_one_household_has(limited: Clients) -> None:
    client = limited(creations_an_hour=1)

    assert wish(client, "2001:db8:1:2::1").status_code == 202
    assert wish(client, "2001:db8:1:2:ffff::9").status_code == 429
    assert wish(client, "2001:db8:1:3::1").status_code == 202
    assert wish(client, "::ffff:203.0.113.7").status_code == 202
    assert wish(client, "203.0.113.7").status_code == 429


def test_no_address_is_kept_and_its_hash_only_a_day(limited: Clients) -> None:
    client = limited(creations_an_hour=5)
    wish(client)
    wish(client, "203.0.113.8")
    with Session.begin() as session:
        kept = session.scalars(select(Creations.address)).all()
        old = func.clock_timestamp() - timedelta(hours=25)
        session.execute(update(Creations).where(Creations.address == kept[0]).values(since=old))

    assert all(b"203" not in one and len(one) == 16 for one in kept)
    assert records.forget_creations() == 1
    with Session() as session:
        assert session.scalars(select(Creations.address)).all() == [kept[1]]


def test_a_replay_and_a_refused_wish_cost_nothing(limited: Clients) -> None:
    client = limited(creations_an_hour=2, unfinished_a_maker=1)
    client.post("/api/v1/makers")
    headers = {"Idempotency-Key": "k"}

    replies = [client.post(URL, json={"prompt": "x"}, headers=headers) for _ in range(4)]
    client.post(URL, json={"prompt": ""})
    assert client.post(URL, json={"prompt": "one too many"}).status_code == 429
    client.post(replies[0].json["links"]["cancel"])

    assert [reply.status_code for reply in replies] == [202] * 4
    assert client.post(URL, json={"prompt": "x"}).status_code == 202
    assert client.post("/generate-pattern", json={"prompt": "x"}).status_code == 429


def test_every_answer_says_how_much_is_left(limited: Clients) -> None:
    client = limited(reads_a_minute=2, writes_a_minute=1)
    client.post("/api/v1/makers")

    first, second, third = (client.get(URL) for _ in range(3))

    assert told(first)["RateLimit-Policy"] == '"reads";q=2;w=60'
    assert [reply.headers["RateLimit"].partition(";t=")[0] for reply in (first, second)] == [
        '"reads";r=1',
        '"reads";r=0',
    ]
    assert_spent(third, '"reads";q=2;w=60')
    assert_spent(client.post(URL, json={"prompt": "x"}), '"writes";q=1;w=60')


def test_who_makes_a_job_learns_of_the_limits_before_they_are_reached(limited: Clients) -> None:
    reply = wish(limited(writes_a_minute=7, unfinished_a_maker=3, creations_an_hour=5))

    assert reply.status_code == 202
    assert reply.headers["RateLimit-Policy"] == '"writes";q=7;w=60, "unfinished";q=3, "creations";q=5;w=3600'
    assert reply.headers["RateLimit"].startswith('"writes";r=6;t=')


def test_the_page_and_its_probes_are_not_counted(limited: Clients) -> None:
    client = limited(reads_a_minute=1)

    assert {client.get("/healthz").status_code for _ in range(5)} == {200}
    assert "RateLimit" not in client.get("/healthz").headers


def test_a_minute_later_all_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("api.limits.monotonic", lambda: clock[0])
    meter = Meter("reads", 2)

    spent = [meter.spend("a") for _ in range(3)]
    clock[0] += 60

    assert [left for left, _ in spent] == [1, 0, -1]
    assert meter.spend("a") == (1, 60)


def test_an_attack_from_everywhere_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.limits.MOST_KNOWN", 10)
    meter = Meter("reads", 2)

    for number in range(100):
        meter.spend(str(number))

    assert len(meter._windows) == 10


def test_attack_63_who_guesses_ids_finds_nothing_and_is_stopped(limited: Clients) -> None:
    client = limited(unknown_ids_a_minute=5)
    job = wish(client).json
    elsewhere = {"REMOTE_ADDR": "198.51.100.1"}

    guesses = [client.get(f"/api/v1/patterns/pat_{letter * 26}", environ_base=elsewhere) for letter in "abcdefgh"]

    assert [reply.status_code for reply in guesses] == [404] * 5 + [429] * 3
    assert_spent(guesses[-1], '"unknown-ids";q=5;w=60')
    # Nor does the refusal say which guess would have been right.
    assert client.get(job["links"]["pattern"], environ_base=elsewhere).status_code == 429
    assert client.get(job["links"]["pattern"]).status_code == 200


def test_attack_78_of_twenty_posts_for_one_place_one_is_taken(settings: Settings, store: Settings, maker: str) -> None:
    quota = records.Quota(unfinished=3, creations=1000, address=b"a", queue_seconds=1e6)
    for _ in range(2):
        records.open_job(maker, "shawl", {}, quota=quota)

    def open_it(_: int) -> bool:
        try:
            return bool(records.open_job(maker, "shawl", {}, quota=quota))
        except records.QuotaSpent:
            return False

    with ThreadPoolExecutor(8) as racers:
        taken = sum(racers.map(open_it, range(20)))

    assert taken == 1
    assert len(records.jobs_of(maker)["data"]) == 3


def test_of_twenty_makers_at_one_address_only_so_many_get_a_job(store: Settings) -> None:
    quota = records.Quota(unfinished=3, creations=7, address=b"a", queue_seconds=1e6)
    makers = [records.mint_maker("")[0] for _ in range(20)]

    def open_it(maker: str) -> bool:
        try:
            return bool(records.open_job(maker, "shawl", {}, quota=quota))
        except records.QuotaSpent:
            return False

    with ThreadPoolExecutor(8) as racers:
        taken = sum(racers.map(open_it, makers))

    assert taken == sum(len(records.jobs_of(maker)["data"]) for maker in makers) == 7


@pytest.mark.parametrize("limits", [{"unfinished_a_maker": 3}])
def test_attack_78_over_the_wire(address: tuple[str, int]) -> None:
    base = f"http://{address[0]}:{address[1]}"
    token = requests.post(f"{base}/api/v1/makers", timeout=30).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}

    def send(_: int) -> int:
        return requests.post(base + URL, json={"prompt": "x"}, headers=headers, timeout=60).status_code

    assert [send(0), send(1)] == [202, 202]
    with ThreadPoolExecutor(20) as senders:
        codes = sorted(senders.map(send, range(20)))

    assert codes == [202] + [429] * 19


def test_attack_79_a_forged_forwarded_for_is_nobody_else(settings: Settings) -> None:
    client = create_app(replace(settings, creations_an_hour=2, proxies=1)).test_client()

    def from_(forwarded: str) -> int:
        return client.post(URL, json={"prompt": "x"}, headers={"X-Forwarded-For": forwarded}).status_code

    # Our proxy writes the last name; what the client wrote stands before it.
    assert [from_(f"10.0.0.{n}, 203.0.113.7") for n in range(3)] == [202, 202, 429]
    assert from_("10.0.0.9, 203.0.113.8") == 202


def test_attack_79_without_a_proxy_nobody_is_believed(limited: Clients) -> None:
    client = limited(writes_a_minute=2)

    codes = [
        client.post(URL, json={"prompt": "x"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(4)
    ]

    assert codes == [202, 202, 429, 429]


def test_attack_81_a_full_queue_is_503_and_what_waits_is_served_in_turn(limited: Clients) -> None:
    client = limited(queue_seconds=20)  # nothing is known of our pace yet: five seconds a job
    replies = [wish(client) for _ in range(7)]

    assert [reply.status_code for reply in replies] == [202] * 5 + [503] * 2
    refused = replies[-1]
    assert refused.json["type"] == "/problems/temporary-reduced-capacity"
    assert refused.headers["Retry-After"]
    assert client.get(replies[0].json["links"]["self"]).status_code == 200
    assert len(records.to_ring(15)) == 5


def test_attack_81_one_makers_many_jobs_stand_behind_everybody_elses_first(limited: Clients) -> None:
    client = limited()
    client.post("/api/v1/makers")
    mine = [client.post(URL, json={"prompt": "x"}).json for _ in range(20)]
    stranger = wish(limited()).json

    assert [job["progress"]["queue_position"] for job in mine[:3]] == [0, 1, 2]
    assert stranger["progress"]["queue_position"] == 1
    assert client.get(mine[-1]["links"]["self"]).json["progress"]["queue_position"] == 20


def test_a_queue_that_moves_fast_takes_more(limited: Clients) -> None:
    client = limited(queue_seconds=20)
    for _ in range(5):
        written.whole(wish(client).json["id"])  # each in a moment

    assert [wish(client).status_code for _ in range(20)] == [202] * 20
