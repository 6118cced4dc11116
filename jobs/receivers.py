"""Receivers: where a webhook may be sent: which URLs may be named, and which addresses a name may stand for.

A URL is read by one strict rule of ours, not by a forgiving parser: what `127.1`, `0x7f.1`, a circled digit, a tab or
a backslash mean differs from program to program, so none of them is a URL here. A name proves nothing, so the address
it stands for is judged too, at every try, by who dials it (`jobs/dialling.py`).
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from settings import BadSetting

MAX_URL = 2048

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LAST = r"[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"  # begins with a letter: what ends in a number may be an address
_TARGET = r"(?:[/?][A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?"
# Names that lead into somebody's own network, whoever asks: RFC 6761, RFC 8375, and those of clouds and clusters.
_INWARD = ("local", "localhost", "internal", "svc", "home.arpa", "test", "onion")
_NOT_INWARD = rf"(?![^/?:]*\.(?:{'|'.join(map(re.escape, _INWARD))})(?:[/?:]|$))"
# For the OpenAPI document; ECMA's and Python's regular expressions both read it.
PATTERN = rf"^https://{_NOT_INWARD}(?:{_LABEL}\.)+{_LAST}(?::443)?{_TARGET}$"

_URL = re.compile(
    rf"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::(?P<port>[0-9]{{1,5}}))?(?P<target>{_TARGET})",
    re.ASCII,
)
_NAME = re.compile(rf"(?:{_LABEL}\.)+{_LAST}", re.ASCII)
_PORTS = {"http": 80, "https": 443}

# What `is_global` lets through although it leads inward, or nowhere good: relays, cloud agents, test networks.
_CLOSED_V4 = [
    ip_network(net)
    for net in (
        *("0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.175.48.0/24", "198.18.0.0/15", "224.0.0.0/3"),
    )
]
_OPEN_V6 = ip_network("2000::/3")
_CLOSED_V6 = [ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


class Forbidden(ValueError):
    """A webhook may not go to this URL. Always the same words: why would tell of what is inside."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom to dial and what to ask there. `named`: an operator named it, so its address is not judged."""

    scheme: str
    host: str
    port: int
    target: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be named: public names over https, not our own, and whatever an operator has named."""

    allowed: Set[tuple[str, str, int | None]] = frozenset()  # scheme, host, port; no port: any
    own: Set[str] = frozenset()

    @classmethod
    def of(cls, allow: str, public_url: str = "", trusted_hosts: str = "") -> Guard:
        """From the settings' words. Raises BadSetting when WEBHOOK_ALLOW is not a list of origins."""
        hosts = [urlsplit(public_url).hostname or "", *trusted_hosts.split(",")]
        own = {host.strip().partition(":")[0].lower() for host in hosts} - {""}
        return cls(frozenset(_origin(each.strip()) for each in allow.split(",") if each.strip()), own)

    def read(self, url: str) -> Receiver:
        """The receiver that a URL names. Raises Forbidden."""
        found = _URL.fullmatch(url) if len(url) <= MAX_URL else None
        if found is None:
            raise Forbidden
        scheme, host = found["scheme"], found["host"].strip("[]").lower()
        port = int(found["port"] or _PORTS[scheme])
        target = found["target"] if found["target"].startswith("/") else "/" + found["target"]
        if {(scheme, host, port), (scheme, host, None)} & self.allowed and 0 < port < 65536:
            return Receiver(scheme, host, port, target, named=True)
        if (scheme, port) != ("https", 443) or len(host) > 253 or not _NAME.fullmatch(host):
            raise Forbidden
        if self._ours(host) or any(host.endswith(f".{name}") for name in _INWARD):
            raise Forbidden
        return Receiver(scheme, host, port, target)

    def _ours(self, host: str) -> bool:
        """As TRUSTED_HOSTS has it: a name that begins with a dot stands for all below it too."""
        return any(host == name.lstrip(".") or (name[0] == "." and host.endswith(name)) for name in self.own)


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: nobody's own network, no relay into one, no cloud's agent."""
    found = bare(address)
    if isinstance(found, IPv4Address):
        return found.is_global and not any(found in net for net in _CLOSED_V4)
    return found in _OPEN_V6 and not any(found in net for net in _CLOSED_V6)


def bare(address: str) -> IPv4Address | IPv6Address:
    """An address as a number; an IPv4 one in IPv6's clothes is the IPv4 one."""
    found = ip_address(address)
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _origin(text: str) -> tuple[str, str, int | None]:
    found = _URL.fullmatch(text)
    if found is None or found["target"]:
        raise BadSetting(f"WEBHOOK_ALLOW: {text!r} is not an origin, like http://127.0.0.1:9000 or http://localhost")
    return found["scheme"], found["host"].strip("[]").lower(), int(found["port"]) if found["port"] else None
