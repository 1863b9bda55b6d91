"""What the keys do in a field whose words are edited, where letters are letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.action import Action

if TYPE_CHECKING:
    from tui.panes.editor import Editor


def _keep(editor: Editor) -> None:
    editor.keep()


def _drop(editor: Editor) -> None:
    editor.drop()


def _line(editor: Editor) -> None:
    editor.insert("\n")


ACTIONS = (
    Action("editor.keep", "save what is typed", "enter", _keep, hint="save", rank=1),
    Action("editor.drop", "leave the field as it was", "escape", _drop, hint="cancel", rank=2),
    Action("editor.line", "begin a new line", "ctrl+j", _line, hint="new line", rank=3),
)
