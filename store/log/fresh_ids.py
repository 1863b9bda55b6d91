"""Ids for new entities, unique across databases."""

from __future__ import annotations

import secrets
import time


def fresh_id() -> str:
    """Return a new id for an entity that an edit creates."""
    from argmap.records.ids import edit_id

    return edit_id(time.time_ns() // 1_000_000, secrets.token_bytes(10))
