"""The library: finding, opening, adding, removing documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions import Action

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
        dialog = AskDialog("which text file?", given, suggester=PathSuggester(),
                           hint="→ takes the rest of a name · enter opens it")  # fmt: skip
        given = await library.app.push_screen_wait(dialog)
        if given and given.strip():
            with library.app.explaining():
                await library.open_file(given)
                return


async def _paste(library: LibraryScreen) -> None:
    from tui.dialogs.ask import PasteDialog

    text = await library.app.push_screen_wait(PasteDialog())
    if text and text.strip():
        await library.app.add(text)


async def _example(library: LibraryScreen) -> None:
    await library.app.open_example()


def _find(library: LibraryScreen) -> None:
    library.line.focus()


def _list(library: LibraryScreen) -> None:
    library.table.focus()


async def _sort(library: LibraryScreen) -> None:
    from tui.dialogs.pick import Choice, PickDialog
    from tui.screens.library import COLUMNS

    choices = [Choice(name, name) for name in COLUMNS]
    chosen = await library.app.push_screen_wait(
        PickDialog("sort by", choices, current=library.sorted_by)
    )
    if chosen is not None:
        library.sort_by(chosen)


async def _remove(library: LibraryScreen) -> None:
    await library.remove_document()


async def _undo(library: LibraryScreen) -> None:
    await library.turn(back=True)


async def _redo(library: LibraryScreen) -> None:
    await library.turn(back=False)


def _needs_row(library: LibraryScreen) -> str:
    return "" if library.row is not None else "there is no document here"


ACTIONS = (
    Action("library.open", "open the document", "enter,l,right", _open, _needs_row,
           hint="open", rank=1, is_pointed=True),
    Action("library.file", "add a text file", "o", _file, hint="add a file", rank=2),
    Action("library.paste", "paste a text", "p", _paste, hint="paste", rank=3),
    Action("library.example", "the worked example", "d", _example, hint="example", rank=4),
    Action("library.find", "find", "slash", _find, hint="find", rank=5),
    Action("library.sort", "sort the list", "s", _sort, hint="sort", rank=6),
    Action("library.list", "back to the list", "escape", _list),
    Action("library.next", "next document", "j,down", _next),
    Action("library.previous", "previous document", "k,up", _previous),
    Action("library.remove", "remove the document with its map", "delete,D", _remove, _needs_row,
           is_pointed=True),
    Action("library.undo", "undo", "u", _undo),
    Action("library.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
)  # fmt: skip
