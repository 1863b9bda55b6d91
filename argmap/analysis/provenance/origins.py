"""The origins of sources by derivation alone: the sources that derive from no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.graphs.components import components

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from argmap.model.source import Source

AUTHOR: Final = ""
"""The id that represents the document's author; no source has an empty id."""

OriginsBySource = dict[str, frozenset[str]]
"""For each source that is not removed, the ids of its origins."""


def origins_by_derivation(
    sources: Mapping[str, Source], removed: AbstractSet[str]
) -> OriginsBySource:
    """Return the origins that derivation alone leads to from each source.

    A source that derives from no other is its own origin. A source has none if all sources
    that it derives from are removed, or if derivation only runs in circles.
    """
    ids = [id_ for id_ in sources if id_ not in removed]
    numbers = {id_: number for number, id_ in enumerate(ids)}
    successors = [[numbers[o] for o in sources[s].derives_from if o in numbers] for s in ids]
    origins: OriginsBySource = {}
    for circle in components(successors):  # a circle comes after all circles that it leads to
        members = {ids[node] for node in circle}
        derived = {o for member in members for o in sources[member].derives_from}
        behind = {origins[origin] for origin in derived if origin in origins}
        if len(behind) == 1:  # most sources derive from one, so that a long line shares one set
            own = behind.pop()
        else:
            own = frozenset().union(*behind) if derived else frozenset(members)
        origins.update(dict.fromkeys(members, own))
    return origins
