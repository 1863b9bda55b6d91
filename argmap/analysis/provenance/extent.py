"""A limit on the provenance that is listed in full for one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .live_map import LiveMap

MOST_LISTED: Final = 100
"""The most inferences, statements and sources behind a claim that are listed in full."""


def is_listable(live_map: LiveMap, claim: str) -> bool:
    """Return whether the provenance of *claim* is small enough to be listed in full.

    It has at most `MOST_LISTED` inferences, statements and sources. The search stops at that
    number, so that it can be run for all claims of a map.
    """
    argument_map = live_map.argument_map
    met: set[str] = {claim}
    waiting = [claim]
    while waiting:
        node = waiting.pop()
        if node in argument_map.sources:
            behind = argument_map.sources[node].derives_from
        else:
            trail = live_map.items.get(node) or live_map.circular.get(node)
            steps = argument_map.inferences_to.get(node, ())
            # Before their premises are gathered, of which there may be a great many.
            if len(steps) > MOST_LISTED:
                return False
            premises = (p for s in steps if s.stance == "supports" for p in (s.id, *s.premises))
            behind = (*premises, *(trail.voices if trail else ()))
        for each in behind:
            if each not in met:
                met.add(each)
                if each not in argument_map.inferences:
                    waiting.append(each)
            if len(met) > MOST_LISTED:
                return False
    return True
