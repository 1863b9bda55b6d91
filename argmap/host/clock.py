"""The current time, recorded with edits and imports."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return the current UTC time, to the second, in ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
