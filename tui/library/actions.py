"""Actions of the library: find, open, add, edit and remove documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.actions.action import Action
from tui.core.places import SourcesPlace
from tui.widgets.focusing import focus

if TYPE_CHECKING:
    from rich.text import Text
    from textual.widgets import DataTable

    from argmap.formats.registry import Extract
    from store.queries import DocumentSummary
    from tui.core.program import Program
    from tui.widgets.line import LineInput

    from .rows import LibraryRow


class LibraryView(Protocol):
    """The documents of the library, with a cursor and a search line."""

    documents: list[DocumentSummary]
    sorted_by: str
    line: LineInput
    table: DataTable[Text]

    @property
    def app(self) -> Program:
        """The app that shows the screen."""

    @property
    def row(self) -> LibraryRow | None:
        """The highlighted row; None if the list is empty."""

    def move(self, by: int) -> None:
        """Move *by* rows down, or up if it is negative."""

    def sort_by(self, column: str) -> None:
        """Sort by *column*, or reverse the order if it is sorted by it already."""

    def clear_search(self) -> None:
        """Clear the search and list all documents."""

    async def open(self) -> None:
        """Open the highlighted document."""

    async def open_match(self) -> None:
        """Open the highlighted match of the search."""

    async def open_file(self, path: str) -> bool:
        """Add the text in a file and open it; return whether it was added."""

    async def offer(self, text: Extract, title: str) -> bool:
        """Offer to add *text*; return whether it was added."""

    async def edit_document(self) -> None:
        """Edit the details of the highlighted document."""

    async def remove_document(self) -> None:
        """Remove the highlighted document."""

    async def undo_or_redo(self, *, back: bool) -> None:
        """Undo if *back*, else redo."""


def _next(library: LibraryView) -> None:
    library.move(1)


def _previous(library: LibraryView) -> None:
    library.move(-1)


async def _open(library: LibraryView) -> None:
    await library.open()


async def _file(library: LibraryView) -> None:
    from tui.dialogs.ask import AskDialog
    from tui.dialogs.paths import PathSuggester

    path: str | None = ""
    while path is not None:
        hint = "tab completes the path · enter opens the file · esc cancels"
        dialog = AskDialog("Add a text file", path, suggester=PathSuggester(), hint=hint)
        path = await library.app.ask(dialog)
        if path and path.strip():
            with library.app.reporting_errors():
                if await library.open_file(path):
                    return


async def _paste(library: LibraryView) -> None:
    from argmap.op_eds.documents import extract_from_text
    from argmap.text.decoding import normal_lines
    from tui.dialogs.ask import PasteDialog

    text: str | None = ""
    while True:
        text = await library.app.ask(PasteDialog(text or ""))
        if not text or not text.strip():
            return
        with library.app.reporting_errors():
            extract = extract_from_text(normal_lines(text), "the text")
            if await library.offer(extract, "Add this text"):
                return


async def _example(library: LibraryView) -> None:
    await library.app.begin_tour()


async def _edit(library: LibraryView) -> None:
    await library.edit_document()


def _find(library: LibraryView) -> None:
    focus(library.line)


def clear_search(library: LibraryView) -> None:
    """Leave the search and list all documents."""
    library.clear_search()


async def _sort(library: LibraryView) -> None:
    from tui.dialogs.pick import Choice, PickDialog

    from .rows import HEADINGS, WIDTHS

    choices = [Choice(name, HEADINGS.get(name, name)) for name in WIDTHS]
    chosen = await library.app.ask(PickDialog("Sort by", choices, current=library.sorted_by))
    if chosen is not None:
        library.sort_by(chosen)


async def _remove(library: LibraryView) -> None:
    await library.remove_document()


async def _undo(library: LibraryView) -> None:
    await library.undo_or_redo(back=True)


async def _redo(library: LibraryView) -> None:
    await library.undo_or_redo(back=False)


def needs_row(library: LibraryView) -> str:
    """Return why no document can be acted on; empty if one is highlighted."""
    if library.row is not None:
        return ""
    key = library.app.key("library.clear")
    return f"no document matches; {key} clears the search" if library.documents else _EMPTY


def _needs_documents(library: LibraryView) -> str:
    return "" if library.documents else _EMPTY


async def _sources(library: LibraryView) -> None:
    await library.app.go(SourcesPlace())


_EMPTY = "the library is empty; add a text first"


ACTIONS = (
    Action("library.open", "open the document", "enter,l,right", _open, needs_row,
           hint="open", rank=1, is_pointed=True),
    Action("library.file", "add a text file", "o", _file, hint="add a file", rank=2),
    Action("library.paste", "paste a text", "p", _paste, hint="paste", rank=3),
    Action("library.example", "open the example, with a tour", "d", _example, hint="tour",
           rank=6),
    Action("library.find", "search the library", "slash", _find, _needs_documents,
           hint="search", rank=4),
    Action("library.edit", "edit title, author, publisher, date and URL", "e", _edit,
           needs_row, hint="edit", rank=5, is_pointed=True),
    Action("library.sort", "sort the list", "s", _sort, _needs_documents, hint="sort", rank=7),
    Action("library.clear", "leave search", "escape", clear_search),
    Action("library.next", "next document", "j,down", _next),
    Action("library.previous", "previous document", "k,up", _previous),
    Action("library.remove", "remove the document and its map", "delete,D", _remove, needs_row,
           is_pointed=True),
    Action("library.undo", "undo", "u", _undo),
    Action("library.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    Action("library.sources", "show all sources and their reliability", "S",
           _sources, hint="sources", rank=7),
)  # fmt: skip
