"""Signing: the secrets that a maker's webhooks are signed with."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from db.models import WebhookSecret
from db.records.clock import now


def ensure_secret(session: Transaction, maker_id: str) -> None:
    """A maker has a secret from the first time that a webhook is spoken of; of two that begin at once one makes it."""
    drawn = base64.b64encode(secrets.token_bytes(32)).decode()
    session.execute(
        insert(WebhookSecret)
        .values(maker_id=maker_id, secret=f"whsec_{drawn}")
        .on_conflict_do_nothing(index_elements=["maker_id"], index_where=text("expires_at IS NULL"))
    )


def signing_secrets(session: Transaction, maker_id: str) -> Sequence[WebhookSecret]:
    """Those that sign now, the current one first."""
    return session.scalars(
        select(WebhookSecret)
        .where(
            WebhookSecret.maker_id == maker_id,
            WebhookSecret.expires_at.is_(None) | (WebhookSecret.expires_at > now()),
        )
        .order_by(WebhookSecret.expires_at.desc().nulls_first())
        .execution_options(populate_existing=True)
    ).all()
