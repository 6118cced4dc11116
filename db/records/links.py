"""Links: one more device for a maker, by a code read out, a secret in a link, or the recovery code on paper.

A short code has 8 letters: the first 4 say which link is meant, so that each wrong try is counted against it.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from db.models import Device, DeviceLink
from db.records.clock import now
from db.records.errors import NoSuchLink, Revoked
from db.records.jobs import stamp
from db.records.makers import Bearer, add_device, new_token, token_hash
from db.records.merging import take_over
from db.session import Session

View = dict[str, Any]

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: no words, and none that is read as a digit
SHORT, HALF = 8, 4
LONG = 30  # of 20 letters: 129 bits
TRIES = 5
LASTS = timedelta(minutes=5)


def open_link(bearer: Bearer) -> View:
    """A code and a secret, good once, for five minutes: {code, secret, expires_at}. A new one ends the one before."""
    secret = secrets.token_urlsafe(16)
    with Session.begin() as session:
        _still_theirs(session, bearer)
        session.execute(delete(DeviceLink).where(DeviceLink.expires_at < now()))
        until = func.clock_timestamp() + LASTS
        while True:
            code = _letters(SHORT)
            try:
                with session.begin_nested():
                    made = _keep(session, bearer, "link", code, code[:HALF], token_hash(secret), until)
            except IntegrityError:  # its first half is another link's
                continue
            return {"code": _grouped(code, HALF), "secret": secret, "expires_at": stamp(made.expires_at)}


def open_recovery(bearer: Bearer) -> View:
    """A code to print, good once, until it is used or revoked: {code, created_at}. A new one ends the one before."""
    code = _letters(LONG)
    with Session.begin() as session:
        _still_theirs(session, bearer)
        made = _keep(session, bearer, "recovery", code)
        return {"code": _grouped(code, 5), "created_at": stamp(made.created_at)}


def recovery_of(maker_id: str) -> View | None:
    """Whether a maker has a recovery code that is still good: {created_at}."""
    with Session() as session:
        found = session.get(DeviceLink, (maker_id, "recovery"))
        return {"created_at": stamp(found.created_at)} if found else None


def revoke_recovery(maker_id: str) -> None:
    """Ends a maker's recovery code. Raises NoSuchLink when there is none."""
    with Session.begin() as session:
        mine = (DeviceLink.maker_id == maker_id, DeviceLink.kind == "recovery")
        if session.scalar(delete(DeviceLink).where(*mine).returning(DeviceLink.kind)) is None:
            raise NoSuchLink


def redeem(name: str | None, code: str | None = None, secret: str | None = None, asks: Bearer | None = None) -> View:
    """Makes a device the maker's who gave the code or the secret, with a token of its own: {id, token, device_id}.

    `asks` is whose device it was until now: what that maker has becomes the other's, and that maker ends, with the
    tokens of all their devices. The code is spent. Raises NoSuchLink for one that is unknown, used, over, or has been
    tried wrongly too often.
    """
    with Session.begin() as session:
        found = _by_secret(session, secret) if code is None else _by_code(session, code)
        if found is not None:
            maker_id = found.maker_id
            session.delete(found)
            session.flush()
            return _let_in(session, maker_id, name, asks)
    raise NoSuchLink  # behind the commit: a wrong try has been counted


def _let_in(session: Transaction, maker_id: str, name: str | None, asks: Bearer | None) -> View:
    known = session.get(Device, asks.device_id) if asks else None
    name = name or (known.name if known else "")
    if known is not None and known.maker_id == maker_id and known.revoked_at is None:
        token = new_token()
        known.name, known.token_hash = name, token_hash(token)
        return {"id": maker_id, "token": token, "device_id": known.id}
    if asks is not None and asks.maker_id != maker_id:
        take_over(session, asks.maker_id, maker_id)
    made, token = add_device(session, maker_id, name)
    return {"id": maker_id, "token": token, "device_id": made.id}


def _by_secret(session: Transaction, secret: str | None) -> DeviceLink | None:
    wanted = select(DeviceLink).where(DeviceLink.secret_hash == token_hash(secret or ""), DeviceLink.expires_at > now())
    return session.scalar(wanted.with_for_update())


def _by_code(session: Transaction, said: str) -> DeviceLink | None:
    """The link of this code. Another with the same first half has been tried wrongly, and ends at the fifth try."""
    code = "".join(said.upper().replace("-", " ").split())
    if len(code) != SHORT:
        wanted = select(DeviceLink).where(DeviceLink.code_hash == token_hash(code), DeviceLink.kind == "recovery")
        return session.scalar(wanted.with_for_update())
    near = select(DeviceLink).where(
        DeviceLink.locator == code[:HALF], DeviceLink.expires_at > now(), DeviceLink.tries < TRIES
    )
    found = session.scalar(near.with_for_update())
    if found is None or hmac.compare_digest(found.code_hash, token_hash(code)):
        return found
    found.tries += 1
    return None


def _still_theirs(session: Transaction, bearer: Bearer) -> None:
    """Holds the device: one that is revoked meanwhile opens no door behind itself."""
    found = session.get(Device, bearer.device_id, with_for_update={"key_share": True})
    if found is None or found.revoked_at is not None:
        raise Revoked(bearer.device_id)


def _keep(
    session: Transaction,
    bearer: Bearer,
    kind: str,
    code: str,
    locator: str | None = None,
    secret_hash: bytes | None = None,
    expires_at: Any = None,
) -> DeviceLink:
    """In the place of the one before: two devices may open one at the same moment."""
    values = {
        "device_id": bearer.device_id,
        "locator": locator,
        "code_hash": token_hash(code),
        "secret_hash": secret_hash,
        "tries": 0,
        "created_at": func.clock_timestamp(),
        "expires_at": expires_at,
    }
    one = insert(DeviceLink).values(maker_id=bearer.maker_id, kind=kind, **values)
    kept = one.on_conflict_do_update(index_elements=["maker_id", "kind"], set_=values).returning(DeviceLink)
    return session.scalars(kept).one()


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def _grouped(code: str, size: int) -> str:
    return "-".join(code[at : at + size] for at in range(0, len(code), size))
