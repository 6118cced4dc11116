"""Webhooks on the wire: what is dialled, what is sent, what an answer may cost. Numbers are those of the attacks.

The receivers are real sockets on loopback. A resolver that lies and a network that leads elsewhere stand in for what
is not ours; the strangers' verifiers are the packages that receivers use.
"""

from __future__ import annotations

import datetime
import gzip
import json
import socket
import ssl
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
import trustme
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from db.records import Errand, Outcome
from jobs import dialling, webhooks
from jobs.dialling import Dialler
from jobs.receivers import Guard
from jobs.webhooks import Courier, Tried, again, pauses, retry_after, signed
from settings import BadSetting, Settings
from tests.fakes import receiver as fake
from tests.fakes.receiver import Receiver

SECRET, OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + "b2xk" * 11
NOW = datetime.datetime.now(datetime.UTC)
BODY = '{"type":"job.succeeded","timestamp":"2026-01-01T00:00:00.000Z","data":{"id":"job_x","title":"Häkeldecke 🧶"}}'
ERRAND = Errand("whd_" + "a" * 26, 1, 1, "job.succeeded", "", BODY, NOW, (SECRET,))
QUICK = Settings(webhook_seconds=1.0, webhook_connect_seconds=0.3)
NOBODY = threading.Event()


def carried(url: str, errand: Errand = ERRAND, settings: Settings = QUICK, **dialler: Any) -> Tried:
    """One try at a receiver that an operator has named."""
    guard = Guard.of("http://127.0.0.1,https://127.0.0.1,https://hooks.example:8443")
    means = Dialler(settings.webhook_connect_seconds, **dialler)
    return Courier(settings, guard, means).carry(replace(errand, url=url), NOBODY)


# -- what is sent


def test_a_message_is_posted_as_it_was_kept_with_the_three_headers() -> None:
    with Receiver() as receiver:
        tried = carried(f"{receiver.url}/hook?key=1")

    [got] = receiver.got
    assert (tried.outcome.status, tried.outcome.error, tried.outcome.reply) == (200, None, "words")
    assert (got.path, got.body.decode()) == ("/hook?key=1", BODY)
    assert got.headers["webhook-id"] == ERRAND.id
    assert got.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
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


def arrived(errand: Errand) -> tuple[str, dict[str, str]]:
    """Body and headers as a receiver gets them."""
    with Receiver() as receiver:
        carried(receiver.url, errand)
    [got] = receiver.got
    return got.body.decode(), {name: value for name, value in got.headers.items() if name.startswith("webhook-")}


def test_strangers_verify_what_we_send(verifier: Any) -> None:
    assert verifier(SECRET, *arrived(ERRAND)) == "ok"


@pytest.mark.parametrize("minutes", [-6, 6])
def test_attack_31_strangers_refuse_a_message_six_minutes_old_or_ahead(verifier: Any, minutes: int) -> None:
    elsewhen = replace(ERRAND, at=NOW + datetime.timedelta(minutes=minutes))

    assert "timestamp" in verifier(SECRET, *arrived(elsewhen)).lower()


def test_attack_31_strangers_refuse_a_changed_body_id_or_time(verifier: Any) -> None:
    body, headers = arrived(ERRAND)
    later = str(int(headers["webhook-timestamp"]) + 1)

    assert verifier(SECRET, body, headers) == "ok"
    assert "signature" in verifier(SECRET, body.replace("job_x", "job_y"), headers).lower()
    assert "signature" in verifier(SECRET, body, headers | {"webhook-id": "whd_x"}).lower()
    assert "signature" in verifier(SECRET, body, headers | {"webhook-timestamp": later}).lower()


def test_strangers_verify_by_the_old_and_by_the_new_secret_while_rotating(verifier: Any) -> None:
    body, headers = arrived(replace(ERRAND, secrets=(SECRET, OLD)))

    assert len(headers["webhook-signature"].split(" ")) == 2
    assert verifier(SECRET, body, headers) == "ok"
    assert verifier(OLD, body, headers) == "ok"
    assert "signature" in verifier("whsec_" + "Zm9y" * 11, body, headers).lower()


# -- what is dialled


class Dialled:
    """A network that leads to one receiver wherever one dials, and keeps what was dialled."""

    def __init__(self, receiver: Receiver) -> None:
        self.addresses: list[str] = []
        self._receiver = receiver

    def __call__(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.addresses.append(address[0])
        return socket.create_connection(("127.0.0.1", self._receiver.port), timeout)


PUBLIC = "https://hooks.example/"


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(["10.0.0.5"], id="attack 15: a private address"),
        pytest.param(["93.184.216.34", "10.0.0.5"], id="attack 17: public and private mixed"),
        pytest.param(["2606:2800:220:1::1", "::ffff:169.254.169.254"], id="attack 17: mixed, mapped"),
        pytest.param(["127.0.0.1"], id="attack 15: loopback"),
        pytest.param(["fe80::1%eth0"], id="attack 15: link local"),
        pytest.param([], id="no address"),
    ],
)
def test_a_name_that_stands_for_an_inward_address_is_not_dialled(answers: list[str]) -> None:
    with Receiver() as receiver:
        network = Dialled(receiver)
        tried = carried(PUBLIC, resolve=lambda *_: answers, connect=network)

    assert tried.outcome.error == "no-connection"
    assert network.addresses == []
    assert receiver.connections == 0


def test_attack_16_a_name_is_resolved_once_and_that_very_address_is_dialled() -> None:
    """Live: the second look-up of this name would say loopback, where a receiver waits."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked, dialled = [], []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError

    with Receiver() as receiver:
        tried = carried(PUBLIC, resolve=resolve, connect=connect)

    assert (asked, dialled) == (["hooks.example"], [("93.184.216.34", 443)])
    assert tried.outcome.error == "no-connection"
    assert receiver.connections == 0


def test_attack_16_a_connection_that_ends_elsewhere_is_closed_before_a_byte_is_sent() -> None:
    with Receiver() as receiver:
        network = Dialled(receiver)
        tried = carried(PUBLIC, resolve=lambda *_: ["93.184.216.34"], connect=network)

    assert network.addresses == ["93.184.216.34"]
    assert tried.outcome.error == "no-connection"
    assert receiver.got == []


def test_attack_19_f27_a_name_that_changed_before_a_retry_is_judged_anew() -> None:
    answers = iter([["93.184.216.34"], ["10.0.0.5"]])
    dialled = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        dialled.append(address[0])
        raise ConnectionRefusedError

    for _ in range(2):
        assert carried(PUBLIC, resolve=lambda *_: next(answers), connect=connect).outcome.error == "no-connection"
    assert dialled == ["93.184.216.34"]


def test_a_url_that_is_no_longer_allowed_is_not_dialled() -> None:
    with Receiver() as receiver:
        guard = Guard.of("")  # at the wish an operator allowed it
        tried = Courier(QUICK, guard, Dialler(0.3)).carry(replace(ERRAND, url=receiver.url), NOBODY)

    assert (tried.outcome.error, receiver.connections) == ("no-connection", 0)


def test_of_many_addresses_the_first_that_answers_is_used() -> None:
    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        if address[0] != "127.0.0.1":
            raise OSError(101, "network is unreachable")
        return socket.create_connection(address, timeout)

    with Receiver() as receiver:
        tried = carried(receiver.url, resolve=lambda *_: ["2606:2800:220:1::1", "127.0.0.1"], connect=connect)

    assert tried.outcome.status == 200


def test_a_resolver_that_hangs_costs_no_more_than_a_connection() -> None:
    gate = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        gate.wait(30)
        return []

    tried = carried(PUBLIC, resolve=resolve)
    gate.set()

    assert tried.outcome.error == "no-connection"
    assert tried.outcome.ms < 20_000  # a hang guard


def test_attack_27_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as proxy, Receiver() as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        tried = carried(receiver.url)

    assert (tried.outcome.status, len(receiver.got), proxy.connections) == (200, 1, 0)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_attack_18_a_redirect_inward_is_not_followed(code: int) -> None:
    with Receiver() as inside, Receiver(fake.status(code, Location=f"{inside.url}/secret")) as receiver:
        tried = carried(receiver.url)

    assert (tried.outcome.status, inside.connections, len(receiver.got)) == (code, 0, 1)
    assert again(tried, 1, [5.0]) is not None  # a failure like another


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


# -- one public wording


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_attack_30_a_closed_an_open_and_a_blocked_port_look_alike_and_take_as_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, Receiver() as plain:
        said = [
            carried(f"http://127.0.0.1:{closed_port()}/"),
            carried(f"https://127.0.0.1:{plain.port}/"),  # open, and not TLS
            carried(f"https://127.0.0.1:{deaf.getsockname()[1]}/"),  # open, and silent
            carried(PUBLIC, resolve=lambda *_: ["10.0.0.5"]),
            carried(PUBLIC, resolve=lambda *_: []),
            carried("http://10.0.0.5/"),
        ]

    assert {replace(each.outcome, ms=0) for each in said} == {Outcome(0, error="no-connection")}
    assert all(each.outcome.ms >= 1000 * QUICK.webhook_connect_seconds - 50 for each in said)


# -- TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(cert: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    return context


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = dialling.trusted()
    authority.configure_trust(context)
    return context


def over_tls(receiver: Receiver, context: ssl.SSLContext) -> Tried:
    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", receiver.port), timeout)

    return carried("https://hooks.example:8443/x", resolve=lambda *_: ["127.0.0.1"], connect=connect, context=context)


def test_a_receiver_whose_certificate_holds_for_its_name_is_taken(
    authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    with Receiver(tls=server_context(authority.issue_cert("hooks.example"))) as receiver:
        tried = over_tls(receiver, trusting)

    assert tried.outcome.status == 200
    assert receiver.got[0].headers["host"] == "hooks.example:8443"


LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param(lambda ours: ours.issue_cert("hooks.example", not_after=LONG_AGO), id="attack 29: expired"),
        pytest.param(lambda ours: ours.issue_cert("other.example"), id="attack 29: of another name"),
        pytest.param(lambda ours: trustme.CA().issue_cert("hooks.example"), id="attack 29: of no authority we know"),
    ],
)
def test_a_receiver_whose_certificate_does_not_hold_gets_nothing(
    authority: trustme.CA, trusting: ssl.SSLContext, certificate: Any
) -> None:
    with Receiver(tls=server_context(certificate(authority))) as receiver:
        tried = over_tls(receiver, trusting)

    assert tried.outcome.error == "no-connection"
    assert receiver.got == []


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
        *[(bad, 0) for bad in ("", "soon", "-5", "1.5", "1e9", "٣", "Thu, 99 Foo 2026", "9" * 5000)],
    ],
)
def test_a_retry_after_is_seconds_or_a_date_and_at_most_a_day(told: str, seconds: float) -> None:
    assert retry_after(told, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)) == seconds


@pytest.mark.parametrize("text", ["5,x", "-1", "nan", "inf"])
def test_a_schedule_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(BadSetting, match="WEBHOOK_PAUSES"):
        pauses(text)
