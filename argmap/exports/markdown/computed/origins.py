"""The origins of a claim's evidence, in a few lines; reading skips them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.provenance import is_listable
from argmap.analysis.provenance.corroboration import CRITERION
from argmap.analysis.provenance.trails import is_identified
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line, name
from argmap.text.display import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.analysis.provenance import CertaintyGrowth, Circle, Provenance
    from argmap.exports.markdown.context import MapContext

_MOST_LINES: Final = 12
"""The most origins of one claim that are named; only the items of others are listed."""
_MOST_LABELS: Final = 12


def origins_group(to: MapContext, claim: str) -> list[str]:
    """Return the number of origins of the claim with the id *claim*, and a line for each."""
    count = to.case.origins[claim]
    if not is_listable(to.case.live_map, claim):
        summary = f"**{form.ORIGINS}**: {count.summary}; it has too much evidence to list here."
        return [summary] if count.items else []
    found = to.provenance(claim)
    if not found.items and not found.circular_items:
        return []
    head = f"**{form.ORIGINS}**: {count.summary}{_intermediaries(found)}."
    lines = [*_origin_lines(to, found), *_unsourced_lines(to, found), *_warning_lines(to, found)]
    return [head, "\n".join(f"- {words}" for words in lines)] if lines else [head]


def _intermediaries(found: Provenance) -> str:
    if not found.intermediaries:
        return ""
    verb = "passes" if found.intermediaries == 1 else "pass"
    sources = counted(found.sources, "source")
    return f"; {found.intermediaries} of {sources} only {verb} on the content"


def _origin_lines(to: MapContext, found: Provenance) -> Iterator[str]:
    """Yield each origin with its items, the identified origins first."""
    for origin in found.origins[:_MOST_LINES]:
        who = _sources(to, origin.sources)
        if not origin.is_identified:
            who = f"no identified origin, {who}" if origin.sources else "no source named"
        words = f"{who or 'the author'}: {_labels(to, origin.items)}"
        if origin.is_identified and len(origin.items) > 1:
            words += " share this origin and do not confirm each other"
        yield words + _sub_claim_remark(found, origin.items)
    rest = found.origins[_MOST_LINES:]
    if rest:
        items = dict.fromkeys(item for origin in rest for item in origin.items)
        yield f"{len(rest):,} more: {_labels(to, tuple(items))}"


def _unsourced_lines(to: MapContext, found: Provenance) -> Iterator[str]:
    """Yield the items that have no origin: those without a source, and linked premises."""
    asserted = [item for item in found.without_origin if item in found.items]
    for is_direct in (True, False):
        some = [item for item in asserted if found.is_direct([item]) == is_direct]
        if some:
            yield f"no source: {_labels(to, some)}{_sub_claim_remark(found, some)}"
    for each in found.direct:
        if len(each.evidence) > 1:
            linked = _labels(to, each.evidence)
            yield f"{linked} are linked: together they are one item with one origin at most"


def _sub_claim_remark(found: Provenance, items: Sequence[str]) -> str:
    """Return a remark if none of *items* supports the claim directly and others do."""
    return " (behind its sub-claims)" if found.direct and not found.is_direct(items) else ""


def _warning_lines(to: MapContext, found: Provenance) -> Iterator[str]:
    """Yield warnings about the evidence for a claim."""
    yield from (_circle_line(to, circle) for circle in found.circles)
    for end in found.dead_ends:
        if end.source is not None and is_identified(to.map.sources[end.source]):
            source = _sources(to, (end.source,))
            yield f"{to.label(end.item)} goes back to {source}, who heard it from others"
    yield from (_growth_line(to, growth) for growth in found.growth)
    items = {*found.items, *found.circular_items}
    for item in to.case.live_map.in_order(items):
        copy = to.copies.get(item)
        if copy is not None and copy.earlier in items:
            yield f"{to.label(copy.later)} may be a copy of {to.label(copy.earlier)}"
    if found.count.n_max > 2 and found.effective_origins <= found.count.n_max - 1:  # noqa: PLR2004  (of two the lines tell)
        yield (
            f"uneven origins: these {found.count.n_max} are equivalent to"
            f" {float(found.effective_origins):.1f} with equal numbers of items"
        )
    yield from _omitted_contrary(to, found.claim)
    yield from _rating_differences(to, found)


def _circle_line(to: MapContext, circle: Circle) -> str:
    cite = "cites itself" if len(circle.sources) == 1 else "cite each other in a circle"
    depend = "depends" if len(circle.items) == 1 else "depend"
    return f"{_sources(to, circle.sources)} {cite}, and {_labels(to, circle.items)} {depend} on it"


def _growth_line(to: MapContext, growth: CertaintyGrowth) -> str:
    each = to.map.attributions[growth.attribution]
    there, here = each.source_certainty, each.text_certainty
    label = to.label(growth.item)
    return f"{label} overstates its source: the source says {there}, the text says {here}"


def _omitted_contrary(to: MapContext, claim: str) -> Iterator[str]:
    """Yield the evidence against a claim that the text itself does not mention.

    Source: Greenberg 2009 on bias; contrary findings that are known and not cited.
    """
    against = (i for i in to.map.inferences_to.get(claim, ()) if i.stance == "opposes")
    items = dict.fromkeys(p for i in against for p in i.premises if p in to.case.live_map.items)
    silent = [item for item in items if not to.map.statements[item].passages]
    if silent:
        contrary = counted(len(items), "contrary item")
        yield f"not in the text: {_labels(to, silent)}, of {contrary}"


def _rating_differences(to: MapContext, found: Provenance) -> Iterator[str]:
    """Yield the ratings of corroboration that differ from the level that the origins suggest."""
    for rating in to.map.ratings_of.get(found.claim, ()):
        level = found.count.direct.level
        is_level = rating.criterion == CRITERION and isinstance(rating.answer, int)
        if is_level and level is not None and rating.answer != level:
            who = name(rating.assessor)
            yield f"{who} rated {CRITERION} {rating.answer}; the origins suggest {level}"


def _sources(to: MapContext, ids: Sequence[str]) -> str:
    named = [f"{line(to.map.sources[id_].name)} ({to.numbers[id_]})" for id_ in ids]
    return _join_most(named)


def _labels(to: MapContext, ids: Sequence[str]) -> str:
    return _join_most([to.label(id_) for id_ in ids])


def _join_most(words: Sequence[str]) -> str:
    rest = len(words) - _MOST_LABELS
    return ", ".join(words[:_MOST_LABELS]) + (f" and {rest:,} more" if rest > 0 else "")
