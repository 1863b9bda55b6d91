"""Findings about what stands behind claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.findings.finding import Case, Finding, Rule
from argmap.provenance import direct_items
from argmap.provenance.circles import circles_behind
from argmap.provenance.origins import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.findings.finding import Severity
    from argmap.provenance import DirectItem


def unsupported_claim(case: Case) -> Iterator[Finding]:
    """Find claims that no inference supports."""
    for claim in case.claims:
        to_it = case.map.inferences_to.get(claim.id, ())
        if not any(inference.stance == "supports" for inference in to_it):
            yield Finding((claim.label,), f"{claim.label} has no support on the map")


def no_identified_origin(case: Case) -> Iterator[Finding]:
    """Find gradable claims whose direct items all come from nobody who is identified.

    The author's bare assertion is such an item.

    Source: Greenberg 2009 on dead ends; the source rules of AP and Reuters.
    """
    for claim in case.gradable_claims:
        count = case.origins[claim.id]
        if count.direct.items and not count.direct.n_min:
            items = direct_items(case.living, claim.id)
            labels = ", ".join(_linked(case, item) for item in items)
            told = f"{claim.label} has {count.in_words} ({labels})"
            yield Finding((claim.label,), f"{told}: find out who is behind it, or describe them")


def one_identified_origin(case: Case) -> Iterator[Finding]:
    """Find gradable claims whose direct items, one or many, go back to one identified origin.

    More than one item makes it a warning: they look like confirmation and are none.

    Source: Greenberg 2009; mentions of one release are not confirmations of it.
    """
    for claim in case.gradable_claims:
        count = case.origins[claim.id]
        if (count.direct.n_min, count.direct.n_max) == (1, 1):
            items = direct_items(case.living, claim.id)
            names = ", ".join(dict.fromkeys(_name(case, end) for i in items for end in i.ends))
            labels = ", ".join(_linked(case, item) for item in items)
            severity: Severity = "info" if count.direct.items == 1 else "warning"
            told = f"{claim.label} has {count.in_words}: {names} ({labels})"
            yield Finding((claim.label,), told, severity)


def circular_reporting(case: Case) -> Iterator[Finding]:
    """Find sources that took their content from each other, where evidence leads there."""
    evidence = [s.id for s in case.statements if s.kind == "evidence"]
    for circle in circles_behind(case.living, evidence):
        names = ", ".join(case.map.sources[id_].name for id_ in circle.sources)
        labels = case.labels(circle.items)
        cite = "cites itself" if len(circle.sources) == 1 else "cite each other in a circle"
        depend = "depends" if len(labels) == 1 else "depend"
        told = f"{names} {cite}, and {', '.join(labels)} {depend} on it"
        yield Finding(labels, f"{told}: find out where the content comes from")


def unexamined_assumption(case: Case) -> Iterator[Finding]:
    """Find assumptions that carry a conclusion, with nothing for or against them and no note.

    Source: ICD 203, standard 3: assumptions that frame an argument are examined.
    """
    for statement in case.statements:
        carries = case.map.inferences_from.get(statement.id, ())
        is_examined = statement.note or case.map.inferences_to.get(statement.id)
        if statement.kind == "assumption" and carries and not is_examined:
            carried = case.labels(dict.fromkeys(i.conclusion for i in carries))
            told = f"{', '.join(carried)} {'depends' if len(carried) == 1 else 'depend'} on"
            advice = "say in a note what follows if it is wrong"
            yield Finding((statement.label,), f"{told} {statement.label}, unexamined: {advice}")


def _linked(case: Case, item: DirectItem) -> str:
    return " + ".join(case.labels(item.evidence))


def _name(case: Case, end: str) -> str:
    return "the author" if end == AUTHOR else case.map.sources[end].name


RULES: Final = (
    Rule("unsupported-claim", "warning", "a claim that nothing supports", unsupported_claim),
    Rule("no-identified-origin", "warning", "a claim without an identified origin",
         no_identified_origin),
    Rule("one-identified-origin", "warning", "a claim with one identified origin",
         one_identified_origin),
    Rule("circular-reporting", "error", "sources that report each other", circular_reporting),
    Rule("unexamined-assumption", "info", "an assumption that carries a conclusion unexamined",
         unexamined_assumption),
)  # fmt: skip
