"""Where the evidence for a claim comes from: its origins, counted apart from its mentions.

`living` says what stands in a map, `count_origins` counts for all its claims at once, and
`provenance_of` tells one claim's ways back in full.
"""

from __future__ import annotations

from .circles import Circle
from .claims import DeadEnd, Growth, Origin, Provenance, SharedAncestor, growth_in, provenance_of
from .copies import SuspectedCopy, Wording, suspected_copies, wording_of
from .corroboration import CountedOrigins
from .counting import OriginCount, count_origins
from .direct import DirectItem, direct_items
from .extent import is_tellable
from .life import Living, living

__all__ = [
    "Circle",
    "CountedOrigins",
    "DeadEnd",
    "DirectItem",
    "Growth",
    "Living",
    "Origin",
    "OriginCount",
    "Provenance",
    "SharedAncestor",
    "SuspectedCopy",
    "Wording",
    "count_origins",
    "direct_items",
    "growth_in",
    "is_tellable",
    "living",
    "provenance_of",
    "suspected_copies",
    "wording_of",
]
