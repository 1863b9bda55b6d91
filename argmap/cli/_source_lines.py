"""Lines about sources: a name with its id, and groups of possible duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model.source import Source

MOST_SHOWN: Final = 5
"""The most lines of one kind on standard error; one more line counts the others."""

TO_MERGE: Final = "argmap sources --merge ID INTO merges two duplicates"
"""Advice on two sources that look like duplicates."""


def group_line(group: Sequence[Source]) -> str:
    """Return a line that names sources which look like duplicates."""
    more = f" and {len(group) - MOST_SHOWN:,} more" if len(group) > MOST_SHOWN else ""
    return f"same name: {'; '.join(map(source_with_id, group[:MOST_SHOWN]))}{more}"


def source_with_id(source: Source) -> str:
    """Return the name of *source* with its id, which distinguishes it from its namesakes."""
    return f"{source.name} ({source.id})"
