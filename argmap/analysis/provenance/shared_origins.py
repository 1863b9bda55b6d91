"""Sources that users have declared to share one origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.model.source import Source


def shared_origin_roots(sources: Mapping[str, Source]) -> dict[str, str]:
    """Map each source to the least id among the sources that share its origin.

    Removed sources count too: that two sources share an origin stays known without them.
    """
    parent = {id_: id_ for id_ in sources}

    def root(id_: str) -> str:
        # Halving the path keeps the search short, however long a row of shared origins is.
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    for source in sources.values():
        for other in source.same_origin:
            if other in parent:
                first, second = sorted((root(source.id), root(other)))
                parent[second] = first
    return {id_: root(id_) for id_ in sources}
