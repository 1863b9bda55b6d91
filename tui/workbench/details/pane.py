"""The details pane: all about the selected statement, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from argmap.text.display import visible
from tui.actions.action import bindings
from tui.views.fields import fields_of
from tui.widgets.field_list import EditedPane, FieldList

from .actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.geometry import Region
    from textual.strip import Strip

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement
    from tui.core.workspace import Workspace
    from tui.views.grades import Grades


class StatementFields(FieldList):
    """The fields of the selected statement; instructions if nothing is selected."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    EMPTY: ClassVar[tuple[str, ...]] = (
        "Nothing is selected.",
        "",
        (
            "Put the cursor on a sentence of the text and press {workbench.mark-claim} to mark it"
            " as a claim. Then mark evidence for it ({workbench.mark-evidence}), evidence against"
            " it ({workbench.mark-against}) or an assumption ({workbench.mark-assumption});"
            " {workbench.say-who} records who says so."
        ),
    )


class DetailsPane(EditedPane):
    """The pane with the fields of the selected statement."""

    def __init__(self, work: Workspace, grades: Grades) -> None:
        """Create the pane with nothing selected; *grades* are those of the document."""
        super().__init__(StatementFields())
        self.work = work
        self._grades = grades
        self.came_from = "details"
        """The pane that gets the focus back from the editor."""
        self.label = ""
        """The label of the selected statement, safe to draw; empty if none is selected."""
        self.statement: str | None = None
        self._history: Sequence[str] = ()
        self._origins = ""

    def render_lines(self, crop: Region) -> list[Strip]:  # noqa: ARG002  (as in Textual)
        """Return nothing: what its parts do not cover is blank, as the screen below them is."""
        return []

    def show(
        self,
        argument_map: ArgumentMap,
        statement: Statement | None,
        history: Sequence[str] = (),
        origins: str = "",
    ) -> None:
        """Show *statement*, or instructions if it is None.

        The history and origins last shown for the same statement stay until new ones are given.
        """
        keep = statement is not None and statement.id == self.statement
        if keep and not history:
            history, origins = self._history, self._origins
        self._history, self._origins = history, origins
        self.statement = statement.id if statement else None
        self.label = visible(statement.label) if statement else ""
        fields = (
            fields_of(argument_map, statement, history, self._grades, origins) if statement else []
        )
        self.list.show(fields, keep=keep)
