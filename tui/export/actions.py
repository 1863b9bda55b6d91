"""Actions of the export screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.actions.action import Action

if TYPE_CHECKING:
    from tui.core.program import Program


class ExportView(Protocol):
    """A preview of an export that can be written to a file."""

    @property
    def app(self) -> Program:
        """The app that shows the screen."""

    @property
    def is_written(self) -> bool:
        """Whether the whole export is in memory."""

    def write(self) -> None:
        """Write the file."""

    def next_format(self) -> None:
        """Switch to the next format."""

    def toggle_focus(self) -> None:
        """Move the focus to the file name, or back to the preview."""

    def copy(self) -> None:
        """Copy the whole export to the clipboard."""


def _write(screen: ExportView) -> None:
    screen.write()


def _format(screen: ExportView) -> None:
    screen.next_format()


def _path(screen: ExportView) -> None:
    screen.toggle_focus()


def _copy(screen: ExportView) -> None:
    screen.copy()


def _needs_preview(screen: ExportView) -> str:
    return "" if screen.is_written else "the export is not ready yet; wait a moment"


async def _leave(screen: ExportView) -> None:
    await screen.app.leave_screen()


ACTIONS = (
    Action("export.write", "write the file", "enter", _write, _needs_preview,
           hint="write", rank=1),
    Action("export.path", "edit the file name, or return to the preview", "slash,tab", _path,
           hint="file name", rank=2),
    Action("export.format", "switch to the next format", "f", _format, hint="format", rank=3),
    Action("export.copy", "copy the export to the clipboard", "y", _copy, _needs_preview,
           hint="copy", rank=5),
    Action("export.leave", "leave without writing", "escape,q", _leave, hint="back", rank=4),
)  # fmt: skip
