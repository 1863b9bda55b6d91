"""Ids for what edits make: nothing else has them, in this database or another."""

from __future__ import annotations

import secrets
import time

from argmap.records.ids import edit_id


def fresh_id() -> str:
    """Return an id for what an edit makes."""
    return edit_id(time.time_ns() // 1_000_000, secrets.token_bytes(10))
