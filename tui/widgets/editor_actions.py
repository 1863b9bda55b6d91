"""Keys of a text field in which letters are typed."""

from __future__ import annotations

from typing import Protocol

from tui.actions.action import Action


class Editing(Protocol):
    """A field whose text is being edited."""

    def keep(self) -> None:
        """Save the text, and close the field."""

    def drop(self) -> None:
        """Close the field, and leave its text as it was."""

    def insert(self, text: str) -> object:
        """Insert *text* at the cursor."""


def _keep(editor: Editing) -> None:
    editor.keep()


def _drop(editor: Editing) -> None:
    editor.drop()


def _line(editor: Editing) -> None:
    editor.insert("\n")


ACTIONS = (
    Action("editor.keep", "save the text", "enter", _keep, hint="save", rank=1),
    Action("editor.drop", "cancel the edit", "escape", _drop, hint="cancel", rank=2),
    Action("editor.line", "insert a line break", "ctrl+j", _line, hint="new line", rank=3),
)
