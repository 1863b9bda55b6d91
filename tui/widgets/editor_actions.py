"""What the keys do in a field whose words are edited, where letters are letters."""

from __future__ import annotations

from typing import Protocol

from tui.actions.action import Action


class Editing(Protocol):
    """A field in which somebody types."""

    def keep(self) -> None:
        """Save what is typed, and close."""

    def drop(self) -> None:
        """Close, and leave the words as they were."""

    def insert(self, text: str) -> object:
        """Put *text* where the cursor is."""


def _keep(editor: Editing) -> None:
    editor.keep()


def _drop(editor: Editing) -> None:
    editor.drop()


def _line(editor: Editing) -> None:
    editor.insert("\n")


ACTIONS = (
    Action("editor.keep", "save what is typed", "enter", _keep, hint="save", rank=1),
    Action("editor.drop", "leave the field as it was", "escape", _drop, hint="cancel", rank=2),
    Action("editor.line", "begin a new line", "ctrl+j", _line, hint="new line", rank=3),
)
