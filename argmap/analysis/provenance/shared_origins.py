"""Sources that are one origin, by what people have said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.model.source import Source


def shared_origin_roots(sources: Mapping[str, Source]) -> dict[str, str]:
    """Return for each source of *sources* the least id among those that share its origin.

    Whether a source stands plays no part: that two share an origin is known all the same.
    """
    parent = {id_: id_ for id_ in sources}

    def root(id_: str) -> str:
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
