"""Makers: minted with a token, known again by it. The token itself is never kept."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import select

from db.ids import new_id
from db.models import Device, Maker
from db.session import Session


def mint_maker(name: str = "") -> tuple[str, str]:
    """A new maker with one device of this name: the maker's id, and the token, which is shown this once."""
    maker_id, token = new_id("mkr"), f"kn_{secrets.token_urlsafe(32)}"
    with Session.begin() as session:
        session.add(Maker(id=maker_id))
        session.flush()
        session.add(Device(id=new_id("dev"), maker_id=maker_id, name=name, token_hash=_hash(token)))
    return maker_id, token


def maker_of(token: str) -> str | None:
    """Whose token this is; None when it is nobody's or has been revoked."""
    with Session() as session:
        return session.scalar(
            select(Device.maker_id).where(Device.token_hash == _hash(token), Device.revoked_at.is_(None))
        )


def _hash(token: str) -> bytes:
    # A fast hash is enough: the token is 256 random bits, nobody guesses it from a list.
    return hashlib.sha256(token.encode()).digest()
