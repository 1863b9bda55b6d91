"""The outline of a map: rows with each statement under the one it supports or opposes.

A statement that is used twice has one full row and is referred to elsewhere. A circle is
cut where it closes. Iterative, since chains can be long.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference, Statement

Mark = Literal["", "again", "circle"]

SIGNS: Final = {
    "claim": "●",
    "main": "◉",
    "supports": "⊕",
    "opposes": "⊖",
    "unlinked": "○",
    "stated": "◇",
    "supplied": "◆",
    "undercut": "⊘",
    "again": "↗",
    "circle": "↻",
}
"""Signs for the role of a row. The sign carries the meaning, and colour repeats it."""


DEEPEST: Final = 24
"""The most levels by which text is indented; deeper rows state their depth."""


class OutlineRow(NamedTuple):
    """One row of the outline: a statement in one place, or an inference that is undercut."""

    depth: int
    """0 for a statement under no other."""
    statement: Statement
    inference: Inference | None
    """The inference from the statement to the row above; None at depth 0."""
    linked: int
    """Number of premises of that inference."""
    mark: Mark
    """`again` for a repeated statement, `circle` for one that is under itself."""


def outline(argument_map: ArgumentMap, shown: dict[str, Any] | None = None) -> Iterator[OutlineRow]:
    """Yield the rows of *argument_map*: its roots in order, each followed by its support.

    A main claim that is also a premise comes before all others; circles without a root come last.

    Args:
        argument_map: The map.
        shown: An empty dictionary, which gets the id of each statement when its row is yielded. A
            caller that keeps something by these ids needs no second table of them.
    """
    shown = {} if shown is None else shown
    for root in _first_rows(argument_map):
        yield from _below(argument_map, root, shown)
    for statement in argument_map.ordered_statements:
        if statement.id not in shown:  # only circles lead here
            yield from _below(argument_map, statement, shown)


def outline_lines(argument_map: ArgumentMap) -> Iterator[str]:
    """Yield the outline as text, one line for each row."""
    for row in outline(argument_map):
        link = f" [{row.inference.label}, linked]" if row.inference and row.linked > 1 else ""
        mark = f" {SIGNS[row.mark]}" if row.mark else ""
        label, text = row.statement.label, row.statement.text
        indent = "  " * min(row.depth, DEEPEST) + (f"({row.depth}) " if row.depth > DEEPEST else "")
        yield f"{indent}{sign_for_row(argument_map, row)} {label} {text}{link}{mark}"


def sign_for_row(argument_map: ArgumentMap, row: OutlineRow) -> str:
    """Return the sign of a row, which shows its role under the row above it."""
    return sign_for_statement(argument_map, row.statement, row.inference)


def sign_for_statement(
    argument_map: ArgumentMap, statement: Statement, inference: Inference | None = None
) -> str:
    """Return the sign of *statement*, as a premise of *inference* or, with None, alone.

    Unlinked evidence neither supports nor opposes anything, even if it once did, so its sign is
    neutral.
    """
    if statement.kind == "assumption":
        return SIGNS["stated" if statement.stated else "supplied"]
    if inference is not None and inference.conclusion in argument_map.inferences:
        return SIGNS["undercut"] if inference.stance == "opposes" else SIGNS["supports"]
    if inference is not None and (statement.kind == "evidence" or inference.stance == "opposes"):
        return SIGNS[inference.stance]
    if statement.kind == "evidence":
        return SIGNS["unlinked"]
    return SIGNS["main" if statement.main else "claim"]


def roots_of(argument_map: ArgumentMap) -> list[Statement]:
    """Return the statements that are not premises, in the order of `place_order`."""
    used = argument_map.inferences_from
    found = [s for s in argument_map.ordered_statements if s.id not in used]
    # The statements are sorted by label already, and sorting is stable.
    return sorted(found, key=lambda s: (inf if s.order is None else s.order, not s.main))


def _first_rows(argument_map: ArgumentMap) -> list[Statement]:
    main = argument_map.main_claim
    is_used = main is not None and main.id in argument_map.inferences_from
    return [*([main] if main and is_used else []), *roots_of(argument_map)]


def _below(
    argument_map: ArgumentMap, root: Statement, shown: dict[str, Any]
) -> Iterator[OutlineRow]:
    if root.id in shown:
        return
    above: dict[str, None] = {}  # in order, from the root
    waiting: list[tuple[int, Statement, Inference | None]] = [(0, root, None)]
    while waiting:
        depth, statement, inference = waiting.pop()
        while len(above) > depth:
            above.popitem()
        mark: Mark = ""
        if statement.id in shown:
            mark = "circle" if statement.id in above else "again"
        shown.setdefault(statement.id)
        if mark != "circle":
            above[statement.id] = None
        yield OutlineRow(
            depth, statement, inference, len(inference.premises) if inference else 0, mark
        )
        if mark:
            continue
        inferences = inferences_under(argument_map, statement.id)
        waiting += [
            (depth + 1, argument_map.statements[premise], each)
            for each in reversed(inferences)
            for premise in reversed(each.premises)
        ]


def inferences_under(argument_map: ArgumentMap, target: str) -> list[Inference]:
    """Return the inferences to *target*, each followed by the inferences to that inference."""
    direct = argument_map.inferences_to.get(target)
    if not direct:  # so it is for most statements
        return []
    found: list[Inference] = []
    seen: set[str] = set()
    waiting = direct[::-1]
    while waiting:
        inference = waiting.pop()
        if inference.id not in seen:
            seen.add(inference.id)
            found.append(inference)
            waiting += reversed(argument_map.inferences_to.get(inference.id, ()))
    return found
