"""The level of corroboration that the origins on the map suggest for a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.analysis.provenance import live_map_of, provenance_of

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap


def suggestion_for(argument_map: ArgumentMap, claim: str) -> str:
    """Return the suggested level of corroboration of *claim*, an id, with the reason."""
    count = provenance_of(live_map_of(argument_map), claim).count
    if count.direct.level is None:
        return f"nothing suggested: {count.summary}"
    return f"suggested {count.direct.level}: {count.summary}{count.direct.access_summary}"
