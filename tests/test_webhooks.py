"""Webhooks on the wire: what is sent, what an answer may cost, when again. Numbers are those of the attacks.

The receivers are real sockets on loopback; the strangers' verifiers are the packages that receivers use.
"""

from __future__ import annotations

import datetime
import gzip
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from db.records import Errand, Outcome
from jobs import webhooks
from jobs.webhooks import Tried, again, pauses, retry_after, signed
from settings import BadSetting, Settings
from tests.fakes import receiver as fake
from tests.fakes.receiver import Receiver
from tests.tries import BODY, OLD, SECRET, carried, errand

# -- what is sent


def test_a_message_is_posted_as_it_was_kept_with_the_three_headers() -> None:
    sent = errand()
    with Receiver() as receiver:
        tried = carried(f"{receiver.url}/hook?key=1", sent)

    [got] = receiver.got
    assert (tried.outcome.status, tried.outcome.error, tried.outcome.reply) == (200, None, "words")
    assert (got.path, got.body.decode()) == ("/hook?key=1", BODY)
    assert got.headers["webhook-id"] == sent.id
    assert got.headers["webhook-timestamp"] == str(int(sent.at.timestamp()))
    assert got.headers["webhook-signature"].startswith("v1,")
    assert got.headers["content-type"] == "application/json"
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert not {"authorization", "cookie"} & set(got.headers)


def test_the_published_example_is_signed_as_published() -> None:
    at = datetime.datetime.fromtimestamp(1614265330, datetime.UTC)

    headers = signed([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def verified(secret: str, body: str, headers: dict[str, str]) -> str:
    """What the Python package says of a message: "ok", or why not."""
    try:
        found = Webhook(secret).verify(body, headers)
    except WebhookVerificationError as refused:
        return str(refused)
    assert found == json.loads(body)
    return "ok"


@pytest.fixture(params=["python", "javascript"])
def verifier(request: pytest.FixtureRequest) -> Any:
    """A stranger's package, asked: a secret, a body and headers in, "ok" or why not out."""
    if request.param == "python":
        return verified
    node = request.getfixturevalue("node")

    def ask(secret: str, body: str, headers: dict[str, str]) -> str:
        asked = json.dumps({"secret": secret, "body": body, "headers": headers})
        return str(node("verify.mjs", asked))

    return ask


def arrived(what: Errand) -> tuple[str, dict[str, str]]:
    """Body and headers as a receiver gets them."""
    with Receiver() as receiver:
        carried(receiver.url, what)
    [got] = receiver.got
    return got.body.decode(), {name: value for name, value in got.headers.items() if name.startswith("webhook-")}


def test_strangers_verify_what_we_send(verifier: Any) -> None:
    assert verifier(SECRET, *arrived(errand())) == "ok"


@pytest.mark.parametrize("minutes", [-6, 6])
def test_attack_31_strangers_refuse_a_message_six_minutes_old_or_ahead(verifier: Any, minutes: int) -> None:
    assert "timestamp" in verifier(SECRET, *arrived(errand(minutes))).lower()


def test_attack_31_strangers_refuse_a_changed_body_id_or_time(verifier: Any) -> None:
    body, headers = arrived(errand())
    later = str(int(headers["webhook-timestamp"]) + 1)

    assert verifier(SECRET, body, headers) == "ok"
    assert "signature" in verifier(SECRET, body.replace("job_x", "job_y"), headers).lower()
    assert "signature" in verifier(SECRET, body, headers | {"webhook-id": "whd_x"}).lower()
    assert "signature" in verifier(SECRET, body, headers | {"webhook-timestamp": later}).lower()


def test_strangers_verify_by_the_old_and_by_the_new_secret_while_rotating(verifier: Any) -> None:
    body, headers = arrived(replace(errand(), secrets=(SECRET, OLD)))

    assert len(headers["webhook-signature"].split(" ")) == 2
    assert verifier(SECRET, body, headers) == "ok"
    assert verifier(OLD, body, headers) == "ok"
    assert "signature" in verifier("whsec_" + "Zm9y" * 11, body, headers).lower()


# -- what an answer may cost


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(fake.silent(), id="attack 28: silence"),
        pytest.param(fake.drip(0.05), id="attack 28: a byte at a time"),
        pytest.param(fake.drip_head(0.05), id="attack 28: a byte at a time before the headers end"),
        pytest.param(fake.hang_up(), id="closed without a word"),
        pytest.param(fake.raw(b"\x00\xff" * 50_000), id="not HTTP"),
        pytest.param(fake.raw(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"x" * 100_000), id="a header without measure"),
        pytest.param(fake.raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"), id="headers without number"),
        pytest.param(fake.raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), id="continue for ever"),
        pytest.param(fake.raw(b"HTTP/1.1 -5 OK\r\n\r\n"), id="no status"),
    ],
)
def test_a_receiver_that_does_not_answer_in_time_or_in_http_has_not_answered(step: fake.Step) -> None:
    with Receiver(step) as receiver:
        tried = carried(receiver.url)

    assert (tried.outcome.status, tried.outcome.error) == (None, "no-answer")
    assert tried.outcome.ms < 20_000  # a hang guard


def test_attack_28_of_a_gigabyte_64_kb_are_read() -> None:
    with Receiver(fake.flood(1024**3)) as receiver:
        tried = carried(receiver.url)
        time.sleep(0.2)

    assert receiver.sent < 32 * 1024 * 1024  # what the kernel took before we hung up
    assert len(tried.outcome.reply) == webhooks.KEPT_REPLY
    assert tried.outcome.status == 200  # Standard Webhooks: 2xx is success


def test_attack_28_a_gzip_bomb_is_not_inflated() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with Receiver(fake.packed(bomb)) as receiver:
        tried = carried(receiver.url)

    assert receiver.got[0].headers["accept-encoding"] == "identity"
    assert tried.outcome.reply.startswith("\ufffd")  # gzip's first byte is no character
    assert len(tried.outcome.reply) <= webhooks.KEPT_REPLY


def test_the_beginning_of_an_answer_is_kept_as_text_that_can_be_stored() -> None:
    with Receiver(fake.status(500, b"<h1>caf\xc3\xa9</h1>\r\n\x00\x1b[31m\xff" + b"y" * 9000)) as receiver:
        tried = carried(receiver.url)

    assert tried.outcome.reply.startswith("<h1>café</h1>\ufffd\n\ufffd\ufffd[31m\ufffd")
    assert len(tried.outcome.reply) <= webhooks.KEPT_REPLY


# -- when again


def tried_with(status: int | None, after: float = 0.0) -> Tried:
    return Tried(Outcome(1, status=status, error=None if status else "no-answer"), after)


def test_the_schedule_is_the_published_one_with_a_fifth_of_jitter() -> None:
    waits = pauses(Settings().webhook_pauses)

    assert waits == (5, 300, 1800, 7200, 18000, 36000, 36000)
    for tries, wait in enumerate(waits, start=1):
        drawn = {again(tried_with(503), tries, waits) for _ in range(50)}
        assert all(each is not None and 0.8 * wait <= each <= 1.2 * wait for each in drawn)
        assert len(drawn) > 1
    assert again(tried_with(503), len(waits) + 1, waits) is None


def test_f26_gone_ends_it_and_a_retry_after_is_kept() -> None:
    assert again(tried_with(410), 1, [5.0]) is None
    assert again(tried_with(429, after=77.0), 1, [5.0]) == 77.0
    assert again(tried_with(503, after=1.0), 1, [5.0], lambda low, high: high) == 6.0


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("999999999", 86400),
        ("Thu, 01 Jan 2026 00:01:30 GMT", 90),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 0),
        # Years and offsets that a program might stumble over.
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400),
        ("Thu, 01 Jan 2026 00:01:30 +9959", 0),
        ("Thu, 01 Jan 2026 00:01:30 -2400", 0),
        ("Sat, 01 Jan 10000 00:00:00 GMT", 0),
        *[(bad, 0) for bad in ("", "soon", "-5", "1.5", "1e9", "٣", "Thu, 99 Foo 2026", "9" * 5000)],
    ],
)
def test_attack_104_a_retry_after_is_seconds_or_a_date_and_at_most_a_day(told: str, seconds: float) -> None:
    assert retry_after(told, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)) == seconds


@pytest.mark.parametrize("text", ["5,x", "-1", "nan", "inf"])
def test_a_schedule_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(BadSetting, match="WEBHOOK_PAUSES"):
        pauses(text)
