"""The kinds of access that a text states for the origins of its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .corroboration import KINDS_OF_ACCESS
from .origins import AUTHOR
from .trails import CLASSES_WITHOUT_ORIGIN, is_identified, is_observed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.vocabulary import Access

    from .live_map import LiveMap


def stated_access(live_map: LiveMap, item: str) -> Iterator[tuple[str, Access]]:
    """Yield the identified origins of an item, each with a kind of access stated for it.

    The access stated for the innermost speaker of a chain counts for the origins that the speaker
    derives from: a report passes on how its issuer knows. The author is `AUTHOR`.

    Source: the rule is argmap's own; reports of two bodies are two ways of knowing, however
    many hands each report went through.
    """
    sources = live_map.argument_map.sources
    for attribution in live_map.argument_map.attributions_of.get(item, ()):
        kind, chain = attribution.access, attribution.chain
        if kind not in KINDS_OF_ACCESS or attribution.class_ in CLASSES_WITHOUT_ORIGIN:
            continue
        if is_observed(attribution):
            yield AUTHOR, kind
        # What the text says of a speaker falls with any voice through which it quotes them.
        elif chain and live_map.removed.isdisjoint(chain):
            origins = live_map.derived_origins(chain[-1:]) & live_map.origins_of(item)
            identified = (o for o in sorted(origins) if is_identified(sources[o]))
            yield from ((origin, kind) for origin in identified)
