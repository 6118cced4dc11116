"""Devices of a maker: listed, and removed; a removed one is a stranger from that moment on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select, update

from db.models import Device, DeviceLink
from db.records.errors import NoSuchDevice
from db.records.jobs import stamp
from db.session import Session

View = dict[str, Any]


def devices_of(maker_id: str) -> list[View]:
    """A maker's devices, newest first: [{id, name, created_at, seen_at}]."""
    wanted = select(Device).where(Device.maker_id == maker_id, Device.revoked_at.is_(None))
    with Session() as session:
        return [view(each) for each in session.scalars(wanted.order_by(Device.created_at.desc(), Device.id))]


def revoke_device(device_id: str, maker_id: str) -> None:
    """Takes a device its token, and the link and the recovery code that it has made.

    Raises NoSuchDevice when it is not this maker's, or is revoked already.
    """
    mine = (Device.id == device_id, Device.maker_id == maker_id, Device.revoked_at.is_(None))
    with Session.begin() as session:
        revoked = update(Device).where(*mine).values(revoked_at=func.now()).returning(Device.id)
        if session.scalar(revoked) is None:
            raise NoSuchDevice(device_id)
        session.execute(delete(DeviceLink).where(DeviceLink.device_id == device_id))


def view(found: Device) -> View:
    """A device in the shape the API shows, less whether it is the one that asks."""
    return {
        "id": found.id,
        "name": found.name,
        "created_at": stamp(found.created_at),
        "seen_at": stamp(found.seen_at),
    }
