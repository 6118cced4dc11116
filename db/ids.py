"""Ids: a prefix that says what it is, and 128 random bits."""

from __future__ import annotations

import base64
import secrets


def new_id(prefix: str) -> str:
    """Like `job_` and 26 lower-case base32 characters."""
    return f"{prefix}_{base64.b32encode(secrets.token_bytes(16)).decode().rstrip('=').lower()}"
