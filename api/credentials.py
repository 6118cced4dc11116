"""Credentials: who asks. A bearer token for programs, the cookie `knotty` for the page; both belong to a device."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from api.errors import Refused
from db import records

COOKIE = "knotty"

_SHAPE = re.compile(r"kn_[A-Za-z0-9_-]{16,128}")
_NO_COOKIE = f"{COOKIE}=; Max-Age=0; Path=/; HttpOnly"
_YEAR = 400 * 24 * 3600  # the longest a browser keeps a cookie


def register(app: Flask) -> None:
    """No request that changes something comes from another site."""
    app.before_request(_same_origin)


def set_cookie(answer: Response, token: str) -> None:
    """Give the page its cookie: scripts cannot read it, other sites cannot make a browser send it."""
    secure = request.is_secure or current_app.config["PUBLIC_URL"].startswith("https:")
    answer.set_cookie(COOKIE, token, max_age=_YEAR, path="/", secure=secure, httponly=True, samesite="Lax")


def clear_cookie(answer: Response) -> None:
    """Take the page its cookie."""
    answer.headers.add("Set-Cookie", _NO_COOKIE)


def maker_id() -> str:
    """The maker these credentials belong to. Raises Refused (401) when there are none or they are not known."""
    return bearer().maker_id


def bearer() -> records.Bearer:
    """The maker and the device these credentials belong to. Raises Refused (401) as `maker_id` does."""
    found = bearer_if_known()
    if found is None:
        if request.cookies.get(COOKIE):
            raise Refused("credentials-invalid", headers={"Set-Cookie": _NO_COOKIE})
        raise Refused("credentials-required")
    return found


def maker_if_any() -> str | None:
    """The maker, or None when no credentials came at all. Raises Refused (401) for those that are not known."""
    return maker_id() if request.headers.get("Authorization") or request.cookies.get(COOKIE) else None


def reader() -> str | None:
    """The maker who reads, or None for a stranger. A bad bearer token is refused; a stale cookie is only a stranger.

    So a page opened with the cookie of a removed device still shows what anyone may read.
    """
    found = bearer_if_known()
    return found.maker_id if found else None


def bearer_if_known() -> records.Bearer | None:
    """The same, with the device."""
    token = presented()
    return _known(records.bearer_of(token) if token else None)


def reader_of(bearer: records.Bearer | None) -> str | None:
    """`reader`, where who bears what was `presented` has been asked for together with something else."""
    found = _known(bearer)
    return found.maker_id if found else None


def presented() -> str:
    """The token that came with the request, in the header or else in the cookie; empty when it can be nobody's."""
    header = request.headers.get("Authorization")
    scheme, _, token = ("bearer", "", request.cookies.get(COOKIE, "")) if header is None else header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and _SHAPE.fullmatch(token.strip()) else ""


def _known(found: records.Bearer | None) -> records.Bearer | None:
    if found is None and request.headers.get("Authorization") is not None:
        raise Refused("credentials-invalid")
    return found


def _same_origin() -> None:
    """Whoever changes something without a bearer token must be our own page: a browser adds cookies by itself."""
    if request.method in ("GET", "HEAD") or request.headers.get("Authorization"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:
        origin = request.headers.get("Origin")
        known = {request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc}
        ours = origin is None or urlsplit(origin).netloc in known - {""}
    if not ours:
        raise Refused("cross-site")
