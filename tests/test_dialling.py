"""Dialling: which address a webhook's connection is made to, and with whom. Numbers are those of the attacks.

The receivers are real sockets on loopback. A resolver that lies and a network that leads elsewhere stand in for what
is not ours.
"""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from dataclasses import replace
from typing import Any

import pytest
import trustme

from db.records import Outcome
from jobs import dialling
from jobs.dialling import Dialler
from jobs.receivers import Guard
from jobs.webhooks import Courier, Tried, again
from tests.fakes import receiver as fake
from tests.fakes.receiver import Receiver
from tests.tries import NOBODY, QUICK, carried, errand

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
        tried = Courier(QUICK, guard, Dialler(0.3)).carry(replace(errand(), url=receiver.url), NOBODY)

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
