"""What the keys do in a field whose words are edited, where letters are letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tui.commands.action import Action

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.panes.editor import Editor


def _editor(screen: Screen[None]) -> Editor:
    """Return the editor that has the focus: only then are these actions possible."""
    return cast("Editor", screen.focused)


def _keep(screen: Screen[None]) -> None:
    _editor(screen).keep()


def _drop(screen: Screen[None]) -> None:
    _editor(screen).drop()


def _line(screen: Screen[None]) -> None:
    _editor(screen).insert("\n")


ACTIONS = (
    Action("editor.keep", "save what is typed", "enter", _keep, hint="save", rank=1),
    Action("editor.drop", "leave the field as it was", "escape", _drop, hint="cancel", rank=2),
    Action("editor.line", "begin a new line", "ctrl+j", _line, hint="new line", rank=3),
)
