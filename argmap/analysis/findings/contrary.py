"""Contrary evidence, arguments and undercuts that nothing on the map answers.

The *sides* of a map are found from its main claim, and from every statement that no
inference uses: what supports a statement is on its side, what opposes it is on the other
side, and so on, inference by inference. What opposes the other side is an answer, not a
contrary, so a text that rebuts an objection is not asked to rebut its own rebuttal.

A contrary inference is *answered* if an inference opposes it, one of its premises, or a
statement or inference that these rest on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from argmap.analysis.names import describe_target
from argmap.text.display import and_list

from .finding import Case, Finding, Rule
from .links import resting_on, steps_forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference

_TWO: Final = 2


class Sides(NamedTuple):
    """The ids of the statements and inferences on the text's own side, and on the other."""

    own: set[str]
    other: set[str]


def unanswered_contrary(case: Case) -> Iterator[Finding]:
    """Find arguments against the text's own side that nothing answers.

    These are evidence, or a claim backed by evidence directly or through its inference, that
    opposes a statement, and all undercuts of an inference.

    Source: ICD 203, standards 4 and 6: contrary information is addressed. The definitions of
    sides and answers are argmap's own.
    """
    argument_map = case.map
    own_side = _own_side(argument_map)
    evidence = [s.id for s in case.statements if s.kind == "evidence"]
    backed = resting_on(argument_map, evidence)
    opposed_by = _opposed_by(argument_map)
    for inference in argument_map.ordered_inferences:
        if inference.stance != "opposes" or inference.conclusion not in own_side:
            continue
        undercut = argument_map.inferences.get(inference.conclusion)
        counts = undercut is not None or inference.id in backed  # evidence may support the link
        against = [p for p in inference.premises if counts or p in backed]
        if against and not opposed_by.get(inference.id, set()) - {inference.id}:
            yield _finding(case, inference, against, undercut)


def _finding(
    case: Case, inference: Inference, against: Iterable[str], undercut: Inference | None
) -> Finding:
    labels = case.labels(case.live_map.in_order(against))
    who, several = and_list(labels), len(labels) > 1
    it = "them" if several else "it"
    if undercut is not None:
        verb = "undercut" if several else "undercuts"
        target = describe_target(case.map, undercut.id)
        problem = f"{who} {verb} {target} and nothing on the map answers {it}"
        ends = [id_ for id_ in (*undercut.premises, undercut.conclusion) if id_ in
                case.map.statements]  # fmt: skip
        labels = tuple(dict.fromkeys((*labels, *case.labels(ends))))
    else:
        verb = "contradict" if several else "contradicts"
        label = case.label(inference.conclusion)
        problem = f"{who} {verb} {label} and nothing on the map answers {it}"
        labels = (*labels, label)
    return Finding(labels, problem, advice="mark the answer, if the text has one")


def _opposed_by(argument_map: ArgumentMap) -> dict[str, set[str]]:
    """Map each statement and inference to the inferences that oppose it or its grounds.

    An inference rests on its premises, whatever its stance. At most two opposing inferences are
    kept for each: one may be the inference itself, which cannot answer itself; a second decides.
    """
    found: dict[str, set[str]] = {}
    waiting = [(i.conclusion, i.id) for i in argument_map.ordered_inferences
               if i.stance == "opposes"]  # fmt: skip
    while waiting:
        id_, by = waiting.pop()
        known = found.setdefault(id_, set())
        if by in known or len(known) == _TWO:
            continue
        known.add(by)
        waiting += [(after, by) for after in steps_forward(argument_map, id_)]
        if id_ in argument_map.statements:
            used = argument_map.inferences_from.get(id_, ())
            waiting += [(i.id, by) for i in used if i.stance == "opposes"]
    return found


def _own_side(argument_map: ArgumentMap) -> set[str]:
    """Return the ids of the statements and inferences on the text's own side.

    A statement may be on both sides; it then counts as the text's own.
    """
    sides = Sides(set(), set())
    main = argument_map.main_claim
    if main is not None:
        _take_sides(argument_map, sides, main.id, is_own=True)
    case_made = frozenset(
        sides.own
    )  # for the main claim; other roots may be what it argues against
    for root in argument_map.ordered_statements:
        if root.id not in argument_map.inferences_from and root != main:
            is_own = not _is_argued_against(argument_map, case_made, root.id)
            _take_sides(argument_map, sides, root.id, is_own=is_own)
    for (
        statement
    ) in argument_map.ordered_statements:  # only circles are left: no root leads to them
        if statement.id not in sides.own and statement.id not in sides.other:
            _take_sides(argument_map, sides, statement.id, is_own=True)
    return sides.own


def _is_argued_against(argument_map: ArgumentMap, case_made: AbstractSet[str], root: str) -> bool:
    """Return whether the text's case for its main claim opposes *root*."""
    return any(
        premise in case_made
        for inference in argument_map.inferences_to.get(root, ())
        if inference.stance == "opposes"
        for premise in inference.premises
    )


def _take_sides(argument_map: ArgumentMap, sides: Sides, start: str, *, is_own: bool) -> None:
    """Add *start*, which is on the text's own side or the other, and its grounds to *sides*."""
    waiting = [(start, is_own)]
    while waiting:
        id_, own = waiting.pop()
        side = sides.own if own else sides.other
        if id_ in side:
            continue
        side.add(id_)
        for inference in argument_map.inferences_to.get(id_, ()):
            side_of_premises = own if inference.stance == "supports" else not own
            waiting += [(part, side_of_premises) for part in (inference.id, *inference.premises)]


RULES: Final = (
    Rule("unanswered-contrary", "warning", "an unanswered contrary argument",
         unanswered_contrary),
)  # fmt: skip
