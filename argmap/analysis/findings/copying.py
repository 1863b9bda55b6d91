"""Suspected copies among the evidence of a map, and between documents."""

from __future__ import annotations

from collections import Counter
from functools import cache, partial
from math import inf
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from argmap.analysis.provenance.copies import figures_in, rare_among, suspected_copies, wording_of
from argmap.analysis.provenance.origins import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argmap.analysis.provenance import LiveMap, SuspectedCopy, Wording
    from argmap.model.document import Passage
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement


@frozen
class CopyElsewhere:
    """Evidence on the map that may be copied from another document, or the reverse."""

    item: str
    """The id of the evidence on the map."""
    label: str
    """The label of the other evidence."""
    document: str
    """The id of its document."""
    title: str
    """The title of its document."""
    figure: str | None = None
    """The rare figure in both, where they share too few words."""


@frozen
class OtherDocuments:
    """Facts about the other documents of a database that findings on one map depend on."""

    copies: tuple[CopyElsewhere, ...] = ()
    """In the order of the evidence on the map, at most one for each item."""
    figures: Mapping[str, int] = field(factory=dict)
    """For each figure on the map, the number of statements in other documents that contain it."""


NO_OTHER_DOCUMENTS: Final = OtherDocuments()


def copies_in(live_map: LiveMap, others: OtherDocuments) -> Iterator[SuspectedCopy]:
    """Yield suspected copies among the evidence of a map, the earlier passage first.

    Items that name the same voice or lead to the same origin are left out, since the map shows
    already that they do not confirm each other. So are items whose passages overlap.
    """
    statements = live_map.argument_map.statements
    items = evidence_with_wording(live_map.argument_map)
    known = cache(partial(sources_of, live_map))

    def may_copy(later: str, earlier: str) -> bool:
        if overlap(statements[later].passages, statements[earlier].passages):
            return False
        return known(later).isdisjoint(known(earlier))

    counts = Counter(others.figures) + figures_of(live_map.argument_map)
    yield from suspected_copies(items.items(), may_copy, rare_among(counts))


def evidence_with_wording(argument_map: ArgumentMap) -> dict[str, Wording]:
    """Return the wording of each piece of evidence by id, in the order of passages."""
    items = [s for s in argument_map.ordered_statements if s.kind == "evidence"]
    items.sort(key=_place)
    return {s.id: wording_of(s.text, (p.words for p in s.passages)) for s in items}


def figures_of(argument_map: ArgumentMap) -> Counter[str]:
    """Return each figure with the number of statements that contain it."""
    return Counter(
        figure
        for statement in argument_map.ordered_statements
        for figure in figures_in(statement.text).union(
            *(figures_in(passage.words) for passage in statement.passages)
        )
    )


def sources_of(live_map: LiveMap, item: str) -> set[str]:
    """Return the voices and the origins of an item, one id for all that share an origin.

    An observation or bare assertion of the author has the author as its voice.
    """
    trail = live_map.trail_of(item)
    ids = {*trail.voices, *live_map.origins_of(item)}
    found = {live_map.roots.get(id_, id_) for id_ in ids}
    said = live_map.argument_map.attributions_of.get(item, ())
    is_asserted = any(a.class_ == "author_assertion" and not a.chain for a in said)
    return found | {AUTHOR} if trail.is_authors or is_asserted else found


def overlap(some: Iterable[Passage], others: Iterable[Passage]) -> bool:
    """Return whether a passage in *some* shares words of the text with one in *others*."""
    spans = [(passage.start, passage.end) for passage in others]
    return any(p.start < end and start < p.end for p in some for start, end in spans)


def _place(statement: Statement) -> float:
    return statement.passages[0].start if statement.passages else inf
