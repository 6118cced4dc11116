"""Hooks: what schemathesis has to know of us that no schema can say."""

from __future__ import annotations

import itertools
import os
import re
from typing import Any

import requests
import schemathesis

from api.openapi import KEY

LAST = ("delete_mine", "revoke_device")
_numbers = itertools.count(1)


@schemathesis.auth(refresh_interval=None)
class Maker:
    """Who asks: always the same maker, but for who would delete that maker, or remove the device that asks."""

    def get(self, case: Any, context: Any) -> str:
        if case.operation.definition.raw["operationId"] not in LAST:
            return os.environ["TOKEN"]
        minted = requests.post(f"{os.environ['KNOTTY']}/api/v1/makers", timeout=30)
        return str(minted.json()["token"])

    def set(self, case: Any, token: str, context: Any) -> None:
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def before_call(context: Any, case: Any, **kwargs: Any) -> None:
    """An Idempotency-Key stands for one request: each request gets one of its own, if it bears a good one."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and len(key) <= KEY.schema["maxLength"] and re.search(KEY.schema["pattern"], key):
        case.headers["Idempotency-Key"] = f"{key[:240]}-{next(_numbers)}"
