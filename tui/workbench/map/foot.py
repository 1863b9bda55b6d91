"""The foot of the map: the whole statement of the highlighted row, where no details show it.

A row of the map is one row of the screen, always. If the highlighted one took two or three,
everything below it would move with every step, and a double click or a drag, whose first
press highlights, would end on another row than it began on.
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
    from tui.views.grades import ClaimGrade

    from .rows import DrawnMap

FOOT: Final = 4
"""Rows of the foot: a rule, and three of words."""

LEAST: Final = 12
"""Rows of a map that has room for a foot."""


def foot_height(height: int) -> int:
    """Return how many of the *height* rows of the map its foot takes."""
    return FOOT if height >= LEAST else 0


def foot_strip(pane: DrawnMap, number: int, width: int) -> Strip:
    """Draw row *number* of the foot of *pane*."""
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


def foot_rule(standing: ClaimGrade | None, width: int) -> tuple[str, str]:
    """Return the words of the grade in the rule over the foot, and what of the rule follows."""
    grade = f" {standing.words.splitlines()[0]} " if standing is not None else ""
    shown = cut(grade, min(width, cell_len(grade)))
    return shown, drawn("─") * (width - cell_len(shown))


def foot_lines(statement: Statement, width: int) -> list[str]:
    """Return the rows under the rule: the label and the words of *statement*."""
    lines = wrapped(f"{visible(statement.label)} {visible(statement.text)}", max(1, width))
    if len(lines) >= FOOT:
        lines = [*lines[: FOOT - 2], " ".join(lines[FOOT - 2 :])]
    return [cut(line, width) for line in lines]
