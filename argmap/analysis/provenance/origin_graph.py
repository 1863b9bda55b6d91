"""The graph that leads from the claims of a map through items to the origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .live_map import voices_to_follow
from .trails import derived_behind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .live_map import LiveMap


@frozen
class OriginGraph:
    """A graph with numbered nodes: sources, items, and two nodes for each statement."""

    live_map: LiveMap
    sources: Mapping[str, int]
    """The number of each source that an item leads to, by id."""
    items: Mapping[str, int]
    """The number of each item that supports a statement, by id."""
    supports: Mapping[str, int]
    """The node of all support for each claim, and for each statement that a claim rests on."""
    inherited: Mapping[str, int]
    """The node of the support for the premises of each of these, without those premises."""
    successors: Sequence[Sequence[int]]


def origin_graph_of(live_map: LiveMap) -> OriginGraph:
    """Return the graph from every live claim of a map to its origins."""
    known = live_map.argument_map.sources
    premises = _premises(live_map)
    # Only evidence that supports a claim: any other would add columns that no count needs.
    used = dict.fromkeys(p for some in premises.values() for p in some if p in live_map.items)
    led = {item: voices_to_follow(live_map.items[item], known, live_map.removed) for item in used}
    starts = (voice for voices in led.values() for voice in voices)
    sources = _numbered(derived_behind(starts, known, live_map.removed), 0)
    items = _numbered(led, len(sources))
    # Two nodes for each statement, because support for its premises is also counted by itself.
    supports = _numbered(premises, len(sources) + len(items))
    inherited = _numbered(premises, len(sources) + len(items) + len(supports))
    successors: list[tuple[int, ...]] = [  # tuples, because most are short and many are empty
        *(tuple(sources[o] for o in known[s].derives_from if o in sources) for s in sources),
        *(tuple(sources[voice] for voice in voices) for voices in led.values()),
        *(
            (*(items[p] for p in some if p in items), inherited[conclusion])
            for conclusion, some in premises.items()
        ),
        *(tuple(supports[p] for p in some if p in supports) for some in premises.values()),
    ]
    return OriginGraph(live_map, sources, items, supports, inherited, successors)


def _premises(live_map: LiveMap) -> dict[str, tuple[str, ...]]:
    """Map each live claim, and each statement that supports it, to its live premises."""
    to = live_map.argument_map.inferences_to
    found: dict[str, tuple[str, ...]] = {}
    waiting = [
        statement.id
        for statement in live_map.argument_map.ordered_statements
        if statement.kind == "claim" and statement.id not in live_map.dead
    ]
    while waiting:
        conclusion = waiting.pop()
        if conclusion not in found:
            steps = live_map.supporting_inferences(conclusion)
            found[conclusion] = tuple(p for step in steps for p in step.premises)
            waiting += (p for p in found[conclusion] if p in to and p not in found)
    return found


def _numbered(ids: Sequence[str] | Mapping[str, object], first: int) -> dict[str, int]:
    return {id_: number for number, id_ in enumerate(ids, first)}
