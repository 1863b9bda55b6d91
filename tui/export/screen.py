"""The export screen: the format, the file name, and a preview."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static, TextArea

from argmap.errors import InputError
from argmap.formats.bundle import bundle_of
from argmap.formats.registry import export_formats
from argmap.host.file_names import file_name
from argmap.host.files import path_from_text
from argmap.host.outputs import check_output, is_regular, write_file
from argmap.text.display import visible_lines
from tui.actions.action import bindings
from tui.core.background import run_in_background
from tui.widgets.bars import HeadingLine, KeyLine
from tui.widgets.focusing import focus
from tui.widgets.line import LineInput

from .actions import ACTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.map import ArgumentMap
    from tui.core.program import Program

MOST_SHOWN: Final = 200_000
"""Maximum length of the preview, in code points; the file has the whole export."""


class ExportScreen(Screen[None]):
    """Previews an export of a map, and writes it to a file."""

    app: Program
    context = "export"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    ExportScreen {
        & Horizontal { height: 1; margin: 1 2 1 2; }
        & Horizontal Static { width: auto; padding-right: 2; }
        & LineInput, & LineInput:focus {
            border: none; height: 1; width: 1fr; padding: 0 1; background: $surface;
        }
        & TextArea, & TextArea:focus {
            border: blank; width: 100%; height: 1fr; background: $background; padding: 0 1;
        }
    }
    """

    def __init__(self, argument_map: ArgumentMap) -> None:
        """Export *argument_map*."""
        super().__init__()
        self.map = argument_map
        self.format = export_formats()["markdown"]
        self.is_summary = False
        self._about = ""
        self._text = ""
        """The export; empty until it is complete in memory."""
        self._offered = ""
        """The file name that the screen filled in; a typed name is left alone."""
        self._warned_of: Path | None = None
        """The existing file that the reader was warned about."""
        self.path = LineInput(select_on_focus=False)
        self._preview = TextArea(read_only=True, soft_wrap=True, show_line_numbers=False)
        self._keys = KeyLine()
        self._heading = HeadingLine()

    def compose(self) -> ComposeResult:
        """Lay out the file name above the preview."""
        yield self._heading
        with Horizontal():
            yield Static("file", id="format")
            yield self.path
        yield self._preview
        yield self._keys

    def on_mount(self) -> None:
        """Begin with Markdown, in the folder where argmap was started."""
        self._keys.show()
        self._preview.focus()
        self._preview_aside()

    def _preview_aside(self) -> None:
        short = ", shortened for sharing" if self.is_summary else ""
        self._about = f"{self.format.title}{short}"
        self._heading.show("export", self.map.document.title, f"{self._about} · writing…")
        run_in_background(self, self.show_preview, "preview")

    async def show_preview(self) -> None:
        """Write the export in memory and show it."""
        summarise = self.format.summarise if self.is_summary else None
        write = summarise or self.format.write
        self._text = await asyncio.to_thread(lambda: "".join(write(bundle_of([self.map]))))
        cut = len(self._text) > MOST_SHOWN
        shown = visible_lines(self._text[:MOST_SHOWN]) + ("\n…" if cut else "")
        self._preview.load_text(shown)
        if self.path.words == self._offered:
            name = file_name(self.map.document.id, self.format.suffix)
            self.path.words = self._offered = name
        size = f"{len(self._text.encode()):,} bytes"
        self._heading.show("export", self.map.document.title, f"{self._about} · {size}")
        self._keys.show()

    @property
    def is_written(self) -> bool:
        """Whether the whole export is in memory."""
        return bool(self._text)

    def toggle_focus(self) -> None:
        """Move the focus to the file name, or back to the preview."""
        focus(self._preview if self.path.has_focus else self.path)

    def next_format(self) -> None:
        """Switch to the next format; Markdown has a short form as well."""
        formats = list(export_formats().values())
        if self.format.summarise is not None and not self.is_summary:
            self.is_summary = True
        else:
            self.is_summary = False
            self.format = formats[(formats.index(self.format) + 1) % len(formats)]
        self._text = ""
        self._preview_aside()

    def write(self) -> None:
        """Write the file; overwrite an existing one only on the second call.

        Raises:
            InputError: the path cannot be written, or is a device, a pipe or a database file.
        """
        path = path_from_text(self.path.words)
        check_output(path, self.app.database.path)
        if not is_regular(path):  # writing to a pipe without a reader would block the app
            message = f"{path} is a device or a pipe; argmap export -o can write to it"
            raise InputError(message)
        if path.is_file() and path != self._warned_of:
            self._warned_of = path
            self.app.say(f"{path} already exists; write again to overwrite it")
            return
        write_file(path, [self._text])
        self.app.pop_screen()
        leaves_out = self.format.leaves_out
        left = ", ".join(leaves_out(bundle_of([self.map]))) if leaves_out else ""
        self.app.say(f"wrote {path}{f'; not included: {left}' if left else ''}")

    def copy(self) -> None:
        """Copy the whole export to the clipboard."""
        self.app.copy(self._text)
        self.app.say(f"copied {len(self._text):,} characters")

    async def on_input_submitted(self) -> None:
        """Write the file."""
        await self.app.act("export.write")
