"""One row of the map: guide lines, sign, label, text and grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len
from rich.segment import Segment

from argmap.analysis.outline import SIGNS
from argmap.text.display import visible
from tui.core.ticks import TICK
from tui.look.cells import cut
from tui.look.signs import drawn
from tui.views.grade_cells import column, first_fitting, forms_of, forms_of_change
from tui.views.row_looks import guides_of, row_looks, undercut_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style

    from argmap.model.statement import Statement
    from tui.core.ticks import Ticks
    from tui.core.what_if_mode import WhatIfMode
    from tui.core.workspace import Workspace
    from tui.document.session import Session
    from tui.views.grades import Grades
    from tui.views.map_tree import MapTree, Node


class DrawnMap(Protocol):
    """The map and the state from which its rows are drawn."""

    work: Workspace
    session: Session
    forest: MapTree
    ticks: Ticks
    what_if_mode: WhatIfMode
    grades: Grades

    @property
    def node(self) -> Node | None:
        """The highlighted row; None if there is none."""

    def styled(self, *parts: str) -> Style:
        """Return the style of the component classes *parts*."""


def row_segments(pane: DrawnMap, node: Node, width: int, ground: str) -> Iterator[Segment]:
    """Yield the segments of the row of *node* in *pane*, *width* cells in all.

    *ground* is the component class of the background. In order: tick, guide lines, sign, label,
    text, marks such as the count of folded rows, and grade.
    """
    argument_map = pane.session.map
    statement = argument_map.statements[node.statement]
    inference = argument_map.inferences.get(node.inference) if node.inference else None
    looks = pane.what_if_mode.looks(node, row_looks(argument_map, node))
    undercuts = inference is not None and inference.conclusion in argument_map.inferences
    against = (
        undercut_prefix(argument_map, inference.conclusion)
        if inference is not None and undercuts
        else ""
    )
    tick = TICK if node in pane.ticks else " "
    lines = guides_of(node) + looks.bracket
    mark = f" {SIGNS[node.mark]}" if node.mark else ""
    folded = node.children and not node.mark and node.statement in pane.forest.folded
    below = f" ▸{node.size - 1:,}" if folded and pane.forest.shown is None else ""
    longest = len(f"C{len(argument_map.statements)}")
    head, label = f"{looks.sign} ", visible(statement.label)
    gap = " " * (max(0, longest - cell_len(label)) + 1)  # so that all texts begin in one column
    words = f"{against}{visible(statement.text)}"
    room = width - sum(map(cell_len, (tick, lines, head, label, gap, mark, below)))
    grade = _right(pane, statement, room)
    tail = f"{mark}{below} {grade}" if grade else f"{mark}{below}"
    room -= cell_len(grade) + bool(grade)
    yield Segment(drawn(tick), pane.styled("map--ticked", ground))
    yield Segment(drawn(lines), pane.styled("map--guide", ground))
    yield Segment(drawn(head), pane.styled(f"map--{looks.role}", ground))
    fallen = "map--fallen" if pane.what_if_mode.has_fallen(statement.id) else ""
    yield Segment(label, pane.styled("map--label", fallen, ground))
    again = "map--quiet" if node.mark else ""
    yield Segment(gap, pane.styled(ground))
    shown = cut(words, max(0, room))
    yield Segment(shown.rstrip(" "), pane.styled(again, fallen, ground))
    yield Segment(" " * (len(shown) - len(shown.rstrip(" "))), pane.styled(ground))
    yield Segment(drawn(tail), pane.styled("map--quiet", ground))


def _right(pane: DrawnMap, statement: Statement, room: int) -> str:
    """Return the right column of a row: a grade or blanks, always of the same width.

    Only a changed grade in what-if mode may be wider, up to half of *room*.
    """
    if not pane.session.map.ratings_of and not pane.what_if_mode.is_on:
        return ""
    forms = grade_forms(pane, statement)
    if forms and pane.what_if_mode.outcome(statement.id) is not None:
        return f"{first_fitting(forms, room // 2)} "
    width = column(pane.grades.rubric)
    return f"{forms[-1] if forms else '':<{width}}"


def grade_forms(pane: DrawnMap, statement: Statement) -> Sequence[str]:
    """Return the grade of *statement* in several lengths, the longest first.

    In what-if mode it is the change of the grade. Empty for no claim, and for a fallen one.
    """
    if statement.kind != "claim" or pane.what_if_mode.has_fallen(statement.id):
        return ()
    outcome = pane.what_if_mode.outcome(statement.id)
    if outcome is not None and pane.what_if_mode.rubric is not None:
        return forms_of_change(outcome, pane.what_if_mode.rubric, pane.work.rater.assessor)
    standing = pane.grades.grade_of(statement.id)
    return forms_of(standing) if standing is not None else ()
