"""Intake: the one door by which anything a client sends comes in.

A body passes, in this order: type, size, UTF-8, depth (before parsing), parse, text; only then pydantic, on Python
objects. Defaults are not enough: Flask answers 1,000 `[` with a 500 and takes NaN, lone surrogates and NUL, which
break Postgres later; pydantic from bytes keeps the last of two equal keys. Whatever is taken here, Postgres stores and
gives back equal. Beside bodies: query parameters, `Prefer: wait`, event numbers, `Accept`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn, TypeVar

from flask import Flask, current_app, request
from gunicorn.http.errors import ParseException
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from api import openapi
from api.errors import Fault, Refused

MAX_DEPTH = 32
MAX_NUMBER = 40  # characters
MAX_SILENCE = 10  # seconds between two pieces of a body
MAX_EVENT = 2**31 - 1  # Postgres counts no further; nothing comes after it
MAX_WAIT = 60  # seconds of `Prefer: wait`

Model = TypeVar("Model", bound=BaseModel)

# A quote always matches to its end or to the end of the text, and never backtracks: 64 kB of quotes stay linear.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
NO_CHARACTER = re.compile(r"[\ud800-\udfff]")
_KEY = re.compile(r"[!-+\--~](?:[ -+\--~]*[!-+\--~])?")
_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*(\d{1,9})\s*(?:$|[,;\s])", re.ASCII)


def register(app: Flask) -> None:
    """What every request must pass before its endpoint sees it."""
    app.before_request(_acceptable)


def body(model: type[Model], limit: int | None = None, unfit: re.Pattern[str] = UNSTORABLE) -> Model:
    """The JSON body as this model. Raises Refused with every fault at once. No text may hold what is `unfit`."""
    _json_type()
    return validate(model, parse(_read(limit)), unfit)


def text(limit: int) -> str:
    """A `text/plain` body. Line ends may be anything: a saved file has CR LF, and nothing of it is stored."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii") or request.headers.get("Content-Encoding"):
        raise Refused("unsupported-media-type", "Send the text as UTF-8, not compressed.")
    return _decode(_read(limit), "bad-request")


def _json_type() -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset not in ("utf-8", "utf8"):
        raise Refused("unsupported-media-type", "Send the body as `Content-Type: application/json`, in UTF-8.")
    if request.headers.get("Content-Encoding"):
        raise Refused("unsupported-media-type", "Send the body as it is, without a Content-Encoding.")


def _read(limit: int | None) -> bytes:
    """The whole body, at most `limit` bytes of it. Raises RequestEntityTooLarge before more than that is read."""
    limit = limit or current_app.config["MAX_CONTENT_LENGTH"]
    # One byte more: Werkzeug's own limit silently cuts a chunked body off where it is reached.
    request.max_content_length = limit + 1
    connection = request.environ.get("gunicorn.socket")
    patience = connection.gettimeout() if connection else None
    try:
        if connection:
            connection.settimeout(MAX_SILENCE)
        raw = request.get_data(cache=False)
        if len(raw) > limit:
            raise RequestEntityTooLarge
    except RequestEntityTooLarge:
        # What is left of it is not worth reading: the connection ends here (see gunicorn.conf.py).
        getattr(request.environ["wsgi.input"], "force_close", int)()
        raise
    except (OSError, ParseException):  # silence, or chunks that are none
        raise Refused("bad-request", "The body did not come whole.") from None
    finally:
        if connection:
            connection.settimeout(patience)
    if request.content_length is not None and len(raw) < request.content_length:
        raise Refused("bad-request", "The body ended before the length that was told.")
    return raw


def _decode(raw: bytes, slug: str = "invalid-json") -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Refused(slug, f"At byte {error.start}: this is not UTF-8.") from None


def _unusable(why: str) -> NoReturn:
    raise Refused("invalid-json", why)


def parse(raw: bytes) -> object:
    """The Python value of a JSON text. Raises Refused `invalid-json`, with the byte where reading stopped."""
    words = _decode(raw)
    if words.startswith("\ufeff"):
        _unusable("At byte 0: a byte order mark. Send plain UTF-8.")
    _measure_depth(words)
    try:
        return json.loads(
            words,
            object_pairs_hook=_object,
            parse_constant=lambda name: _unusable(f"{name} is not a JSON number."),
            parse_float=_number,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        at = len(words[: error.pos].encode())
        raise Refused("invalid-json", f"At byte {at}: {error.msg[0].lower()}{error.msg[1:]}.") from None


def _measure_depth(words: str) -> None:
    """Refuses what is nested too deeply, before any parser recurses into it."""
    depth = 0
    for token in _TOKEN.finditer(words):
        if token[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                at = len(words[: token.start()].encode())
                _unusable(f"At byte {at}: nested more than {MAX_DEPTH} levels deep.")
        elif token[0] in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            _unusable(f"The key {_shown(key)} stands twice in one object.")
        found[key] = value
    return found


def _number(digits: str) -> float:
    if len(digits) > MAX_NUMBER or not math.isfinite(value := float(digits)):
        _unusable(f"The number {digits[:MAX_NUMBER]} is too long or too large.")
    return value


def _integer(digits: str) -> int:
    if len(digits) > MAX_NUMBER:
        _unusable(f"The number {digits[:MAX_NUMBER]}... is too long.")
    return int(digits)


def _shown(key: str) -> str:
    """A client's own word, safe to send back: short, in quotes, without what cannot be encoded."""
    return json.dumps(key[:60])


def validate(model: type[Model], value: object, unfit: re.Pattern[str] = UNSTORABLE) -> Model:
    """This value as this model, strictly. Raises Refused `validation-failed` with every fault at once."""
    faults = list(_text_faults(value, unfit, ()))
    dark = {fault.pointer for fault in faults}
    try:
        found = model.model_validate(value)
    except ValidationError as error:
        faults += [fault for fault in _model_faults(error) if fault.pointer not in dark]
    if faults:
        raise Refused("validation-failed", _counted(faults), faults)
    return found


def _counted(faults: Sequence[Fault]) -> str:
    one = faults[0]
    first = f"{one.pointer or 'The body'}: {one.detail}"
    return first if len(faults) == 1 else f"{first} And {len(faults) - 1} more, see `errors`."


def _text_faults(value: object, unfit: re.Pattern[str], at: tuple[str | int, ...]) -> Iterator[Fault]:
    """What Postgres could not store: NUL, lone surrogates and control characters, in values and in keys."""
    if isinstance(value, str):
        if bad := unfit.search(value):
            code = f"U+{ord(bad[0]):04X}"
            yield Fault(pointer(at), "text-not-storable", f"Text may not hold the character {code}.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if unfit.search(key):
                yield Fault(pointer(at), "text-not-storable", f"The key {_shown(key)} holds a control character.")
            else:
                yield from _text_faults(inner, unfit, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _text_faults(inner, unfit, (*at, number))


# pydantic's word for a fault, and ours where its message would speak of Python.
_WORDS = {
    "missing": "This field is required.",
    "extra_forbidden": "There is no such field.",
    "model_type": "This must be an object.",
    "dict_type": "This must be an object.",
    "list_type": "This must be a list.",
    "string_type": "This must be text.",
    "int_type": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "string_unicode": "This text holds what is not a character.",
    "string_too_short": "This must not be empty.",
    "string_too_long": "{max_length} characters are the most.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "This must be one of: {expected}.",
    "too_short": "There must be {min_length} or more of these.",
    "too_long": "{max_length} of these are the most.",
}


# Steps of pydantic's that are none in the body: a key that is at fault, and which kind of op it was taken for.
_MARKS = ("[key]", "[cell]", "[range]")


def _model_faults(error: ValidationError) -> Iterator[Fault]:
    for fault in error.errors(include_url=False, include_input=False):
        code = fault["type"]
        words = _WORDS[code].format(**fault.get("ctx", {})) if code in _WORDS else fault["msg"].rstrip(".") + "."
        steps = [step for step in fault["loc"] if step not in _MARKS]
        # A key that cannot even be shown is told by `_text_faults`, at its object.
        if not any(isinstance(step, str) and UNSTORABLE.search(step) for step in steps):
            yield Fault(pointer(steps), code.replace("_", "-"), words)


def pointer(steps: Sequence[str | int]) -> str:
    """A JSON Pointer (RFC 6901) to that place of the body; the body itself is the empty one."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


# --- the address ------------------------------------------------------------------------------------------------


def whole(name: str, low: int, high: int, default: int) -> int:
    """A whole number of the query: plain ASCII digits, once. Else 422 that names the parameter."""
    given = request.args.getlist(name)
    if not given:
        return default
    if len(given) == 1 and re.fullmatch(r"-?[0-9]{1,19}", given[0]) and low <= int(given[0]) <= high:
        return int(given[0])
    words = f"`{name}` must be one whole number from {low} to {high}."
    raise Refused("validation-failed", words, [Fault(name, "query", words)])


def choice(name: str, allowed: Sequence[str]) -> str | None:
    """One of a few words of the query, or None when it is absent. Else 422 that names the parameter."""
    given = request.args.getlist(name)
    if not given:
        return None
    if len(given) == 1 and given[0] in allowed:
        return given[0]
    words = f"`{name}` must be one of: {', '.join(allowed)}."
    raise Refused("validation-failed", words, [Fault(name, "query", words)])


def shaped(name: str, shape: str) -> str | None:
    """A word of this shape of the query, or None when it is absent. Else 422 that names the parameter."""
    given = request.args.getlist(name)
    if not given:
        return None
    if len(given) == 1 and re.fullmatch(shape, given[0], re.ASCII):
        return given[0]
    words = f"`{name}` is not the key of anything."
    raise Refused("validation-failed", words, [Fault(name, "query", words)])


def cursor() -> str | None:
    """The cursor of the query as it came; whether it is one of ours the store says."""
    given = request.args.getlist("cursor")
    if not given:
        return None
    if len(given) > 1 or not re.fullmatch(r"[A-Za-z0-9_=.~-]{1,256}", given[0]):
        raise Refused("invalid-cursor")
    return given[0]


def after() -> int:
    """The number of the last event the client has: `Last-Event-ID`, else `?after=`, else 0. Neither may be nonsense."""
    header, query = (
        _event(given) for given in (request.headers.getlist("Last-Event-ID"), request.args.getlist("after"))
    )
    return header if header is not None else query or 0


def _event(given: list[str]) -> int | None:
    if not given:
        return None
    if len(given) > 1 or not re.fullmatch(r"[0-9]{1,18}", given[0].strip()):
        raise Refused("invalid-last-event-id", "The number of an event is one whole number, 0 or more.")
    return min(int(given[0]), MAX_EVENT)


# --- how ----------------------------------------------------------------------------------------------------------


def wait() -> int:
    """Seconds of `Prefer: wait=n`, at most 60; 0 when there is none or it makes no sense (RFC 7240 says: ignore)."""
    found = _WAIT.search(",".join(request.headers.getlist("Prefer")))
    return min(int(found[1]), MAX_WAIT) if found else 0


def idempotency_key() -> str | None:
    """`Idempotency-Key`, or None. A server joins a header that came twice by a comma, so none may stand in it."""
    given = request.headers.getlist("Idempotency-Key")
    if not given:
        return None
    if len(given) > 1 or len(given[0]) > 255 or not _KEY.fullmatch(given[0]):
        raise Refused("idempotency-key-invalid")
    return given[0]


def _acceptable() -> None:
    told = openapi.operation_of(current_app, request.endpoint)
    forms = told.forms if told else []
    accept = request.accept_mimetypes
    if forms and accept and not any(accept.quality(form) > 0 for form in (*forms, openapi.PROBLEM)):
        raise Refused("not-acceptable", f"This address answers in: {', '.join(forms)}.")
