"""The library: finding, opening, adding, editing, removing documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.action import Action
from tui.core.places import Sources

if TYPE_CHECKING:
    from tui.screens.library import LibraryScreen


def _next(library: LibraryScreen) -> None:
    library.move(1)


def _previous(library: LibraryScreen) -> None:
    library.move(-1)


async def _open(library: LibraryScreen) -> None:
    await library.open()


async def _file(library: LibraryScreen) -> None:
    from tui.dialogs.ask import AskDialog
    from tui.dialogs.paths import PathSuggester

    given: str | None = ""
    while given is not None:
        dialog = AskDialog("Which text file?", given, suggester=PathSuggester(),
                           hint="tab completes it · enter opens it · esc cancels")  # fmt: skip
        given = await library.app.push_screen_wait(dialog)
        if given and given.strip():
            with library.app.explaining():
                if await library.open_file(given):
                    return


async def _paste(library: LibraryScreen) -> None:
    from argmap.adding import extract_from_text
    from argmap.text import normal_lines
    from tui.dialogs.ask import PasteDialog
    from tui.documents import offer_text

    text: str | None = ""
    while True:
        text = await library.app.push_screen_wait(PasteDialog(text or ""))
        if not text or not text.strip():
            return
        with library.app.explaining():
            extract = extract_from_text(normal_lines(text), "the text")
            if await offer_text(library.app, extract, "", "Add this text"):
                return


async def _example(library: LibraryScreen) -> None:
    await library.app.begin_tour()


async def _edit(library: LibraryScreen) -> None:
    await library.edit_document()


def _find(library: LibraryScreen) -> None:
    library.line.focus()


def clear_search(library: LibraryScreen) -> None:
    """Leave the search, and list all documents again."""
    library.clear_search()


async def _sort(library: LibraryScreen) -> None:
    from tui.dialogs.pick import Choice, PickDialog
    from tui.library_rows import HEADINGS, WIDTHS

    choices = [Choice(name, HEADINGS.get(name, name)) for name in WIDTHS]
    chosen = await library.app.push_screen_wait(
        PickDialog("Sort by", choices, current=library.sorted_by)
    )
    if chosen is not None:
        library.sort_by(chosen)


async def _remove(library: LibraryScreen) -> None:
    await library.remove_document()


async def _undo(library: LibraryScreen) -> None:
    await library.turn(back=True)


async def _redo(library: LibraryScreen) -> None:
    await library.turn(back=False)


def needs_row(library: LibraryScreen) -> str:
    """Return why nothing can be done to a document; empty where one is highlighted."""
    if library.row is not None:
        return ""
    key = library.app.key("library.clear")
    return f"nothing is found; {key} clears the search" if library.documents else _EMPTY


def _needs_documents(library: LibraryScreen) -> str:
    return "" if library.documents else _EMPTY


async def _sources(library: LibraryScreen) -> None:
    await library.app.go(Sources())


_EMPTY = "the library is empty; add a text first"


ACTIONS = (
    Action("library.open", "open the document", "enter,l,right", _open, needs_row,
           hint="open", rank=1, is_pointed=True),
    Action("library.file", "open a text file", "o", _file, hint="add a file", rank=2),
    Action("library.paste", "paste a text", "p", _paste, hint="paste", rank=3),
    Action("library.example", "open the worked example, with a tour", "d", _example, hint="tour",
           rank=6),
    Action("library.find", "search the library", "slash", _find, _needs_documents,
           hint="search", rank=4),
    Action("library.edit", "edit title, author, publisher, date, address", "e", _edit,
           needs_row, hint="edit", rank=5, is_pointed=True),
    Action("library.sort", "sort the list", "s", _sort, _needs_documents, hint="sort", rank=7),
    Action("library.clear", "leave the search", "escape", clear_search),
    Action("library.next", "next document", "j,down", _next),
    Action("library.previous", "previous document", "k,up", _previous),
    Action("library.remove", "remove the document with its map", "delete,D", _remove, needs_row,
           is_pointed=True),
    Action("library.undo", "undo", "u", _undo),
    Action("library.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    Action("library.sources", "see the sources of all documents, and how reliable they are", "S",
           _sources, hint="sources", rank=7),
)  # fmt: skip
