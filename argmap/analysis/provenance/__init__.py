"""Provenance: the origins of the evidence for a claim, counted apart from its mentions.

`live_map_of` finds the evidence that has an origin, `count_origins` counts the origins of
all claims in one pass, and `provenance_of` lists those of one claim in full.
"""

from __future__ import annotations

from .circles import Circle
from .claim_provenance import (
    CertaintyGrowth,
    DeadEnd,
    Origin,
    Provenance,
    SharedAncestor,
    find_certainty_growth,
    provenance_of,
)
from .copies import SuspectedCopy, Wording, suspected_copies, wording_of
from .corroboration import CountedOrigins
from .counting import OriginCount, count_origins
from .direct_evidence import DirectItem, direct_items
from .extent import is_listable
from .live_map import LiveMap, live_map_of

__all__ = [
    "CertaintyGrowth",
    "Circle",
    "CountedOrigins",
    "DeadEnd",
    "DirectItem",
    "LiveMap",
    "Origin",
    "OriginCount",
    "Provenance",
    "SharedAncestor",
    "SuspectedCopy",
    "Wording",
    "count_origins",
    "direct_items",
    "find_certainty_growth",
    "is_listable",
    "live_map_of",
    "provenance_of",
    "suspected_copies",
    "wording_of",
]
