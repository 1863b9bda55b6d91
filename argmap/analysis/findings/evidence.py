"""Findings about the support of claims: missing support, single origins, circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.names import describe_target
from argmap.analysis.provenance import direct_items
from argmap.analysis.provenance.circles import circles_behind
from argmap.analysis.provenance.origins import AUTHOR
from argmap.text.display import and_list

from .finding import Case, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .finding import Severity

_ASSERTED: Final = " author assertion"


def unsupported_claim(case: Case) -> Iterator[Finding]:
    """Find claims that no inference supports: the gradable ones, and the main claim."""
    gradable = {claim.id for claim in case.gradable_claims}
    for claim in case.claims:
        to_it = case.map.inferences_to.get(claim.id, ())
        is_supported = any(inference.stance == "supports" for inference in to_it)
        if not is_supported and (claim.main or claim.id in gradable):
            yield Finding(
                (claim.label,),
                f"{claim.label} has no support on the map",
                advice="link the evidence, if the text has any",
            )


def no_identified_origin(case: Case) -> Iterator[Finding]:
    """Find gradable claims whose direct items have no identified origin.

    The author's bare assertion counts as such an item.

    Source: Greenberg 2009 on dead ends; the source rules of AP and Reuters.
    """
    for claim in case.gradable_claims:
        count = case.origins[claim.id]
        if not count.direct.items or count.direct.n_min:
            continue
        items = direct_items(case.live_map, claim.id)
        evidence = [id_ for item in items for id_ in item.evidence]
        classes = {id_: _class_of(case, id_) for id_ in evidence}
        named = ", ".join(
            " + ".join(f"{case.label(id_)}{classes[id_]}" for id_ in item.evidence)
            for item in items
        )
        advice = "find out who said it, or describe them"
        if {*classes.values()} == {_ASSERTED}:
            advice = "only the author says so; look for other evidence"
        problem = f"{claim.label} has {count.summarise(named)}"
        yield Finding((claim.label,), problem, advice=advice)


def one_identified_origin(case: Case) -> Iterator[Finding]:
    """Find gradable claims whose direct items all have the same identified origin.

    Several such items are a warning: they look like confirmation but are not.

    Source: Greenberg 2009; mentions of one release do not confirm it.
    """
    for claim in case.gradable_claims:
        count = case.origins[claim.id]
        if (count.direct.n_min, count.direct.n_max) == (1, 1):
            items = direct_items(case.live_map, claim.id)
            origins = dict.fromkeys(
                _name(case, origin) for item in items for origin in item.origins
            )
            labels = ", ".join(" + ".join(case.labels(item.evidence)) for item in items)
            severity: Severity = "warning" if count.direct.items > 1 else "info"
            problem = f"{claim.label} has {count.summarise(labels, ', '.join(origins))}"
            if count.direct.items > 1:
                problem += ": items from one origin do not confirm each other"
            yield Finding((claim.label,), problem, severity)


def circular_reporting(case: Case) -> Iterator[Finding]:
    """Find circles of sources that took content from each other and that evidence depends on."""
    evidence = [s.id for s in case.statements if s.kind == "evidence"]
    for circle in circles_behind(case.live_map, evidence):
        names = and_list(case.map.sources[id_].name for id_ in circle.sources)
        labels = case.labels(circle.items)
        cite = "cites itself" if len(circle.sources) == 1 else "cite each other in a circle"
        depend = "depends" if len(labels) == 1 else "depend"
        problem = f"{names} {cite}, and {and_list(labels)} {depend} on it"
        yield Finding(labels, problem, advice="find out where the content first appeared")


def unexamined_assumption(case: Case) -> Iterator[Finding]:
    """Find assumptions that a conclusion depends on, without any argument or note on them.

    Source: ICD 203, standard 3: assumptions that frame an argument are examined.
    """
    for statement in case.statements:
        carries = case.map.inferences_from.get(statement.id, ())
        is_examined = statement.note or case.map.inferences_to.get(statement.id)
        if statement.kind == "assumption" and carries and not is_examined:
            carried = [
                describe_target(case.map, id_)
                for id_ in dict.fromkeys(i.conclusion for i in carries)
            ]
            depend = "depends" if len(carried) == 1 else "depend"
            advice = "say in its note what follows if it is wrong"
            unexamined = f"the unexamined assumption {statement.label}"
            problem = f"{and_list(carried)} {depend} on {unexamined}"
            yield Finding((statement.label,), problem, advice=advice)


def _class_of(case: Case, item: str) -> str:
    """Return the attribution class of *item* after a space; empty without an attribution."""
    attributions = case.map.attributions_of.get(item)
    return f" {attributions[0].class_.replace('_', ' ')}" if attributions else ""


def _name(case: Case, origin: str) -> str:
    return "the author" if origin == AUTHOR else case.map.sources[origin].name


RULES: Final = (
    Rule("unsupported-claim", "warning", "a claim that nothing supports", unsupported_claim),
    Rule("no-identified-origin", "warning", "a claim without an identified origin",
         no_identified_origin),
    Rule("one-identified-origin", "warning", "a claim with one identified origin",
         one_identified_origin, "look for evidence from another origin"),
    Rule("circular-reporting", "error", "sources that cite each other in a circle",
         circular_reporting),
    Rule("unexamined-assumption", "info", "an unexamined assumption",
         unexamined_assumption),
)  # fmt: skip
