"""The library: every document, sorted, filtered as one types, searched in all its words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from attrs import frozen
from rich.text import Text
from textual.containers import Center, Middle, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Static

from argmap.text import counted, visible
from store import Hit, Listed, list_documents, redo, search, undo
from store.files import read_text
from store.shelving import unshelve
from tui.actions import bindings_for
from tui.background import run_aside
from tui.bars import Heading, KeyLine
from tui.cells import cut
from tui.line import Line
from tui.signs import drawn

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.app import ArgmapApp
    from tui.archive import Archive

MOST: Final = 1000
"""Rows that are listed at once; typing finds the others."""

COLUMNS: Final = {
    "title": 0, "author": 22, "published": 11, "claims": 8, "evidence": 10, "changed": 11,
}  # fmt: skip
"""The columns with the cells that each takes; the first takes what is left."""

NARROW: Final = 100
"""Columns of a screen on which only the first, the second and the last are shown."""

WELCOME: Final = """\
argmap

Take an op-ed apart, claim by claim.

[b]o[/b]   open a text file
[b]p[/b]   paste a text
[b]d[/b]   the worked example, with a tour
"""


@frozen
class _Row:
    """What a row of the table leads to."""

    document: str
    statement: str | None = None


class LibraryScreen(Screen[None]):
    """Lists what there is to read, or how to begin."""

    app: ArgmapApp
    context = "library"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("library")]
    DEFAULT_CSS = """
    LibraryScreen {
        & #list { height: 1fr; padding: 1 2 0 2; }
        & Line, & Line:focus {
            border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $surface;
        }
        & DataTable {
            height: 1fr; background: $background; overflow-x: hidden;
            &:focus { background-tint: transparent; }
            & > .datatable--header { background: $background; color: $accent; text-style: none; }
            & > .datatable--cursor, &:focus > .datatable--cursor {
                background: $foreground 14%; color: $foreground; text-style: none;
            }
            & > .datatable--odd-row, & > .datatable--even-row { background: $background; }
        }
        &:ansi DataTable > .datatable--cursor { text-style: reverse; }
        & #more { height: 1; color: $foreground 70%; }
        & #welcome { height: 1fr; display: none; }
        & #welcome Static { width: auto; }
        &.-empty { & #list { display: none; } & #welcome { display: block; } }
    }
    """

    def __init__(self, archive: Archive) -> None:
        """List the documents of *archive*."""
        super().__init__()
        self.archive = archive
        self.documents: list[Listed] = []
        self.sorted_by = "changed"
        self.is_reversed = True
        self._rows: list[_Row] = []
        self.line = Line(placeholder="type to find a title, an author, or any words")
        self.table: DataTable[Text] = DataTable(cursor_type="row")
        self._more = Static(id="more")
        self._keys = KeyLine()
        self._heading = Heading()

    def compose(self) -> ComposeResult:
        """Hold the line to type in over the table; a welcome where there is nothing."""
        yield self._heading
        with Vertical(id="list"):
            yield self.line
            yield self.table
            yield self._more
        with Middle(id="welcome"), Center():
            yield Static(Content.from_markup(WELCOME))
        yield self._keys

    def on_mount(self) -> None:
        """Read the list."""
        self.table.focus()
        self._keys.show()
        run_aside(self, self.read)

    async def read(self) -> None:
        """Read the list again."""
        self.documents = await self.archive.read(list_documents)
        self.set_class(not self.documents, "-empty")
        self._heading.show("library", "", counted(len(self.documents), "document"))
        await self.fill()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._fill_aside()

    def _fill_aside(self) -> None:
        run_aside(self, self.fill, "fill")

    async def fill(self) -> None:
        """Show the documents, and what the words that are typed find in them."""
        typed = self.line.words
        words = typed.casefold().split()
        hits = await self.archive.read(lambda store: search(store, typed, MOST)) if words else []
        fitting = [
            d for d in self.documents
            if all(w in f"{d.title} {d.author or ''} {d.published or ''}".casefold() for w in words)
        ]  # fmt: skip
        fitting.sort(key=self._sort_key, reverse=self.is_reversed)
        self._show(fitting, [hit for hit in hits if hit.statement or not _has(fitting, hit)])

    def _show(self, documents: list[Listed], hits: list[Hit]) -> None:
        shown = [*COLUMNS] if self.size.width >= NARROW else ["title", "author", "changed"]
        left = max(16, self.size.width - 8 - sum(COLUMNS[name] + 2 for name in shown))
        self.table.clear(columns=True)
        arrow = "↓" if self.is_reversed else "↑"
        for name in shown:
            label = f"{name} {arrow}" if name == self.sorted_by else name
            self.table.add_column(Text(drawn(label)), key=name, width=COLUMNS[name] or left)
        self._rows = []
        for d in documents[:MOST]:
            self._rows.append(_Row(d.id))
            values = {
                "title": visible(d.title), "author": visible(d.author or ""),
                "published": d.published or "", "claims": f"{d.claims:,}",
                "evidence": f"{d.evidence:,}", "changed": (d.changed or "")[:10],
            }  # fmt: skip
            cells = (cut(values[name], COLUMNS[name] or left) for name in shown)
            self.table.add_row(*map(Text, cells))
        for hit in hits[: MOST - len(self._rows)]:
            self._rows.append(_Row(hit.document, hit.statement))
            label = f"  {visible(hit.label)}  " if hit.label else "  "
            self.table.add_row(Text(cut(f"{label}{visible(hit.snippet)}", left), "italic"),
                               Text(cut(visible(hit.document), COLUMNS["author"])))  # fmt: skip
        unseen = len(documents) + len(hits) - len(self._rows)
        more = f"and {unseen:,} more; type to find them" if unseen > 0 else ""
        if not self._rows:
            more = "nothing has these words"
        self._more.update(Content(more))
        self._keys.show()

    def _sort_key(self, listed: Listed) -> tuple[bool, str | int, str]:
        value = getattr(listed, self.sorted_by)
        folded = value.casefold() if isinstance(value, str) else value
        return value is not None, folded if folded is not None else "", listed.id

    @property
    def row(self) -> _Row | None:
        """What the row of the cursor leads to."""
        at = self.table.cursor_row
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def move(self, by: int) -> None:
        """Go *by* rows on, or back."""
        table = self.table
        table.move_cursor(row=max(0, min(table.cursor_row + by, table.row_count - 1)))

    def sort_by(self, column: str) -> None:
        """Sort by *column*; once more, the other way round."""
        self.is_reversed = not self.is_reversed if column == self.sorted_by else False
        self.sorted_by = column
        self._fill_aside()

    async def open(self) -> None:
        """Open the document under the cursor."""
        row = self.row
        if row is not None and await self.app.open_document(row.document) and row.statement:
            self.app.select(row.statement)

    async def open_file(self, given: str) -> None:
        """Make a document of the text file *given*, a path, and open it."""
        await self.app.add(*await asyncio.to_thread(read_text, given))

    async def remove_document(self) -> None:
        """Remove the document under the cursor with its map; undo brings it back."""
        row = self.row
        if row is None:
            return
        label = await self.archive.write(lambda store: unshelve(store, row.document))
        self.app.say(f"{label} · {self.app.key('library.undo')} brings it back")
        await self.read()

    async def turn(self, *, back: bool) -> None:
        """Undo the newest operation of the database, or do again what was undone last."""
        logged = await self.archive.write(undo if back else redo)
        self.app.say(f"{'undone' if back else 'done again'}: {logged.label}")
        await self.read()

    def on_input_changed(self) -> None:
        """Narrow the list to what is typed."""
        self._fill_aside()

    def on_input_submitted(self) -> None:
        """Go on in the list."""
        self.table.focus()

    async def on_data_table_row_selected(self) -> None:
        """Open what was chosen."""
        await self.app.act("library.open")

    def on_data_table_header_selected(self, event: DataTable.HeaderSelected) -> None:
        """Sort by the column that was clicked."""
        self.sort_by(str(event.column_key.value))


def _has(documents: list[Listed], hit: Hit) -> bool:
    return any(d.id == hit.document for d in documents)
