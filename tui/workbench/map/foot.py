"""The foot of the map: the whole highlighted statement, if no details are shown.

Each row of the map takes one line of the screen, always. If the highlighted row took two or
three, the rows below would move with every step, and a double click or a drag, whose first press
highlights a row, would end on another row than it began on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from argmap.text.display import visible
from tui.look.cells import cut, wrapped
from tui.look.signs import drawn

if TYPE_CHECKING:
    from argmap.model.statement import Statement
    from tui.views.grades import AssessorGrade

    from .rows import DrawnMap

FOOT: Final = 4
"""Height of the foot, in lines: a rule, and three lines of text."""

LEAST: Final = 12
"""Minimum height, in lines, of a map with a foot."""


def foot_height(height: int) -> int:
    """Return the number of lines that the foot takes from a map of *height* lines."""
    return FOOT if height >= LEAST else 0


def foot_strip(pane: DrawnMap, number: int, width: int) -> Strip:
    """Draw line *number* of the foot of *pane*."""
    node = pane.node
    statement = pane.session.map.statements.get(node.statement) if node else None
    if statement is None:
        return Strip.blank(width, pane.styled())
    grade = pane.grades.grade_of(statement.id) if statement.kind == "claim" else None
    if number == 0:
        words, rule = foot_rule(grade, width - 2)
        guide, quiet = pane.styled("map--guide"), pane.styled("map--quiet")
        parts = [Segment(drawn(" ─"), guide), Segment(words, quiet), Segment(rule, guide)]
        return Strip(parts).adjust_cell_length(width, pane.styled())
    lines = foot_lines(statement, width - 1)
    words = lines[number - 1] if number <= len(lines) else ""
    return Strip([Segment(cut(f" {words}", width), pane.styled())], width)


def foot_rule(standing: AssessorGrade | None, width: int) -> tuple[str, str]:
    """Return the two parts of the rule over the foot: the grade, and the line."""
    grade = f" {standing.words.splitlines()[0]} " if standing is not None else ""
    shown = cut(grade, min(width, cell_len(grade)))
    return shown, drawn("─") * (width - cell_len(shown))


def foot_lines(statement: Statement, width: int) -> list[str]:
    """Return the lines under the rule: the label and text of *statement*."""
    lines = wrapped(f"{visible(statement.label)} {visible(statement.text)}", max(1, width))
    if len(lines) >= FOOT:
        lines = [*lines[: FOOT - 2], " ".join(lines[FOOT - 2 :])]
    return [cut(line, width) for line in lines]
