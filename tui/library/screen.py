"""The library screen, which sorts, filters and searches all documents."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Center, Middle, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Static

from argmap.errors import ArgmapError
from argmap.text.composition import search_key
from argmap.text.display import counted, visible
from store import redo, search, undo
from store.log import data_version, delete_document, read_extract
from store.queries import DocumentSummary, SearchHit, list_documents
from tui.actions.action import bindings
from tui.core.background import reporting_slow_work, run_in_background
from tui.dialogs.add_document import edit_stored_document, offer_text
from tui.look.signs import drawn
from tui.widgets.bars import HeadingLine, KeyLine
from tui.widgets.focusing import focus
from tui.widgets.line import LineInput

from . import actions, search_actions
from .rows import LibraryRow, columns_for, document_row, heading_cell, hit_row, split_words
from .welcome import Welcome

if TYPE_CHECKING:
    from rich.text import Text
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.formats.registry import Extract
    from store import Store
    from tui.core.program import Program
    from tui.document.database_threads import DatabaseThreads

MOST: Final = 1000
"""Maximum number of rows that are listed; a search finds the others."""

POLL_INTERVAL: Final = 0.4
"""Seconds between two checks for changes by other processes."""


class LibrarySearchInput(LineInput):
    """The line for the words to search for."""

    key_context = "finding"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(search_actions.ACTIONS)]


class LibraryScreen(Screen[None]):
    """Lists the documents, or shows a welcome if there are none."""

    app: Program
    context = "library"
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(actions.ACTIONS)]
    DEFAULT_CSS = """
    LibraryScreen {
        & #list { height: 1fr; padding: 1 2 0 2; }
        & LineInput, & LineInput:focus {
            border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $surface;
        }
        & DataTable {
            height: 1fr; background: $background; overflow-x: hidden;
            &:focus, &:focus > .datatable--header { background-tint: transparent; }
            & > .datatable--header { background: $background; color: $accent; text-style: none; }
            & > .datatable--cursor, &:focus > .datatable--cursor {
                background: $foreground 14%; color: $foreground; text-style: none;
            }
            & > .datatable--odd-row, & > .datatable--even-row { background: $background; }
        }
        &:ansi DataTable > .datatable--cursor { text-style: reverse; }
        &:ansi DataTable > .datatable--header {
            background: ansi_default; color: ansi_default; text-style: bold;
        }
        & #more { height: 1; color: $foreground 70%; }
        & #welcome { height: 1fr; display: none; }
        &.-empty { & #list { display: none; } & #welcome { display: block; } }
    }
    """

    def __init__(self, database: DatabaseThreads) -> None:
        """List the documents of *database*."""
        super().__init__()
        self.database = database
        self.documents: list[DocumentSummary] = []
        self.sorted_by = "changed"
        self.is_reversed = True
        self._rows: list[LibraryRow] = []
        self._columns: list[Text] = []
        """The headings that the table shows now."""
        self._version: tuple[str, int] | None = None
        """The version of the database when the list was read last."""
        self.line = LibrarySearchInput(placeholder="search titles, authors, statements and texts")
        self.table: DataTable[Text] = DataTable(cursor_type="row", cell_padding=0)
        self.welcome = Welcome()
        self._more = Static(id="more")
        self._keys = KeyLine()
        self._heading = HeadingLine()

    def compose(self) -> ComposeResult:
        """Lay out the search line above the table, and a welcome for an empty library."""
        yield self._heading
        with Vertical(id="list"):
            yield self.line
            yield self.table
            yield self._more
        with Middle(id="welcome"), Center():
            yield self.welcome
        yield self._keys

    def on_mount(self) -> None:
        """Read the list, and start polling the database."""
        self.table.focus()
        self._keys.show()
        run_in_background(self, self.read)
        self.set_interval(POLL_INTERVAL, partial(run_in_background, self, self._poll, "poll"))

    # Listing

    async def read(self) -> None:
        """Read the list again, with the cursor on the same row."""
        version, documents = await self.database.read(lambda s: (_version(s), list_documents(s)))
        self._version, self.documents = version, documents
        self.set_class(not documents, "-empty")
        await self.fill()
        self.keep_focus()

    async def _poll(self) -> None:
        """Read the list again if the database has changed."""
        if self._version is None:
            return  # the first read is under way
        try:
            version = await self.database.read(_version)
        except ArgmapError as error:
            self._heading.show("library", "", str(error))
            return
        if version != self._version:
            run_in_background(self, self.read, "read")

    def keep_focus(self) -> None:
        """Move the focus to a widget that is shown, if the focused one is hidden."""
        if self.has_class("-empty"):  # not before the first read: the class is set by it
            self.welcome.focus()
        elif self.focused is None or self.focused is self.welcome:
            self.table.focus()
        self._keys.show()

    def on_screen_resume(self) -> None:
        """Restore the focus, and read changes made on other screens."""
        self.keep_focus()
        run_in_background(self, self._poll, "poll")

    def on_resize(self) -> None:
        """Lay out the columns for the new width."""
        self._fill_aside()

    def _fill_aside(self) -> None:
        run_in_background(self, self.fill, "fill")

    async def fill(self, *, from_top: bool = False) -> None:
        """List the documents and search matches for the typed words.

        Args:
            from_top: Move the cursor to the first row instead of keeping its row.
        """
        typed = self.line.words
        words = search_key(typed).split()

        def is_found(d: DocumentSummary) -> bool:
            about = search_key(f"{d.title} {d.author or ''} {d.published or ''}")
            return all(word in about for word in words)

        hits = await self.database.read(lambda store: search(store, typed, MOST)) if words else []
        fitting = list(filter(is_found, self.documents))
        fitting.sort(key=self._sort_key, reverse=self.is_reversed)
        has = {d.id for d in fitting}
        hits = [hit for hit in hits if hit.statement or hit.document not in has]
        self._show(fitting, hits, from_top=from_top)

    def _show(
        self, documents: list[DocumentSummary], hits: list[SearchHit], *, from_top: bool
    ) -> None:
        columns = columns_for(self.size.width - 4)
        typed = self.line.words
        words, names = typed.split(), split_words(typed)
        titles = {d.id: d.title for d in self.documents}
        rows = [document_row(d, columns, words) for d in documents[:MOST]]
        rows += [
            hit_row(hit, titles.get(hit.document, hit.document), columns, names)
            for hit in hits[: MOST - len(rows)]
        ]
        with self.app.batch_update():
            self._show_columns(columns)
            self._show_rows(rows, from_top=from_top)
        unseen = len(documents) + len(hits) - len(rows)
        more = f"{unseen:,} more not listed; search to find them" if unseen > 0 else ""
        if not rows and self.documents:
            key = self.app.key("finding.clear")
            more = f"no match for “{visible(typed)}” · {key} clears the search"
        self._more.update(Content(drawn(more)))
        self._show_heading(len(documents), len(hits))
        self._keys.show()

    def _show_columns(self, columns: dict[str, int]) -> None:
        arrow = "↓" if self.is_reversed else "↑"
        headings = [
            heading_cell(name, width, arrow if name == self.sorted_by else "")
            for name, width in columns.items()
        ]
        if headings != self._columns:
            self._columns, self._rows = headings, []
            self.table.clear(columns=True)
            for heading, (name, width) in zip(headings, columns.items(), strict=True):
                self.table.add_column(heading, key=name, width=width)

    def _show_rows(self, rows: list[LibraryRow], *, from_top: bool) -> None:
        """Show *rows* if they have changed; keep the cursor and the scroll position."""
        before, at, top = self.row, self.table.cursor_row, self.table.scroll_offset.y
        if rows != self._rows or not self.table.row_count:
            self._rows = rows
            self.table.clear()
            for row in rows:
                self.table.add_row(*row.cells)
        if from_top or not rows:
            self.table.move_cursor(row=0)
            return
        keys = [row.key for row in rows]
        kept = keys.index(before.key) if before and before.key in keys else min(at, len(keys) - 1)
        self.table.move_cursor(row=kept, scroll=False)
        self.table.scroll_to(y=top, animate=False)
        self.call_after_refresh(self.table.move_cursor, row=kept)

    def _show_heading(self, documents: int, hits: int) -> None:
        every = counted(len(self.documents), "document")
        if self.line.value.strip():
            every = f"{documents + hits:,} found · {every}"
        self._heading.show("library", "", every if self.documents else "")

    def _sort_key(self, listed: DocumentSummary) -> tuple[bool, str | int, str]:
        value = getattr(listed, self.sorted_by)
        folded = value.casefold() if isinstance(value, str) else value
        return value is not None, folded if folded is not None else "", listed.id

    @property
    def row(self) -> LibraryRow | None:
        """The highlighted row; None if the list is empty."""
        at = self.table.cursor_row
        return self._rows[at] if 0 <= at < len(self._rows) else None

    # Moving and searching

    def move(self, by: int) -> None:
        """Move *by* rows down, or up if it is negative."""
        table = self.table
        table.move_cursor(row=max(0, min(table.cursor_row + by, table.row_count - 1)))

    def sort_by(self, column: str) -> None:
        """Sort by *column*, or reverse the order if it is sorted by it already."""
        self.is_reversed = not self.is_reversed if column == self.sorted_by else False
        self.sorted_by = column
        self._fill_aside()

    def clear_search(self) -> None:
        """Clear the search and focus the list, with the cursor on the same row."""
        with self.prevent(LineInput.Changed):
            self.line.value = ""
        self._fill_aside()
        if self.documents:
            focus(self.table)

    async def open_match(self) -> None:
        """Open the highlighted match of the words in the search line."""
        await self.fill()  # the search may lag behind the last keys
        if self.row is None:
            self.app.say(f"no document matches; {self.app.key('finding.clear')} clears the search")
        await self.open()

    async def open(self) -> None:
        """Open the highlighted document."""
        row = self.row
        if row is not None and await self.app.open_document(row.document) and row.statement:
            self.app.select(row.statement)

    # Adding, editing and removing

    async def open_file(self, path: str) -> bool:
        """Add and open the text in the file at *path*; return whether it was added.

        Raises:
            InputError: the file cannot be read or has no text.
        """
        with reporting_slow_work(self.app, f"reading {path}…", can_stop=True):
            extract, name = await asyncio.to_thread(read_extract, path)
        return await offer_text(self.app, extract, name, "Add this text")

    async def offer(self, text: Extract, title: str) -> bool:
        """Offer to add *text*; return whether it was added."""
        return await offer_text(self.app, text, "", title)

    async def edit_document(self) -> None:
        """Edit title, author, publisher, date and URL of the highlighted document."""
        row = self.row
        done = await edit_stored_document(self.app, row.document) if row is not None else None
        await self.read()
        if done is not None:
            self.app.say(f"{done.label} · {self.app.key('library.undo')} undoes it")

    async def remove_document(self) -> None:
        """Remove the highlighted document with its map; undo restores both."""
        row = self.row
        if row is None:
            return
        label = await self.database.write(lambda store: delete_document(store, row.document))
        await self.read()
        self.app.say(f"{label} · {self.app.key('library.undo')} undoes it")

    async def undo_or_redo(self, *, back: bool) -> None:
        """Undo the newest operation of the database, or redo the last undone one."""
        logged = await self.database.write(undo if back else redo)
        again = f" · {self.app.key('library.redo')} redoes it" if back else ""
        await self.read()
        self.app.say(f"{'undone' if back else 'redone'}: {logged.label}{again}")

    # Events

    def on_input_changed(self) -> None:
        """Filter the list by the typed words, and go to the best match."""
        run_in_background(self, partial(self.fill, from_top=True), "fill")

    async def on_data_table_row_selected(self) -> None:
        """Open the selected row."""
        await self.app.act("library.open")

    def on_data_table_header_selected(self, event: DataTable.HeaderSelected) -> None:
        """Sort by the column that was clicked."""
        self.sort_by(str(event.column_key.value))


def _version(store: Store) -> tuple[str, int]:
    """Return a value that changes when another process writes or creates the file."""
    return str(store.path), data_version(store)
