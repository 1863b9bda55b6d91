"""The export screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.actions.action import Action

if TYPE_CHECKING:
    from tui.core.program import Program


class ExportView(Protocol):
    """An export that is shown before it is written."""

    @property
    def app(self) -> Program:
        """What is above the screen."""

    @property
    def is_written(self) -> bool:
        """Tell whether the whole export is in memory."""

    def write(self) -> None:
        """Write the file."""

    def next_format(self) -> None:
        """Go on to the next format."""

    def toggle_focus(self) -> None:
        """Go to the line of the path, or back."""

    def copy(self) -> None:
        """Copy the whole export."""


def _write(screen: ExportView) -> None:
    screen.write()


def _format(screen: ExportView) -> None:
    screen.next_format()


def _path(screen: ExportView) -> None:
    screen.toggle_focus()


def _copy(screen: ExportView) -> None:
    screen.copy()


def _needs_preview(screen: ExportView) -> str:
    return "" if screen.is_written else "it is still being written; wait a moment"


async def _leave(screen: ExportView) -> None:
    await screen.app.leave_screen()


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
