"""Sources of all documents: moving among them, their letters, merging them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.actions.action import Action
from tui.dialogs.prompts import pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from .workspace import SourceWorkspace


def _move(by: int) -> Callable[[SourceWorkspace], None]:
    def run(screen: SourceWorkspace) -> None:
        screen.move(by)

    return run


def _page(by: int) -> Callable[[SourceWorkspace], None]:
    def run(screen: SourceWorkspace) -> None:
        screen.turn_page(by)

    return run


def _first(screen: SourceWorkspace) -> None:
    screen.move(-(len(screen.list.rows) + len(screen.fields.fields)))


def _last(screen: SourceWorkspace) -> None:
    screen.move(len(screen.list.rows) + len(screen.fields.fields))


async def _open(screen: SourceWorkspace) -> None:
    """Look closer at a source; there, edit a field or go where it leads."""
    from .editing import open_field

    if not screen.is_close:
        screen.fields.focus()
    elif screen.fields.field is not None:
        await open_field(screen, screen.fields.field)


def _to_list(screen: SourceWorkspace) -> None:
    screen.list.focus()


def _turn_pane(screen: SourceWorkspace) -> None:
    (screen.list if screen.is_close else screen.fields).focus()


def _find(screen: SourceWorkspace) -> None:
    screen.line.focus()


async def _sort(screen: SourceWorkspace) -> None:
    from tui.dialogs.pick import Choice

    from .queries import COLUMNS

    choices = [Choice(name, name) for name in COLUMNS]
    chosen = await pick(screen.app, "Sort by", choices, current=screen.sorted_by)
    if chosen is not None:
        screen.sort_by(chosen)


def _twin(screen: SourceWorkspace) -> None:
    """Go to the next source whose name another one has too."""
    assert screen.known is not None  # noqa: S101  (`_needs_twins` has looked)
    rows, at = screen.list.rows, screen.list.at
    order = [*range(at + 1, len(rows)), *range(at + 1)]
    found = next((n for n in order if rows[n].source.id in screen.known.twins), None)
    if found is None:
        key = screen.app.key("sources.leave")
        screen.app.say(f"none of those that are listed; {key} lists all")
    else:
        screen.list.focus()
        screen.move(found - at)


async def _letter(screen: SourceWorkspace) -> None:
    from .editing import give

    await give(screen, None)


async def _merge(screen: SourceWorkspace) -> None:
    from .editing import merge, merge_marked

    if screen.marked:
        await merge_marked(screen, screen.marked)
        return
    await merge(screen)


async def _clear(screen: SourceWorkspace) -> None:
    from .editing import clear_field

    if screen.fields.field is not None:
        await clear_field(screen, screen.fields.field)


async def _undo(screen: SourceWorkspace) -> None:
    await screen.turn(back=True)


async def _redo(screen: SourceWorkspace) -> None:
    await screen.turn(back=False)


async def _leave(screen: SourceWorkspace) -> None:
    """Unmark all, or go back to the whole list, and from there to where one came from."""
    if screen.marked:
        screen.list.marked.clear()
        screen.list.refresh()
        screen.show_marks()
        return
    if screen.step_back():
        await screen.app.leave_screen()


def _mark(screen: SourceWorkspace) -> None:
    """Mark the source or unmark it, and go on to the next."""
    screen.list.toggle_mark(screen.list.at)
    screen.move(1)
    screen.show_marks()


def _extend(by: int) -> Callable[[SourceWorkspace], None]:
    def run(screen: SourceWorkspace) -> None:
        start = screen.list.at
        screen.move(by)
        screen.list.mark_rows(start, screen.list.at)
        screen.show_marks()

    return run


def _mark_all(screen: SourceWorkspace) -> None:
    screen.list.mark_rows(0, len(screen.list.rows))
    screen.show_marks()


def _needs_listed(screen: SourceWorkspace) -> str:
    return needs_source(screen) or ("go back to the list first" if screen.is_close else "")


def _leave_words(screen: SourceWorkspace) -> str:
    return f"unmark {len(screen.marked):,}" if screen.marked else "back"


def needs_source(screen: SourceWorkspace) -> str:
    """Return why nothing can be done to a source; empty where there is one."""
    return "" if screen.row is not None else "there is no source here"


def _needs_field(screen: SourceWorkspace) -> str:
    return needs_source(screen) or (
        "" if screen.is_close else "open the details of the source first"
    )


def _look_or_edit(screen: SourceWorkspace) -> str:
    if not screen.is_close:
        return "details"
    word, id_ = screen.fields.field.about if screen.fields.field else ("", "")
    return _LEADS.get(word if id_ else "", "edit")


def _needs_twins(screen: SourceWorkspace) -> str:
    return "" if screen.known and screen.known.twins else "no two sources have one name"


_LEADS: Final = {
    "alike": "merge", "derives_from": "go there", "same_origin": "go there", "letter": "letter",
    "said": "open it",
}  # fmt: skip
"""What enter does on fields that name something, in the footer's words."""

ACTIONS = (
    Action("sources.open", "show the details; in them, edit the field or follow it",
           "enter,l,right,i,f2", _open, needs_source, hint=_look_or_edit, rank=1,
           is_pointed=True),
    Action("sources.clear", "clear the field, or unlink what it names", "backspace", _clear,
           _needs_field, is_pointed=True),
    Action("sources.list", "back to the list", "h,left", _to_list),
    Action("sources.find", "find", "slash", _find, hint="find", rank=2),
    Action("sources.letter", "give it an Admiralty letter: how reliable it is", "a",
           _letter, needs_source, hint="letter", rank=3, is_pointed=True),
    Action("sources.merge", "merge it with another one", "m", _merge, needs_source,
           hint="merge", rank=4, is_pointed=True, takes_several=True),
    Action("sources.mark", "mark the source, to merge several, or unmark it", "V", _mark,
           _needs_listed, hint="mark", is_pointed=True, takes_several=True),
    Action("sources.mark-down", "mark this source and the next", "shift+down", _extend(1),
           _needs_listed),
    Action("sources.mark-up", "mark this source and the one before", "shift+up", _extend(-1),
           _needs_listed),
    Action("sources.mark-all", "mark all sources that are listed", "ctrl+a", _mark_all,
           _needs_listed),
    Action("sources.sort", "sort the list", "s", _sort, hint="sort", rank=5),
    Action("sources.twin", "next source that shares its name with another", "n", _twin,
           _needs_twins),
    Action("sources.next", "next source, or field", "j,down", _move(1)),
    Action("sources.previous", "previous source, or field", "k,up", _move(-1)),
    Action("sources.page-down", "a page down", "pagedown,ctrl+d", _page(1)),
    Action("sources.page-up", "a page up", "pageup,ctrl+u", _page(-1)),
    Action("sources.first", "the first one", "g,home", _first),
    Action("sources.last", "the last one", "G,end", _last),
    Action("sources.turn", "go to the list, or to the details", "tab,shift+tab", _turn_pane),
    Action("sources.undo", "undo", "u", _undo),
    Action("sources.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    Action("sources.leave", "unmark all, back to the whole list, then to where you came from",
           "escape,q", _leave, hint=_leave_words, rank=6, takes_several=True),
)  # fmt: skip
