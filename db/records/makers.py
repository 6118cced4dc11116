"""Makers: minted with a token, known again by it. The token itself is never kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session as Transaction

from db.ids import new_id
from db.models import Device, Maker
from db.prepared import Prepared
from db.session import Session, reading

SEEN = timedelta(hours=1)  # how exactly it is kept when a device was last here; every request would be a write

# Who bears a token, as columns of a statement that asks more; none of them when it is nobody's.
BEARING = (
    Device.maker_id.label("bearer"),
    Device.id.label("device"),
    (Device.seen_at < func.now() - SEEN).label("long_ago"),
)
# Asked before nearly every request.
_BEARER = Prepared(select(*BEARING).where(Device.token_hash == bindparam("hash"), Device.revoked_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a token: the maker, and which of their devices."""

    maker_id: str
    device_id: str


def mint_maker(name: str = "") -> tuple[str, str]:
    """A new maker with one device of this name: the maker's id, and the token, which is shown this once."""
    maker_id = new_id("mkr")
    with Session.begin() as session:
        session.add(Maker(id=maker_id))
        session.flush()
        _, token = add_device(session, maker_id, name)
    return maker_id, token


def add_device(session: Transaction, maker_id: str, name: str) -> tuple[Device, str]:
    """One more device of a maker, and its token."""
    token = new_token()
    made = Device(id=new_id("dev"), maker_id=maker_id, name=name, token_hash=token_hash(token))
    session.add(made)
    session.flush()
    return made, token


def bearer_of(token: str) -> Bearer | None:
    """Whose token this is; None when it is nobody's or has been revoked."""
    with reading() as driver:
        found = _BEARER.ask(driver, hash=token_hash(token)).fetchone()
    return borne_by(found) if found else None


def borne_by(found: Any) -> Bearer | None:
    """Who bears the token, of a row with BEARING; it is kept that they were here."""
    if found.bearer is None:
        return None
    if found.long_ago:
        with Session.begin() as session:
            session.execute(update(Device).where(Device.id == found.device).values(seen_at=func.now()))
    return Bearer(found.bearer, found.device)


def new_token() -> str:
    """256 random bits."""
    return f"kn_{secrets.token_urlsafe(32)}"


def token_hash(token: str) -> bytes:
    """What is kept of a token."""
    # A fast hash is enough: the token is 256 random bits, nobody guesses it from a list.
    return hashlib.sha256(token.encode()).digest()
