"""Findings about the structure of a map: circles, loose statements, repeated passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from argmap.analysis.graphs.components import components
from argmap.analysis.names import describe_target
from argmap.text.display import and_list

from .finding import Case, Finding, Rule
from .links import steps_forward

if TYPE_CHECKING:
    from collections.abc import Iterator


def circular_reasoning(case: Case) -> Iterator[Finding]:
    """Find statements that support each other, or an inference among them, in a circle."""
    ids = [s.id for s in case.statements] + [i.id for i in case.map.ordered_inferences]
    circles = [sorted(circle) for circle in components(_Leads(case, ids)) if len(circle) > 1]
    for circle in sorted(circles):
        yield _circle(case, [ids[number] for number in circle])


class _Leads(Sequence[Iterable[int]]):
    """The targets of each statement and inference, by number, computed on demand.

    A list of all of them would take half as much memory as the map itself.
    """

    def __init__(self, case: Case, ids: Sequence[str]) -> None:
        self._case, self._ids = case, ids
        self._numbers = {id_: number for number, id_ in enumerate(ids)}

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  (as in `Sequence`)
        after = steps_forward(self._case.map, self._ids[number])
        return (self._numbers[id_] for id_ in after)


def _circle(case: Case, ids: Sequence[str]) -> Finding:
    labels = case.labels(id_ for id_ in ids if id_ in case.map.statements)
    inferences = (case.map.inferences[id_] for id_ in ids if id_ in case.map.inferences)
    supported = [case.map.inferences.get(inference.conclusion) for inference in inferences]
    through = [describe_target(case.map, link.id) for link in supported if link is not None]
    who, one = and_list(labels), "one of them"
    verb = "support each other"
    if len(labels) == 1:
        verb, one = "supports itself", "it"
    by = f", through {and_list(through)}" if through else ""
    return Finding(
        labels, f"{who} {verb} in a circle{by}", advice=f"support {one} from outside the circle"
    )


def main_claim_missing(case: Case) -> Iterator[Finding]:
    """Find a map that has claims but no main claim."""
    if case.claims and case.map.main_claim is None:
        yield Finding(
            (),
            "the map has no main claim",
            advice="choose the claim that the text argues for",
        )


def unused_statement(case: Case) -> Iterator[Finding]:
    """Find statements that are not linked to anything.

    A claim is linked if it is a premise or a conclusion, any other statement if it is a premise.
    The main claim needs no link.
    """
    for statement in case.statements:
        is_used = statement.id in case.map.inferences_from or statement.main
        if statement.kind == "claim":
            is_used = is_used or statement.id in case.map.inferences_to
        if not is_used:
            yield Finding(
                (statement.label,),
                f"{statement.label} is not linked to anything",
                advice="link it, or remove it",
            )


def passage_twice(case: Case) -> Iterator[Finding]:
    """Find statements of one kind that rest on exactly the same words."""
    resting: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for statement in case.statements:
        for passage in statement.passages:
            resting[statement.kind, passage.start, passage.end].append(statement.label)
    for labels in resting.values():
        if len(labels) > 1:
            yield Finding(tuple(labels), f"{and_list(labels)} rest on exactly the same words")


RULES: Final = (
    Rule("circular-reasoning", "error", "statements that support each other in a circle",
         circular_reasoning),
    Rule("main-claim-missing", "warning", "no main claim", main_claim_missing),
    Rule("unused-statement", "info", "a statement that is not linked to anything",
         unused_statement),
    Rule("passage-twice", "info", "several statements on the same passage", passage_twice,
         "remove one, unless the text makes both points in the same words"),
)  # fmt: skip
