"""Cursors: where a list went on, signed for the list it came from: another maker's, or another filter's, is nothing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence

from db.records.errors import BadCursor
from db.records.keys import server_key

_SIGNATURE = 12  # bytes


def write_cursor(scope: str, place: Sequence[str]) -> str:
    """A cursor for this place of the list that `scope` names: what it lists, for whom, by which filter."""
    said = json.dumps(place).encode()
    return base64.urlsafe_b64encode(_sign(scope, said) + said).decode().rstrip("=")


def read_cursor(scope: str, cursor: str) -> list[str]:
    """The place again. Raises BadCursor for what we have not written for this very list."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCursor(cursor) from error
    signature, said = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if not hmac.compare_digest(signature, _sign(scope, said)):
        raise BadCursor(cursor)
    place: list[str] = json.loads(said)
    return place


def _sign(scope: str, said: bytes) -> bytes:
    return hmac.digest(server_key("cursors"), scope.encode() + b"\0" + said, hashlib.sha256)[:_SIGNATURE]
