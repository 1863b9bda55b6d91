"""The time, and ids that nothing else has: what edits are stamped with."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime

from argmap.records.identity import edit_id


def now() -> str:
    """Return the time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fresh_id() -> str:
    """Return an id for what an edit makes."""
    return edit_id(time.time_ns() // 1_000_000, secrets.token_bytes(10))
