"""Keys: random, made at first use, shared by every process. What they sign or hide is worthless without the store."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from db.models import ServerKey
from db.session import Session


def server_key(name: str) -> bytes:
    """The key of this name: 32 bytes, the same for all who ask, from the first time on."""
    wanted = select(ServerKey.key).where(ServerKey.name == name)
    with Session.begin() as session:
        found = session.scalar(wanted)
        if found is None:
            # Two at once: one of them makes it, both read it.
            session.execute(insert(ServerKey).values(name=name, key=secrets.token_bytes(32)).on_conflict_do_nothing())
            found = session.scalars(wanted).one()
        return found
