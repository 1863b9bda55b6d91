"""The export screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.action import Action

if TYPE_CHECKING:
    from tui.screens.export import ExportScreen


def _write(screen: ExportScreen) -> None:
    screen.write()


def _format(screen: ExportScreen) -> None:
    screen.turn_format()


def _path(screen: ExportScreen) -> None:
    screen.turn_focus()


def _copy(screen: ExportScreen) -> None:
    screen.copy()


def _needs_preview(screen: ExportScreen) -> str:
    return "" if screen.is_written else "it is still being written; wait a moment"


def _leave(screen: ExportScreen) -> None:
    screen.app.pop_screen()


ACTIONS = (
    Action("export.write", "write the file", "enter", _write, _needs_preview,
           hint="write", rank=1),
    Action("export.path", "change where it goes, or back to the preview", "slash,tab", _path,
           hint="file name", rank=2),
    Action("export.format", "another format", "f", _format, hint="format", rank=3),
    Action("export.copy", "copy it to the clipboard", "y", _copy, _needs_preview,
           hint="copy", rank=5),
    Action("export.leave", "back without writing", "escape,q", _leave, hint="back", rank=4),
)  # fmt: skip
