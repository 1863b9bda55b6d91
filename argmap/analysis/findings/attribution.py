"""Findings about attributions: missing, vague, overstated or copied sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.provenance import find_certainty_growth
from argmap.analysis.provenance.copies import thousands_of
from argmap.text.display import excerpt

from .finding import Case, Finding, Rule
from .plurals import has_number, is_plural

if TYPE_CHECKING:
    from collections.abc import Iterator

_VAGUE: Final = frozenset({"unnamed_role", "vague_report", "evidential_hedge"})

_CHECK_COPY: Final = (
    "check whether one is a copy; if so, record that its source derives from the other's"
)
_LONGEST_TITLE: Final = 60
"""The most characters of a document's title in a message."""


def missing_attribution(case: Case) -> Iterator[Finding]:
    """Find evidence without an attribution."""
    for statement in case.statements:
        if statement.kind == "evidence" and statement.id not in case.map.attributions_of:
            yield Finding(
                (statement.label,),
                f"{statement.label} has no source",
                advice="attribute it to the source that the text names",
            )


def vague_attribution(case: Case) -> Iterator[Finding]:
    """Find evidence whose attributions are all vague.

    Source: Ganter and Strube 2009 on weasel words; the source rules of AP and Reuters.
    """
    for statement in case.statements:
        attributions = case.map.attributions_of.get(statement.id, ())
        classes = [attribution.class_ for attribution in attributions]
        if statement.kind == "evidence" and classes and set(classes) <= _VAGUE:
            words = classes[0].replace("_", " ")
            yield Finding(
                (statement.label,),
                f"{statement.label} names no particular source ({words})",
                advice="find out who said it, or describe them",
            )


def plural_for_one(case: Case) -> Iterator[Finding]:
    """Find unnamed plural voices that do not say how many they are; in English only.

    Source: the Reuters handbook: never a plural for one source.
    """
    for statement in case.statements:
        for attribution in case.map.attributions_of.get(statement.id, ()):
            if not attribution.chain:
                continue
            source = case.map.sources[attribution.chain[-1]]
            is_unnamed = source.kind in ("unnamed", "vague")
            if is_unnamed and is_plural(source.name) and not has_number(source.description):
                yield Finding(
                    (statement.label,),
                    f"{statement.label} cites “{source.name}”, a plural voice",
                    advice="say in the source's description how many they are and who",
                )


def grown_certainty(case: Case) -> Iterator[Finding]:
    """Find evidence that the text makes more certain than its source does.

    Source: Greenberg 2009 on invention; FactBank for the three certainties.
    """
    evidence = (s.id for s in case.statements if s.kind == "evidence")
    for growth in find_certainty_growth(case.map, evidence):
        attribution = case.map.attributions[growth.attribution]
        label = case.label(growth.item)
        yield Finding(
            (label,),
            f"{label} overstates its source: the source says {attribution.source_certainty},"
            f" the text says {attribution.text_certainty}",
        )


def suspected_copy(case: Case) -> Iterator[Finding]:
    """Find evidence that shares wording or a rare figure with evidence from other sources.

    The other evidence is on the same map or in another document of the database.

    Source: Broder 1997 on containment, Dong et al. 2009 on rare values; a person decides whether
    it is a copy.
    """
    for copy in case.copies:
        later, earlier = case.labels((copy.later, copy.earlier))
        problem = f"{later} {_shared(copy.figure)} {earlier}, but no source in common"
        yield Finding((later, earlier), problem, advice=_CHECK_COPY)
    for other in case.others.copies:
        label = case.label(other.item)
        where = f"“{excerpt(other.title, _LONGEST_TITLE)}” ({other.document})"
        problem = (
            f"{label} {_shared(other.figure)} {other.label} of {where}, but no source in common"
        )
        yield Finding((label,), problem, advice=_CHECK_COPY)


def _shared(figure: str | None) -> str:
    if figure is None:
        return "has much the same wording as"
    groups, decimals = thousands_of(figure)
    return f"has the same rare figure, {','.join(groups)}{decimals}, as"


RULES: Final = (
    Rule("missing-attribution", "warning", "evidence without a source",
         missing_attribution),
    Rule("vague-attribution", "warning", "evidence from a vague source",
         vague_attribution),
    Rule("plural-for-one", "info", "a plural voice that does not say how many", plural_for_one),
    Rule("grown-certainty", "info", "evidence that is overstated",
         grown_certainty, "compare it with the words of the source, and correct either certainty"),
    Rule("suspected-copy", "info", "evidence that may be a copy of other evidence",
         suspected_copy),
)  # fmt: skip
