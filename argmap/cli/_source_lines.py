"""Lines about sources: the name of one, and groups that look like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model.source import Source

MOST_SHOWN: Final = 5
"""Lines of a kind on standard error; one more counts the rest."""

TO_MERGE: Final = "argmap sources --merge ID INTO makes one of two that are one"
"""What to do about two sources that look like one."""


def group_line(group: Sequence[Source]) -> str:
    """Return the line that names sources which look like one."""
    more = f" and {len(group) - MOST_SHOWN:,} more" if len(group) > MOST_SHOWN else ""
    return f"one name: {'; '.join(map(named, group[:MOST_SHOWN]))}{more}"


def named(source: Source) -> str:
    """Return the name of *source* with its id, which tells it from another of that name."""
    return f"{source.name} ({source.id})"
