"""Exporting: the format, where it goes, and what it will look like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from argmap.bundling import bundle_of
from argmap.formats import export_formats
from argmap.text import visible_lines
from store.files import write_whole
from tui.actions import bindings_for
from tui.bars import Heading, KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.map import ArgumentMap
    from tui.app import ArgmapApp

MOST_SHOWN: Final = 200_000
"""Code points of an export that are shown; all of it is written."""


class ExportScreen(Screen[None]):
    """Shows what an export will be, and writes it."""

    app: ArgmapApp
    context = "export"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("export")]
    DEFAULT_CSS = """
    ExportScreen {
        & Horizontal { height: 1; margin: 1 2 1 2; }
        & Horizontal Static { width: auto; padding-right: 2; }
        & Input, & Input:focus {
            border: none; height: 1; width: 1fr; padding: 0 1; background: $surface;
        }
        & TextArea, & TextArea:focus {
            border: blank; height: 1fr; background: $background; padding: 0 1;
        }
    }
    """

    def __init__(self, argument_map: ArgumentMap) -> None:
        """Offer *argument_map*."""
        super().__init__()
        self.map = argument_map
        self.format = export_formats()["markdown"]
        self.is_summary = False
        self._text = ""
        self.path = Input(select_on_focus=False)
        self._keys = KeyLine()
        self._heading = Heading()

    def compose(self) -> ComposeResult:
        """Hold where it goes over what it will be."""
        yield self._heading
        with Horizontal():
            yield Static("to the file", id="format")
            yield self.path
        yield TextArea("", read_only=True, soft_wrap=True, show_line_numbers=False)
        yield self._keys

    def on_mount(self) -> None:
        """Begin with Markdown, beside where argmap was started."""
        self._keys.show()
        self.query_one(TextArea).focus()
        self.show_preview()

    def show_preview(self) -> None:
        """Write the export in memory and show it."""
        write = self.format.summarise if self.is_summary else self.format.write
        self._text = "".join((write or self.format.write)(bundle_of([self.map])))
        cut = len(self._text) > MOST_SHOWN
        shown = visible_lines(self._text[:MOST_SHOWN]) + ("\n…" if cut else "")
        self.query_one(TextArea).load_text(shown)
        name = self.map.document.id.replace("/", "-")
        self.path.value = f"{name}{self.format.suffix}"
        short = ", shortened for sharing" if self.is_summary else ""
        self._heading.show(
            "export", self.map.document.title,
            f"{self.format.title}{short} · {len(self._text.encode()):,} bytes",
        )  # fmt: skip

    def turn_format(self) -> None:
        """Go on to the next format; Markdown has a short form too."""
        formats = list(export_formats().values())
        if self.format.summarise is not None and not self.is_summary:
            self.is_summary = True
        else:
            self.is_summary = False
            self.format = formats[(formats.index(self.format) + 1) % len(formats)]
        self.show_preview()

    def write(self) -> None:
        """Write the file.

        Raises:
            InputError: it cannot be written.
        """
        given = self.path.value.strip()
        if not given:
            self.app.say("give a file to write to")
            return
        path = Path(given).expanduser()
        write_whole(path, [self._text])
        self.app.pop_screen()
        self.app.say(f"wrote {path}")

    def copy(self) -> None:
        """Copy the whole export to the clipboard."""
        self.app.copy_to_clipboard(self._text)
        self.app.say(f"copied {len(self._text):,} characters")

    async def on_input_submitted(self) -> None:
        """Write the file."""
        await self.app.act("export.write")
