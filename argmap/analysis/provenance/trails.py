"""The trail of one item: from voice to voice, and on to the sources these derive from."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from argmap.model.map import ArgumentMap
    from argmap.model.source import Attribution, Source

CLASSES_WITHOUT_ORIGIN: Final = frozenset({"evidential_hedge", "author_assertion"})
"""Attribution classes that name no source, with any chain."""

_NOWHERE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})
"""Shared by all trails without a chain of several voices."""


@frozen
class Trail:
    """The voices that one item is attributed to; none where the author merely asserts it."""

    item: str
    starts: tuple[str, ...]
    """Ids of the first sources of its attributions' chains, each once."""
    voices: tuple[str, ...]
    """Ids of all sources of these chains, each once."""
    onward: Mapping[str, tuple[str, ...]]
    """For each source of a chain, the next voices; they count for this item only."""
    is_authors: bool
    """True if the author observed the item; the author is the one origin of all such items."""
    is_unknown: bool
    """True if no source is named for the item, so that it has no identified origin."""


def trail_of(argument_map: ArgumentMap, item: str) -> Trail:
    """Return the trail of the evidence with the id *item*.

    Source: the definition is argmap's own; only recorded derivation counts.
    """
    attributions = argument_map.attributions_of.get(item, ())
    traceable = [a for a in attributions if a.class_ not in CLASSES_WITHOUT_ORIGIN]
    chains = [a.chain for a in traceable if a.chain]
    # Dicts for ordered sets: the order of a set of strings differs from run to run.
    onward: dict[str, dict[str, None]] = {}
    for chain in chains:
        for voice, following in pairwise(chain):
            onward.setdefault(voice, {})[following] = None
    starts = tuple(dict.fromkeys([chain[0] for chain in chains]))
    voices = tuple(dict.fromkeys([voice for chain in chains for voice in chain]))
    return Trail(
        item,
        starts,
        starts if starts == voices else voices,  # one object: a big map has many trails
        {voice: tuple(following) for voice, following in onward.items()} if onward else _NOWHERE,
        is_authors=any(is_observed(a) for a in traceable),
        is_unknown=not attributions or any(not a.chain and not is_observed(a) for a in traceable),
    )


def is_observed(attribution: Attribution) -> bool:
    """Return whether the author claims to have observed it and names no other source."""
    return attribution.class_ == "firsthand_author" and not attribution.chain


def is_identified(source: Source) -> bool:
    """Return whether *source* is identified: by a name, or by a description."""
    return source.kind != "vague" and (source.kind != "unnamed" or bool(source.description))


def voices_of(trail: Trail, removed: AbstractSet[str]) -> list[str]:
    """Return the sources that the chains of *trail* reach without passing those *removed*."""
    if removed.isdisjoint(trail.voices):
        return list(trail.voices)
    return _walked(trail.starts, lambda voice: trail.onward.get(voice, ()), removed)


def sources_behind(
    trail: Trail, sources: Mapping[str, Source], removed: Collection[str] = ()
) -> list[str]:
    """Return every source that *trail* reaches without those *removed*."""
    return _walked(trail.starts, lambda source: steps_from(trail, source, sources), removed)


def derived_behind(
    starts: Iterable[str], sources: Mapping[str, Source], removed: Collection[str] = ()
) -> list[str]:
    """Return *starts* and every source that they derive from, without those *removed*."""
    return _walked(starts, lambda source: sources[source].derives_from, removed)


def steps_from(trail: Trail, source: str, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Return the next sources after *source* on *trail*; empty if it is an origin."""
    return trail.onward.get(source, ()) + sources[source].derives_from


def _walked(
    starts: Iterable[str],
    steps: Callable[[str], Iterable[str]],
    removed: Collection[str],
) -> list[str]:
    found = dict.fromkeys(start for start in starts if start not in removed)
    waiting = list(found)
    while waiting:
        for after in steps(waiting.pop()):
            if after not in found and after not in removed:
                found[after] = None
                waiting.append(after)
    return list(found)
