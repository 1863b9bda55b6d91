"""The provenance of a whole map's evidence, and the claims that depend on one origin."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.analysis.provenance import is_listable
from argmap.analysis.provenance.trails import is_identified, is_observed
from argmap.exports.markdown.tables import format_table, list_words
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line, name
from argmap.text.display import counted, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.analysis.provenance import Origin
    from argmap.exports.markdown.context import MapContext
    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import SourceKind

_MOST_ORIGINS: Final = 12
"""The most origins that have a row; the others are counted."""
_MOST_CLAIMS: Final = 12
_MOST_NAMES: Final = 3
"""The most sources of one origin that are named."""

_KINDS: Final[dict[SourceKind, tuple[str, str]]] = {
    "person": ("person", "people"),
    "organisation": ("organisation", "organisations"),
    "document": ("document", "documents"),
    "outlet": ("outlet", "outlets"),
    "unnamed": ("unnamed voice", "unnamed voices"),
    "vague": ("vague voice", "vague voices"),
}
"""Words for one source of a kind, and for several."""

_CATEGORIES: Final = {
    "identified": "from an identified source",
    "author": "observed by the author",
    "unknown": "from an unidentified source",
    "nobody": "without a source",
}


def dependence_section(to: MapContext) -> Iterator[str]:
    """Yield a source summary statement, and the claims that depend on each origin.

    Source: ICD 206 for the summary statement.
    """
    items = [s.id for s in to.case.statements if s.kind == "evidence"]
    if not items:
        return
    counts = Counter(_source_category(to.map, id_) for id_ in items)
    words = [
        f"{counts[category]:,} {words}"
        for category, words in _CATEGORIES.items()
        if counts[category]
    ]
    text = f"{counted(len(items), 'item')} of evidence: {', '.join(words)}."
    if to.map.sources:
        text += f" {_kind_counts(to.map)} {_admiralty_counts(to.map)}"
    yield f"\n## {form.PROVENANCE}\n\n{text}\n"
    yield from _compute_shares(to).lines()


@define
class _Shares:
    """The share of each origin in the support of all claims."""

    mass: dict[tuple[str, ...], Fraction] = field(factory=dict)
    """The mass of each origin: every supported claim splits a mass of 1 evenly over its origins."""
    titles: dict[tuple[str, ...], str] = field(factory=dict)
    """The title of each identified origin."""
    alone: dict[tuple[str, ...], list[str]] = field(factory=dict)
    """Labels of the claims that have no origin but this one."""
    together: dict[tuple[str, ...], list[str]] = field(factory=dict)
    """Labels of the other claims that this origin supports."""
    unidentified: list[str] = field(factory=list)
    """Labels of the claims whose evidence has no identified origin."""
    too_many: int = 0
    """Number of claims with more evidence than is traced here."""

    def add(self, to: MapContext, label: str, origins: tuple[Origin, ...]) -> None:
        """Add the origins of one claim."""
        for origin in origins:
            key = _key(to, origin)
            self.mass[key] = self.mass.get(key, Fraction(0)) + Fraction(1, len(origins))
            if origin.is_identified:
                self.titles.setdefault(key, _title(to, origin))
                home = self.alone if len(origins) == 1 else self.together
                home.setdefault(key, []).append(label)
        if not any(origin.is_identified for origin in origins):
            self.unidentified.append(label)

    def lines(self) -> Iterator[str]:
        """Yield the table of origins, the heaviest first, and a note on those left out."""
        whole = sum(self.mass.values(), Fraction(0))
        named = sorted(self.titles, key=lambda key: (-self.mass[key], self.titles[key]))
        if named:
            rows = [
                [
                    self.titles[key],
                    _share(self.mass[key], whole),
                    list_words(self.alone.get(key, []), _MOST_CLAIMS),
                    list_words(self.together.get(key, []), _MOST_CLAIMS),
                ]
                for key in named[:_MOST_ORIGINS]
            ]
            unknown = sum(mass for key, mass in self.mass.items() if key not in self.titles)
            if unknown:
                rows.append(["no identified origin", _share(unknown, whole), "", ""])
            yield "\n"
            yield from format_table(
                ["Origin", "Share", "Only origin of", "One of several for"], rows
            )
        words = list(self._words(whole, len(named)))
        if words:
            yield f"\n{' '.join(words)}\n"

    def _words(self, whole: Fraction, named: int) -> Iterator[str]:
        if named > _MOST_ORIGINS:
            rest = named - _MOST_ORIGINS
            verb = "has" if rest == 1 else "have"
            yield f"{counted(rest, 'more origin')} {verb} a smaller share."
        if named:
            yield (
                "Share: every claim with evidence has the same weight, split evenly among its"
                " origins, including those of its sub-claims."
            )
        effective = whole * whole / sum(mass * mass for mass in self.mass.values()) if whole else 0
        if len(self.mass) - effective >= 1:
            unknown = len(self.mass) - named
            apart = f" ({unknown:,} of them unidentified)" if unknown else ""
            yield (
                f"The {len(self.mass):,} origins{apart} are equivalent to"
                f" {float(effective):.1f} origins with equal shares."
            )
        if self.unidentified:
            yield f"No identified origin: {list_words(self.unidentified)}."
        if self.too_many:
            yield f"Left out: {counted(self.too_many, 'claim')} with too much evidence to trace."


def _share(mass: Fraction, whole: Fraction) -> str:
    return f"{rounded(100 * mass / whole)} %"


def _compute_shares(to: MapContext) -> _Shares:
    shares = _Shares()
    for claim in to.case.claims:
        if not to.case.origins[claim.id].items:
            continue
        if not is_listable(to.case.live_map, claim.id):
            shares.too_many += 1
            continue
        origins = to.provenance(claim.id).origins
        if origins:
            shares.add(to, name(claim.label), origins)
        else:
            shares.unidentified.append(name(claim.label))
    return shares


def _key(to: MapContext, origin: Origin) -> tuple[str, ...]:
    """Return a key that is the same for one origin in every claim."""
    # Sources with a common origin share a root, whichever of them a claim cites.
    if origin.is_identified:
        return tuple(sorted({to.case.live_map.roots[s] for s in origin.sources}))
    return ("unknown", *(origin.sources or origin.items))


def _title(to: MapContext, origin: Origin) -> str:
    named = [f"{line(to.map.sources[s].name)} ({to.numbers[s]})" for s in origin.sources]
    return list_words(named, _MOST_NAMES) or "the author"


def _source_category(argument_map: ArgumentMap, item: str) -> str:
    """Return the key of `_CATEGORIES` for an item: the first that fits any of its attributions."""
    attributions = argument_map.attributions_of.get(item, ())
    voices = [argument_map.sources[a.chain[-1]] for a in attributions if a.chain]
    if any(map(is_identified, voices)):
        return "identified"
    if any(map(is_observed, attributions)):
        return "author"
    return "unknown" if voices else "nobody"


def _kind_counts(argument_map: ArgumentMap) -> str:
    kinds = Counter(source.kind for source in argument_map.sources.values())
    words = [
        f"{kinds[k]:,} {several if kinds[k] > 1 else one}"
        for k, (one, several) in _KINDS.items()
        if kinds[k]
    ]
    return f"The map names {counted(len(argument_map.sources), 'source')}: {', '.join(words)}."


def _admiralty_counts(argument_map: ArgumentMap) -> str:
    """Return the numbers of sources and items with Admiralty ratings, and of opened sources."""
    letters, numbers = len(argument_map.reliabilities_of), len(argument_map.credibilities_of)
    opened = sum(a.accessed is not None for a in argument_map.attributions.values())
    words = f"for {opened:,} of {counted(len(argument_map.attributions), 'attribution')}"
    rated = (
        f"Admiralty ratings: reliability of {counted(letters, 'source')}, credibility of"
        f" {counted(numbers, 'item')}."
    )
    if not letters and not numbers:
        rated = "No source and no item has an Admiralty rating."
    return f"{rated} Sources opened: {words if opened else 'none'}."
