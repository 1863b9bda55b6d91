"""Findings about how the map hangs together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from argmap.findings.finding import Case, Finding, Rule
from argmap.provenance.components import components

if TYPE_CHECKING:
    from collections.abc import Iterator


def circular_reasoning(case: Case) -> Iterator[Finding]:
    """Find statements that support each other in a circle."""
    ids = [statement.id for statement in case.statements]
    numbers = {id_: number for number, id_ in enumerate(ids)}
    leads = [
        [
            numbers[inference.conclusion]
            for inference in case.map.inferences_from.get(id_, ())
            if inference.stance == "supports" and inference.conclusion in numbers
        ]
        for id_ in ids
    ]
    circles = [sorted(circle) for circle in components(leads) if len(circle) > 1]
    for circle in sorted(circles):
        labels = case.labels(ids[number] for number in circle)
        yield Finding(labels, f"{', '.join(labels)} support each other in a circle")


def main_claim_missing(case: Case) -> Iterator[Finding]:
    """Find a map that has claims and does not say which is the main one."""
    if case.claims and case.map.main_claim is None:
        yield Finding((), "no claim is the main claim")


def unused_statement(case: Case) -> Iterator[Finding]:
    """Find statements that nothing uses: no premise, and of claims no conclusion either."""
    for statement in case.statements:
        is_used = statement.id in case.map.inferences_from or statement.main
        if statement.kind == "claim":
            is_used = is_used or statement.id in case.map.inferences_to
        if not is_used:
            yield Finding((statement.label,), f"nothing uses {statement.label}")


def passage_twice(case: Case) -> Iterator[Finding]:
    """Find statements of one kind that rest on exactly the same words."""
    resting: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for statement in case.statements:
        for passage in statement.passages:
            resting[statement.kind, passage.start, passage.end].append(statement.label)
    for labels in resting.values():
        if len(labels) > 1:
            yield Finding(tuple(labels), f"{', '.join(labels)} rest on exactly the same words")


RULES: Final = (
    Rule("circular-reasoning", "error", "statements that support each other in a circle",
         circular_reasoning),
    Rule("main-claim-missing", "warning", "no main claim", main_claim_missing),
    Rule("unused-statement", "info", "a statement that nothing uses", unused_statement),
    Rule("passage-twice", "info", "a passage that is used twice", passage_twice),
)  # fmt: skip
