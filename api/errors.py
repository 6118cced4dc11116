"""Errors: what went wrong becomes an RFC 9457 `application/problem+json`; only this file knows which status.

Every room raises its own exceptions. `TABLE` says which problem each one is, `KINDS` what that problem is called, its
status, and the words of the short page its `type` leads to. Nothing else of the api chooses a status for a failure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import structlog
from flask import Flask, Response, current_app, g, json, request
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from api import metrics, pages
from db import records

log = structlog.get_logger()


class Kind(NamedTuple):
    """One problem: its status, its title, and what its page says."""

    status: int
    title: str
    about: str


KINDS: dict[str, Kind] = {
    "invalid-json": Kind(
        400,
        "The body is not usable JSON",
        "The body must be one JSON object in UTF-8, at most 32 levels deep, no key twice, no NaN or Infinity, no number"
        " longer than 40 characters. The detail says at which byte it stopped.",
    ),
    "invalid-cursor": Kind(
        400,
        "The cursor is not one of ours",
        "Send back `next_cursor` exactly as it came, with the same filter and by the same maker.",
    ),
    "invalid-last-event-id": Kind(
        400,
        "The event number is not a number",
        "`Last-Event-ID` and `?after=` are the `id` of the last event you have: a whole number, 0 for none.",
    ),
    "idempotency-key-invalid": Kind(
        400,
        "The Idempotency-Key cannot be used",
        "`Idempotency-Key` is sent once: 1 to 255 printable ASCII characters without a comma. It belongs to a maker, so"
        " it needs credentials.",
    ),
    "untrusted-host": Kind(400, "The Host header is not ours", "Ask under the name this server is known by."),
    "bad-request": Kind(400, "The request cannot be read", "The HTTP request itself is malformed."),
    "credentials-required": Kind(
        401,
        "Say who you are",
        "Send `Authorization: Bearer kn_...` or the cookie `knotty`. `POST /api/v1/makers` gives you both.",
    ),
    "credentials-invalid": Kind(
        401,
        "These credentials are not known",
        "The token is malformed, was never given out, or its device was removed. A new one: `POST /api/v1/makers`.",
    ),
    "cross-site": Kind(
        403,
        "Not from another site",
        "A request that changes something and carries no bearer token must come from our own page.",
    ),
    "not-found": Kind(
        404,
        "Nothing here",
        "There is nothing at this address, or it is not yours to see. Both look the same on purpose.",
    ),
    "method-not-allowed": Kind(
        405, "Not with this method", "The address exists; the `Allow` header lists what it understands."
    ),
    "not-acceptable": Kind(
        406, "Not in a form you accept", "The `Accept` header names no form this address can answer in."
    ),
    "already-finished": Kind(
        409, "The job has already ended", "An end state is final: a job that succeeded or failed cannot be canceled."
    ),
    "not-retryable": Kind(
        409,
        "There is nothing to try again",
        "Only a job that failed or was canceled can be tried again, and only while no other job writes its pattern or"
        " has finished it.",
    ),
    "taken-down": Kind(
        410,
        "It was taken down",
        "Somebody reported this pattern, and whoever runs this server took it down. Nothing is lost: they can put it"
        " back.",
    ),
    "gone": Kind(410, "Its maker deleted it", "It was here and its maker has deleted it."),
    "precondition-failed": Kind(
        412,
        "It has changed since you looked",
        "`If-Match` names another version than the one that is there now. Read it again, and change that.",
    ),
    "precondition-required": Kind(
        428,
        "Say which version you change",
        "Send `If-Match` with the `ETag` that came with what you have read, so that nobody's change is lost.",
    ),
    "payload-too-large": Kind(
        413, "The body is too large", "A body may have 64 kB; pattern text for `/check` 256 kB. It was not read."
    ),
    "unsupported-media-type": Kind(
        415,
        "Send JSON",
        "`Content-Type: application/json` in UTF-8, not compressed. `/check` also takes `text/plain`.",
    ),
    "no-chart": Kind(
        422,
        "There is nothing to draw",
        "No row of the text, or of the piece that was named, could be worked to its end, or it is too large to draw.",
    ),
    "webhook-url-forbidden": Kind(
        422,
        "A webhook cannot go to this URL",
        "A webhook goes to a public name over https, to port 443: no address, no user or fragment, no name of"
        " somebody's own network. Whoever runs this server can allow others by WEBHOOK_ALLOW.",
    ),
    "validation-failed": Kind(
        422,
        "Something in the request is not as wanted",
        "`errors` lists every fault at once: a JSON Pointer into the body, or the query parameter's name, a code, and"
        " words. Unknown fields are refused. Text may hold anything but control characters and lone surrogates.",
    ),
    "idempotency-key-reused": Kind(
        422,
        "This Idempotency-Key stands for another request",
        "You have sent another body under this key before, and its job stands. A new request needs a new key.",
    ),
    "quota-exceeded": Kind(
        429,
        "That was too much for now",
        "One maker may have so many unfinished jobs, one address may make so many jobs an hour and ask so often a"
        " minute. `RateLimit-Policy` says how many, `Retry-After` in how many seconds it is worth trying again.",
    ),
    "uri-too-long": Kind(414, "The address is too long", "No address of ours is that long."),
    "headers-too-large": Kind(431, "The headers are too large", "Send fewer or shorter header fields."),
    "internal": Kind(
        500, "Something broke on our side", "It is logged under the `request_id`. Nothing you sent should cause this."
    ),
    "generation-failed": Kind(
        502, "The pattern could not be written", "The job ended without a pattern; its `error` says why. Try again."
    ),
    "temporary-reduced-capacity": Kind(
        503, "Not just now", "The store is away or everything is busy. Try again after `Retry-After` seconds."
    ),
}

# What other rooms raise, and what it is called here. A subclass is what its nearest listed parent is.
TABLE: dict[type[Exception], str] = {
    records.NoSuchJob: "not-found",
    records.NoSuchPattern: "not-found",
    records.NoSuchDelivery: "not-found",
    records.NoSuchDevice: "not-found",
    records.NoSuchLink: "not-found",
    records.NoSuchRow: "not-found",
    records.Revoked: "credentials-invalid",
    records.Gone: "gone",
    records.TakenDown: "taken-down",
    records.Stale: "precondition-failed",
    records.AlreadyFinished: "already-finished",
    records.NotRetryable: "not-retryable",
    records.BadCursor: "invalid-cursor",
    records.KeyReused: "idempotency-key-reused",
    OperationalError: "temporary-reduced-capacity",
    PoolTimeout: "temporary-reduced-capacity",
}

_OF_STATUS = {kind.status: slug for slug, kind in KINDS.items() if slug not in ("internal", "untrusted-host")} | {
    400: "bad-request",
    401: "credentials-required",
    500: "internal",
}


class Fault(NamedTuple):
    """One thing wrong: where (a JSON Pointer into the body, or a query parameter's name), a code, and words."""

    pointer: str
    code: str
    detail: str


@dataclass
class Refused(Exception):
    """The request cannot be taken. `slug` is a key of KINDS."""

    slug: str
    detail: str = ""
    faults: Sequence[Fault] = ()
    headers: Mapping[str, str] | None = None


def problem(
    slug: str,
    detail: str = "",
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
    status: int | None = None,
) -> Response:
    """The answer for one problem, all its faults at once."""
    kind = KINDS[slug]
    metrics.counters().refused.labels(slug).inc()
    told: dict[str, Any] = {
        "type": f"{current_app.config['PUBLIC_URL']}/problems/{slug}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": detail or kind.about,
        "request_id": g.get("request_id", ""),
    }
    if faults:
        told["errors"] = [{"pointer": at, "code": code, "detail": words} for at, code, words in faults]
    answer = Response(json.dumps(told), status=status or kind.status, mimetype="application/problem+json")
    answer.headers.update(headers or {})
    if answer.status_code == 401:
        answer.headers.setdefault("WWW-Authenticate", "Bearer")
    if answer.status_code == 503:
        answer.headers.setdefault("Retry-After", "5")
    return answer


def policy(name: str, most: int, window: int | None) -> str:
    """A limit as `RateLimit-Policy` tells it."""
    return f'"{name}";q={most}' + (f";w={window}" if window else "")


def rate_headers(name: str, most: int, left: int, seconds: float, window: int | None) -> dict[str, str]:
    """How a limit is told: `RateLimit` and `RateLimit-Policy` (an IETF draft's form), and when to come again."""
    again = max(1, math.ceil(seconds))
    return {
        "RateLimit-Policy": policy(name, most, window),
        "RateLimit": f'"{name}";r={left};t={again}',
        "Retry-After": str(again),
    }


def within(seconds: float) -> str:
    """How long from now, as a person says it."""
    whole = max(1, math.ceil(seconds))
    if whole > 90:
        return f"in about {math.ceil(whole / 60)} minutes"
    return "in a second" if whole == 1 else f"in {whole} seconds"


def register(app: Flask) -> None:
    """Hang the table into the app. What nobody foresaw is a 500 with its trace in the log and nowhere else."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)
    app.register_error_handler(IntegrityError, _broken_rule)
    app.register_error_handler(records.QuotaSpent, _quota_spent)
    app.register_error_handler(records.QueueFull, _queue_full)
    for raised, slug in TABLE.items():
        app.register_error_handler(raised, _of_table(slug))


def _of_table(slug: str) -> Any:
    def answer(error: Exception) -> Response:
        if KINDS[slug].status >= 500:
            log.error("store", problem=slug, error=type(error).__name__)
            return problem(slug, "Something that we need is away just now. Try again in a few seconds.")
        g.unknown_id = slug == "not-found"
        # Always the same words: an exception's own hold ids and what was sent, and absent must read like foreign.
        return problem(slug)

    return answer


def _refused(refused: Refused) -> Response:
    return problem(refused.slug, refused.detail, refused.faults, refused.headers)


_QUOTAS = {
    "unfinished": "At most {most} unfinished at a time: wait for one of your jobs to end, or cancel one.",
    "creations": "At most {most} new jobs an hour from one address. There is room again {again}.",
}


def _quota_spent(spent: records.QuotaSpent) -> Response:
    headers = rate_headers(spent.name, spent.most, 0, spent.seconds, spent.window)
    words = _QUOTAS[spent.name].format(most=spent.most, again=within(spent.seconds))
    return problem("quota-exceeded", words, headers=headers)


def _queue_full(full: records.QueueFull) -> Response:
    words = f"About {math.ceil(full.seconds / 60)} minutes of work wait already. Nothing was kept; try again later."
    return problem("temporary-reduced-capacity", words, headers={"Retry-After": "60"})


def _http(error: HTTPException) -> Response:
    """What Flask and Werkzeug raise by themselves: unknown address, wrong method, a body over the limit."""
    if isinstance(error, SecurityError):
        return problem("untrusted-host")
    if isinstance(error, RequestEntityTooLarge):
        return problem("payload-too-large")
    status = error.code or 500
    if status == 404 and (page := pages.lost()):
        return page
    if status < 400:  # a redirect is no failure
        return Response(status=status, headers=error.get_response(request.environ).headers)
    headers = {"Allow": ", ".join(sorted(getattr(error, "valid_methods", None) or ()))} if status == 405 else {}
    slug = _OF_STATUS.get(status, "bad-request" if status < 500 else "internal")
    return problem(slug, headers=headers)


def _broken_rule(error: IntegrityError) -> Response:
    """What the request leans on was there when it came and is no more: deleted, or merged into another, just now."""
    rule = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
    if rule.startswith("fk_") and rule.endswith("_maker_id"):
        return problem("credentials-invalid")
    if rule.startswith("fk_") and rule.endswith(("_pattern_id", "_job_id")):
        return problem("not-found")
    return _unforeseen(error)


def _unforeseen(error: Exception) -> Response:
    log.error("unforeseen", exc_info=error, error=type(error).__name__)
    return problem("internal")
