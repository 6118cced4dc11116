"""Devices: the browsers and programs of one maker."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from api import answers, credentials, intake, schemas
from api.links import absolute
from api.openapi import operation
from db import records

bp = Blueprint("devices", __name__, url_prefix="/api/v1/devices")


@bp.get("")
@operation("List my devices", {200: answers.DeviceList}, who="maker")
def list_devices() -> ResponseReturnValue:
    """My devices, newest first; `current` is the one that asks. Each has its own token, of which we keep a hash."""
    me = credentials.bearer()
    found = records.devices_of(me.maker_id)
    data = [each | {"current": each["id"] == me.device_id} for each in found]
    return jsonify({"data": data, "recovery": records.recovery_of(me.maker_id)})


@bp.delete("/<id('dev'):device_id>")
@operation("Remove a device", {204: None}, refuses=("not-found",), who="maker")
def revoke_device(device_id: str) -> ResponseReturnValue:
    """From now on its token is worth nothing, nor are the link and the recovery code that it has made.

    The device that asks may go too: then its cookie is cleared.
    """
    me = credentials.bearer()
    records.revoke_device(device_id, me.maker_id)
    answer = Response(status=204)
    if device_id == me.device_id and not request.headers.get("Authorization"):
        credentials.clear_cookie(answer)
    return answer


@bp.post("/links")
@operation("Link another device", {201: answers.Link}, who="maker")
def create_link() -> ResponseReturnValue:
    """A code to read out and an address to open, either of them good once, for five minutes and five tries.

    The secret stands behind the `#`, so no server's log and no referrer holds it. A new link ends the one before.
    """
    made = records.open_link(credentials.bearer())
    url = absolute(f"/link#{made['secret']}")
    return jsonify({"code": made["code"], "url": url, "expires_at": made["expires_at"]}), 201


@bp.post("/recovery")
@operation("Make a recovery code", {201: answers.Recovery}, who="maker")
def create_recovery() -> ResponseReturnValue:
    """A code to print and keep, told this once: redeemed like a link's, good until it is used, replaced or revoked."""
    return jsonify(records.open_recovery(credentials.bearer())), 201


@bp.delete("/recovery")
@operation("Revoke my recovery code", {204: None}, refuses=("not-found",), who="maker")
def revoke_recovery() -> ResponseReturnValue:
    """The code on paper is worth nothing from now on."""
    records.revoke_recovery(credentials.maker_id())
    return Response(status=204)


@bp.post("/redeem")
@operation(
    "Redeem a code",
    {201: answers.Redeemed},
    takes=schemas.RedeemRequest,
    refuses=("not-found", "credentials-invalid"),
)
def redeem_link() -> ResponseReturnValue:
    """Become a device of the maker who gave the code or the link's secret. The token is new, and told this once.

    With credentials of another maker, all that they have becomes this maker's, ticks merged, and they end: their other
    devices are removed. A code that is unknown, used, over or was tried wrongly five times is 404.
    """
    asks = credentials.bearer_if_known()
    sent = intake.body(schemas.RedeemRequest)
    made = records.redeem(sent.name, sent.code or None, sent.secret or None, asks)
    answer = jsonify(made)
    answer.status_code = 201
    credentials.set_cookie(answer, made["token"])
    return answer
