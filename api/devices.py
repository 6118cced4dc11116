"""Devices: the browsers and programs of one maker."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, credentials
from api.openapi import operation
from db import records

bp = Blueprint("devices", __name__, url_prefix="/api/v1/devices")


@bp.get("")
@operation("List my devices", {200: answers.DeviceList}, who="maker")
def list_devices() -> ResponseReturnValue:
    """My devices, newest first; `current` is the one that asks. Each has its own token, of which we keep a hash."""
    me = credentials.bearer()
    found = records.devices_of(me.maker_id)
    return jsonify({"data": [each | {"current": each["id"] == me.device_id} for each in found]})


@bp.delete("/<id('dev'):device_id>")
@operation("Remove a device", {204: None}, refuses=("not-found",), who="maker")
def revoke_device(device_id: str) -> ResponseReturnValue:
    """From now on its token is worth nothing. The one that asks may go too: then its cookie is cleared."""
    me = credentials.bearer()
    records.revoke_device(device_id, me.maker_id)
    answer = Response(status=204)
    if device_id == me.device_id and not request.headers.get("Authorization"):
        credentials.clear_cookie(answer)
    return answer
