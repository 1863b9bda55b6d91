"""How much stands behind a claim: little enough to be told, or more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .live_map import LiveMap

MOST_LISTED: Final = 100
"""Steps, statements and sources behind a claim up to which it can be told in full."""


def is_listable(live_map: LiveMap, claim: str) -> bool:
    """Tell whether at most `MOST_LISTED` steps, statements and sources stand behind a claim.

    No more than these are looked at, so that all claims of a map can be asked about.
    """
    argument_map = live_map.argument_map
    met: set[str] = {claim}
    waiting = [claim]
    while waiting:
        here = waiting.pop()
        if here in argument_map.sources:
            behind = argument_map.sources[here].derives_from
        else:
            trail = live_map.items.get(here) or live_map.circular.get(here)
            steps = argument_map.inferences_to.get(here, ())
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
