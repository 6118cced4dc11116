"""Receivers: which URLs a webhook may name, and which addresses a name may stand for. Numbers are those of attacks."""

from __future__ import annotations

import re
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.receivers import MAX_URL, PATTERN, Forbidden, Guard, Receiver, is_public
from settings import BadSetting

GUARD = Guard.of("", "https://knotty.example/", "knotty.example,.knots.example")

OURS = ["knotty.example", "knots.example", "www.knots.example"]

# Number of the attack -> what is named as a host, each tried over https.
HOSTS = {
    1: ["127.0.0.1", "127.0.0.1:443"],
    2: ["localhost", "LOCALHOST.", "localhost.", "a.localhost"],
    3: ["0", "127.1", "127.0.1"],
    4: ["2130706433"],
    5: ["0x7f000001", "0x7f.1", "a.0x7f"],
    6: ["0177.0.0.1"],
    7: ["[::1]", "[::]"],
    8: ["[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]"],
    9: ["[::127.0.0.1]", "[::ffff:0:127.0.0.1]"],
    10: ["[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]"],
    11: ["[2002:7f00:1::]", "[2001::80ff:fffe]"],
    12: ["[fe80::1%25eth0]", "[fe80::1%eth0]", "[fec0::1]", "[fd00:ec2::254]"],
    13: ["169.254.169.254", "metadata.google.internal", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
    14: ["ollama", "ollama:11434", "valkey.knotty-ai.svc.cluster.local", "kubernetes.default.svc", *OURS],
    20: ["user:pass@host.example", "user@host.example", "good.com@127.0.0.1"],
    21: ["good.com\\@127.0.0.1", "good.com#@127.0.0.1", "good.com\\.example"],
    22: ["①②⑦.⓪.⓪.①", "good。com", "gооd.com", "１２７.０.０.１"],
    24: ["a.example:22", "a.example:6379", "a.example:99999", "a.example:８０", "a.example:80:90", "a.example:"],
    25: ["a.exa\tmple", "a.example\n", "a. example", "a.example/ x", "a.example/\r\nHost: x", "\u00a0a.example"],
}
URLS = {
    1: ["http://127.0.0.1/", "http://a.example/"],
    23: [
        *("file:///etc/passwd", "gopher://a.example/_x", "dict://a.example:11211/", "ftp://a.example/x"),
        *("javascript:alert(1)", "data:text/plain,x", "HTTPS+unix://a.example/", "://a.example/"),
    ],
    26: ["//a.example/", "https:///x", "https:127.0.0.1", "https:/a.example/", "https://", "", "https", "a.example"],
}
FORBIDDEN = [(number, f"https://{host}/hook") for number, hosts in HOSTS.items() for host in hosts] + [
    (number, url) for number, urls in URLS.items() for url in urls
]


@pytest.mark.parametrize(("number", "url"), FORBIDDEN, ids=[f"attack {number}: {url}" for number, url in FORBIDDEN])
def test_a_url_that_leads_inward_or_is_read_in_two_ways_is_forbidden(number: int, url: str) -> None:
    with pytest.raises(Forbidden):
        GUARD.read(url)
    assert not re.search(PATTERN, url) or any(name in url for name in OURS)  # the document cannot know our names


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://example.org/hook", "example.org", "/hook"),
        ("https://Example.ORG", "example.org", "/"),
        ("https://example.org:443?key=a%2Fb&c", "example.org", "/?key=a%2Fb&c"),
        ("https://xn--hkel-5qa.example/~me/hook;v=1", "xn--hkel-5qa.example", "/~me/hook;v=1"),
        ("https://a.b-c.d9.example/@x:1", "a.b-c.d9.example", "/@x:1"),
        ("https://localhost.example/", "localhost.example", "/"),
        ("https://hooks.knotty.example/", "hooks.knotty.example", "/"),
    ],
)
def test_a_public_name_over_https_may_be_named(url: str, host: str, target: str) -> None:
    assert GUARD.read(url) == Receiver("https", host, 443, target)
    assert re.search(PATTERN, url)


def test_a_url_longer_than_2048_characters_is_forbidden() -> None:
    url = "https://example.org/" + "a" * (MAX_URL - 20)

    assert GUARD.read(url).target == "/" + "a" * (MAX_URL - 20)
    with pytest.raises(Forbidden):
        GUARD.read(url + "a")


@given(st.from_regex(re.compile(PATTERN, re.ASCII), fullmatch=True))
def test_what_the_document_says_may_be_named_is_taken(url: str) -> None:
    assert GUARD.read(url).port == 443


@given(st.text(max_size=60) | st.text(max_size=30).map("https://{}".format))
def test_any_text_is_a_receiver_or_forbidden(url: str) -> None:
    try:
        found = GUARD.read(url)
    except Forbidden:
        return
    assert found.scheme == "https" and "." in found.host and url.isascii()


@pytest.mark.parametrize("text", ["a", "!", "a.", "a-", "https://" + "a.", "https://" + "a", "https://a.aa/" + "%"])
def test_attack_44_fifty_thousand_characters_are_judged_at_once(text: str) -> None:
    began = perf_counter()
    for url in (text * 50_000, (text * 50_000)[:MAX_URL], (text * 50_000)[: MAX_URL - 1] + "!"):
        with suppress(Forbidden):
            GUARD.read(url)
        re.search(PATTERN, url)

    assert perf_counter() - began < 5  # a hang guard


# -- addresses


INWARD = [
    *("127.0.0.1", "127.255.0.3", "0.0.0.0", "0.1.2.3", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254"),
    *("100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.31.196.1", "192.52.193.1", "192.88.99.1"),
    *("192.175.48.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:169.254.169.254", "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001::80ff:fffe", "2001:db8::1", "3fff::1"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "fd00:ec2::254", "ff02::1", "100::1", "5f00::1"),
]


@pytest.mark.parametrize("address", INWARD)
def test_an_address_of_somebodys_own_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "::ffff:1.1.1.1", "2606:4700:4700::1111"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


# -- what an operator names


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://127.0.0.1:9000/hook", "127.0.0.1", 9000),
        ("http://LOCALHOST:8081/", "localhost", 8081),
        ("http://[::1]:9000/", "::1", 9000),
        ("https://hooks.internal:8443/x", "hooks.internal", 8443),
    ],
)
def test_a_receiver_that_an_operator_names_is_taken(url: str, host: str, port: int) -> None:
    guard = Guard.of("http://127.0.0.1, http://localhost,http://[::1]:9000,https://hooks.internal:8443")

    found = guard.read(url)

    assert (found.host, found.port, found.named) == (host, port, True)


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "http://127.0.0.2/", "http://127.1/", "http://[::1]:9001/", "https://hooks.internal/",
     "http://127.0.0.1:0/", "http://127.0.0.1:70000/", "http://user@127.0.0.1/"],
)  # fmt: skip
def test_only_the_very_scheme_host_and_port_that_were_named_are_taken(url: str) -> None:
    guard = Guard.of("http://127.0.0.1,http://[::1]:9000,https://hooks.internal:8443")

    with pytest.raises(Forbidden):
        guard.read(url)


@pytest.mark.parametrize("allow", ["127.0.0.1", "ftp://x.example", "http://x/path", "http://x:y", "*", "http://"])
def test_a_list_of_receivers_that_cannot_be_read_stops_the_start(allow: str) -> None:
    with pytest.raises(BadSetting, match="WEBHOOK_ALLOW"):
        Guard.of(f"http://localhost,{allow}")
