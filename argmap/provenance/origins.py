"""Which identified sources are one origin, and how it is said to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.provenance.corroboration import KINDS_OF_ACCESS
from argmap.provenance.trails import CLASSES_WITHOUT_ORIGIN, is_identified, is_observed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argmap.model.source import Source
    from argmap.model.words import Access
    from argmap.provenance.life import Living

AUTHOR: Final = ""
"""What stands for the document's author where sources stand by their ids, which are not empty."""


def merged(sources: Mapping[str, Source]) -> dict[str, str]:
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


def stated_access(living: Living, item: str) -> Iterator[tuple[str, Access]]:
    """Yield the identified ends that an item leads to, each with a kind of access stated for it.

    What is said of the innermost speaker of a chain holds for the origins that the speaker
    derives from: a report passes on how its issuer knows. The author is `AUTHOR`.

    Source: the rule is argmap's own; reports of two bodies are two ways of knowing, however
    many hands each report went through.
    """
    sources = living.argument_map.sources
    for attribution in living.argument_map.attributions_of.get(item, ()):
        kind, chain = attribution.access, attribution.chain
        if kind not in KINDS_OF_ACCESS or attribution.class_ in CLASSES_WITHOUT_ORIGIN:
            continue
        if is_observed(attribution):
            yield AUTHOR, kind
        elif chain and living.removed.isdisjoint(chain):
            ends = living.derived_ends(chain[-1:]) & living.ends_of(item)
            yield from ((end, kind) for end in sorted(ends) if is_identified(sources[end]))
