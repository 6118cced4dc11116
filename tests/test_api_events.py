"""GET /api/v1/jobs/{id}/events: the log as a list and as a stream, and requests that wait for it."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from api.events import MOST_HELD, Feed
from db import records
from jobs.queue import Doorbell
from settings import Settings
from tests import written

Event = dict[str, Any]
LIST = {"Accept": "application/json"}
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def job(client: FlaskClient) -> dict[str, Any]:
    """A stranger's job, waiting."""
    return client.post("/api/v1/jobs", json={"prompt": "punk rock blanket"}).json  # type: ignore[no-any-return]


def read(text: str) -> list[Event]:
    """The events of a stream, as an EventSource would hand them over; comments are skipped."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in fields:
            event = json.loads(fields["data"])
            assert (fields["id"], fields["event"]) == (str(event["id"]), event["type"])
            found.append(event)
    return found


def numbers(events: list[Event]) -> list[int]:
    return [event["id"] for event in events]


def later(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def test_the_log_is_gapless_from_its_first_event(client: FlaskClient, job: dict[str, Any]) -> None:
    written.whole(job["id"])

    events = client.get(job["links"]["events"], headers=LIST).json["data"]

    assert numbers(events) == list(range(1, len(events) + 1))
    assert [events[0]["type"], events[-1]["type"]] == ["job.queued", "job.succeeded"]
    assert events[-1]["id"] == client.get(job["links"]["self"]).json["version"]


def test_a_stream_of_an_ended_job_gives_all_and_ends(client: FlaskClient, job: dict[str, Any]) -> None:
    written.whole(job["id"])

    reply = client.get(job["links"]["events"], headers=STREAM)

    assert reply.mimetype == "text/event-stream"
    assert read(reply.text) == client.get(job["links"]["events"], headers=LIST).json["data"]
    assert reply.text.count("retry: ") == 1


@pytest.mark.parametrize("where", ["header", "query"])
def test_a_stream_goes_on_at_any_event(client: FlaskClient, job: dict[str, Any], where: str) -> None:
    written.whole(job["id"])
    whole = client.get(job["links"]["events"], headers=LIST).json["data"]

    for k in range(len(whole)):
        address = job["links"]["events"] + (f"?after={k}" if where == "query" else "")
        headers = STREAM | ({"Last-Event-ID": str(k)} if where == "header" else {})
        assert read(client.get(address, headers=headers).text) == whole[k:]


def test_the_header_goes_before_the_query(client: FlaskClient, job: dict[str, Any]) -> None:
    written.whole(job["id"])

    reply = client.get(job["links"]["events"] + "?after=0", headers=STREAM | {"Last-Event-ID": "3"})

    assert numbers(read(reply.text))[0] == 4


@pytest.mark.parametrize("beyond", [0, 1, 10**17])
def test_an_ended_job_with_nothing_left_is_204(client: FlaskClient, job: dict[str, Any], beyond: int) -> None:
    written.whole(job["id"])
    last = client.get(job["links"]["self"]).json["version"]

    reply = client.get(f"{job['links']['events']}?after={last + beyond}", headers=STREAM)

    assert (reply.status_code, reply.data) == (204, b"")


@pytest.mark.parametrize("number", ["abc", "-1", "1.5", "٣", "9" * 19, "", "1&after=2"])
def test_an_event_number_that_is_none_is_400(client: FlaskClient, job: dict[str, Any], number: str) -> None:
    reply = client.get(f"{job['links']['events']}?after={number}", headers=STREAM)

    assert (reply.status_code, reply.json["type"]) == (400, "/problems/invalid-last-event-id")


def test_nothing_comes_after_a_number_larger_than_postgres_counts(client: FlaskClient, job: dict[str, Any]) -> None:
    reply = client.get(f"{job['links']['events']}?after={10**18 - 1}", headers=LIST)

    assert (reply.status_code, reply.json["data"]) == (200, [])


def test_the_events_of_a_job_that_is_not_there_are_404(client: FlaskClient) -> None:
    assert client.get(f"/api/v1/jobs/job_{'a' * 26}/events", headers=STREAM).status_code == 404


def fold(events: list[Event]) -> dict[str, Any]:
    """What a page makes of the log: the job's state and its rows."""
    seen: dict[str, Any] = {"status": "queued", "rows": [], "title": None, "finished_at": None}
    for event in events:
        data = event["data"]
        match event["type"]:
            case "job.started":
                seen |= {"status": "running", "attempt": data["attempt"], "started_at": data["started_at"]}
            case "head.written":
                seen["title"] = data["title"]
            case "row.written":
                seen["rows"].append(data["row"])
            case "job.succeeded":
                seen |= {"status": "succeeded", "finished_at": data["finished_at"]}
    return seen


def test_folding_the_events_gives_what_get_shows_at_every_step(client: FlaskClient, job: dict[str, Any]) -> None:
    steps: list[Callable[[], None]] = [lambda: written.start(job["id"])]
    steps += [lambda key=key: written.add(job["id"], key) for key in written.LINES]  # type: ignore[misc]
    steps += [lambda: written.finish(job["id"])]

    for step in steps:
        step()
        told = client.get(job["links"]["self"]).json
        pattern = client.get(job["links"]["pattern"]).json
        events = client.get(job["links"]["events"], headers=LIST).json["data"]
        seen = fold([event for event in events if event["id"] <= told["version"]])
        assert seen["rows"] == [row for piece in pattern["pieces"] for row in piece["rows"]]
        assert seen["title"] == told["pattern"]["title"] == pattern["title"]
        assert {name: told[name] for name in ("status", "attempt", "started_at", "finished_at")} == {
            name: seen[name] for name in ("status", "attempt", "started_at", "finished_at")
        }


def test_a_wait_at_the_wish_ends_when_the_job_does(app: Flask, settings: Settings) -> None:
    bell = Doorbell(settings.redis_url)

    def work() -> None:
        found = records.jobs_of(maker, None, 1)["data"][0]["id"]
        written.whole(found)
        bell.tell(found)

    client = app.test_client()
    maker = client.post("/api/v1/makers").json["id"]
    later(0.5, work)

    reply = client.post("/api/v1/jobs", json={"prompt": "shawl"}, headers={"Prefer": "wait=30"})

    assert (reply.status_code, reply.json["status"]) == (200, "succeeded")


def test_a_long_poll_ends_at_the_next_change(client: FlaskClient, job: dict[str, Any]) -> None:
    first = client.get(job["links"]["self"])
    later(0.5, lambda: written.start(job["id"]))

    headers = {"Prefer": "wait=30", "If-None-Match": first.headers["ETag"]}
    reply = client.get(job["links"]["self"], headers=headers)

    assert (reply.status_code, reply.json["status"]) == (200, "running")


def test_who_has_an_old_version_need_not_wait(client: FlaskClient, job: dict[str, Any]) -> None:
    reply = client.get(job["links"]["self"], headers={"Prefer": "wait=60", "If-None-Match": '"older"'})

    assert reply.status_code == 200


def test_a_long_poll_holds_while_only_the_guess_of_its_end_changes(client: FlaskClient, job: dict[str, Any]) -> None:
    written.start(job["id"])
    written.add(job["id"], "p1/r1")
    first = client.get(job["links"]["self"])
    later(1.0, lambda: written.add(job["id"], "p1/r2"))

    headers = {"Prefer": "wait=30", "If-None-Match": first.headers["ETag"]}
    reply = client.get(job["links"]["self"], headers=headers)

    assert first.json["progress"]["seconds_left"] is not None
    assert (reply.status_code, reply.json["progress"]["rows_written"]) == (200, 2)


def test_a_long_poll_without_a_change_is_304(client: FlaskClient, job: dict[str, Any]) -> None:
    first = client.get(job["links"]["self"])

    headers = {"Prefer": "wait=1", "If-None-Match": first.headers["ETag"]}
    reply = client.get(job["links"]["self"], headers=headers)

    assert (reply.status_code, reply.data, reply.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_who_comes_while_the_feed_waits_hears_the_next_bell(store: Settings, maker: str) -> None:
    """It looks by itself only when its socket has been silent for five seconds, so the bell has brought it."""
    feed = Feed(store, calm=30)
    first, second = (records.open_job(maker, "shawl", {}, {})["id"] for _ in range(2))
    with feed.follow(first, 1, None):
        time.sleep(0.5)  # now it waits
        with feed.follow(second, 1, None) as follower:
            written.start(second)
            Doorbell(store.redis_url).tell(second)
            assert follower.take(3)


def test_with_redis_away_the_stream_comes_all_the_same(settings: Settings) -> None:
    client = create_app(replace(settings, redis_url="unix:///nowhere.sock")).test_client()
    job = client.post("/api/v1/jobs", json={"prompt": "shawl"}).json
    later(0.5, lambda: written.whole(job["id"]))

    events = read(client.get(job["links"]["events"], headers=STREAM).text)

    assert [events[0]["type"], events[-1]["type"]] == ["job.queued", "job.succeeded"]
    assert numbers(events) == list(range(1, len(events) + 1))


def test_a_quiet_stream_pings_and_ends_itself(settings: Settings) -> None:
    client = create_app(replace(settings, sse_seconds=1.0, sse_ping_seconds=0.2)).test_client()
    job = client.post("/api/v1/jobs", json={"prompt": "shawl"}).json

    text = client.get(job["links"]["events"], headers=STREAM).text

    assert numbers(read(text)) == [1]
    assert text.count(": ping\n\n") >= 2


def test_a_held_request_too_many_is_told_to_come_again(app: Flask, client: FlaskClient, job: dict[str, Any]) -> None:
    for number in range(MOST_HELD):
        app.extensions["feed"].hold(str(number))

    reply = client.get(job["links"]["events"], headers=STREAM)

    assert (reply.status_code, reply.json["type"]) == (503, "/problems/temporary-reduced-capacity")
    app.extensions["feed"].let_go("7")
    written.whole(job["id"])
    for _ in range(2):  # the one place is given back each time
        assert client.get(job["links"]["events"], headers=STREAM, buffered=True).status_code == 200


def test_one_maker_holds_so_many_and_others_are_still_served(settings: Settings) -> None:
    app = create_app(replace(settings, held_a_maker=2))
    mine, other = app.test_client(), app.test_client()
    maker = mine.post("/api/v1/makers").json["id"]
    other.post("/api/v1/makers")
    job = mine.post("/api/v1/jobs", json={"prompt": "shawl"}).json
    feed = app.extensions["feed"]
    feed.hold(maker)
    feed.hold(maker)

    refused = mine.get(job["links"]["events"], headers=STREAM)
    waited = mine.get(job["links"]["self"], headers={"Prefer": "wait=1"})

    assert [reply.status_code for reply in (refused, waited)] == [503, 503]
    assert "2 streams or waits" in refused.json["detail"]
    assert refused.headers["Retry-After"]
    assert other.get(job["links"]["self"], headers={"Prefer": "wait=1"}).status_code == 200
    feed.let_go(maker)
    written.whole(job["id"])
    for _ in range(2):
        assert mine.get(job["links"]["events"], headers=STREAM, buffered=True).status_code == 200


@pytest.fixture
def live(address: tuple[str, int]) -> str:
    """The address of a real server."""
    return f"http://{address[0]}:{address[1]}"


def follow(url: str, **headers: str) -> Iterator[Event]:
    """The events of a live stream, as they come."""
    with requests.get(url, headers=STREAM | headers, stream=True, timeout=30) as reply:
        assert reply.status_code == 200
        block = ""
        for line in reply.iter_lines(chunk_size=1, decode_unicode=True):
            block += line + "\n"
            if not line:
                yield from read(block)
                block = ""


def test_a_row_reaches_every_follower_as_soon_as_it_is_kept(live: str, store: Settings) -> None:
    job = requests.post(f"{live}/api/v1/jobs", json={"prompt": "shawl"}, timeout=30).json()
    url = live + job["links"]["events"]
    bell = Doorbell(store.redis_url)
    streams = [follow(url) for _ in range(3)]
    assert [next(stream)["type"] for stream in streams] == ["job.queued"] * 3

    written.start(job["id"])
    bell.tell(job["id"])

    for stream in streams:
        assert [next(stream)["type"] for _ in range(2)] == ["job.started", "head.written"]
    for key in written.LINES:
        written.add(job["id"], key)
        bell.tell(job["id"])
        assert {next(stream)["data"]["row"]["key"] for stream in streams} == {key}
    written.finish(job["id"])
    bell.tell(job["id"])
    assert [[event["type"] for event in stream] for stream in streams] == [["job.succeeded"]] * 3


def test_without_redis_the_stream_goes_on(live: str, store: Settings) -> None:
    """Nobody rings: the feed looks by itself."""
    job = requests.post(f"{live}/api/v1/jobs", json={"prompt": "shawl"}, timeout=30).json()
    stream = follow(live + job["links"]["events"])
    next(stream)

    written.whole(job["id"])

    assert [event["id"] for event in stream] == list(range(2, len(written.LINES) + 5))


def test_a_stream_whose_reader_left_gives_its_place_back(live: str, store: Settings) -> None:
    job = requests.post(f"{live}/api/v1/jobs", json={"prompt": "shawl"}, timeout=30).json()
    streams = [follow(live + job["links"]["events"]) for _ in range(3)]
    for stream in streams:
        next(stream)
    assert _open_streams(live) == 3

    for stream in streams:
        stream.close()  # type: ignore[attr-defined]
    written.whole(job["id"])

    until = time.monotonic() + 30
    while _open_streams(live) and time.monotonic() < until:
        time.sleep(0.1)
    assert _open_streams(live) == 0


def _open_streams(live: str) -> int:
    text = requests.get(f"{live}/metrics", timeout=30).text
    found = re.search(r'^knotty_streams_open\{kind="events"\} (\S+)$', text, re.MULTILINE)
    return int(float(found[1])) if found else 0


@pytest.mark.parametrize("limits", [{"held_a_maker": 6, "sse_seconds": 5.0}])
def test_attack_95_of_a_hundred_streams_six_are_held_and_all_are_freed(live: str, limits: dict[str, float]) -> None:
    job = requests.post(f"{live}/api/v1/jobs", json={"prompt": "shawl"}, timeout=30).json()
    url = live + job["links"]["events"]
    with ThreadPoolExecutor(20) as crowd:
        replies = list(crowd.map(lambda _: requests.get(url, headers=STREAM, stream=True, timeout=30), range(100)))

    codes = [reply.status_code for reply in replies]
    assert (codes.count(200), codes.count(503)) == (6, 94)
    assert {reply.headers["Retry-After"] for reply in replies if reply.status_code == 503} == {"5"}
    assert requests.get(live + job["links"]["self"], timeout=30).status_code == 200
    for reply in replies:
        reply.close()
    until = time.monotonic() + 30
    while _open_streams(live) and time.monotonic() < until:
        time.sleep(0.1)
    assert _open_streams(live) == 0
    with requests.get(url, headers=STREAM, stream=True, timeout=30) as again:
        assert again.status_code == 200
