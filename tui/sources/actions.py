"""Sources of all documents: moving among them, their letters, merging them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.actions.action import Action
from tui.dialogs.prompts import pick
from tui.widgets.focusing import focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from .workspace import SourceWorkspace


def _move(by: int) -> Callable[[SourceWorkspace], None]:
    def run(work: SourceWorkspace) -> None:
        work.move(by)

    return run


def _page(by: int) -> Callable[[SourceWorkspace], None]:
    def run(work: SourceWorkspace) -> None:
        work.page(by)

    return run


def _first(work: SourceWorkspace) -> None:
    work.move(-(len(work.list.rows) + len(work.fields.fields)))


def _last(work: SourceWorkspace) -> None:
    work.move(len(work.list.rows) + len(work.fields.fields))


async def _open(work: SourceWorkspace) -> None:
    """Look closer at a source; there, edit a field or go where it leads."""
    from .editing import open_field

    if not work.is_in_details:
        focus(work.fields)
    elif work.fields.field is not None:
        await open_field(work, work.fields.field)


def _to_list(work: SourceWorkspace) -> None:
    focus(work.list)


def _turn_pane(work: SourceWorkspace) -> None:
    focus(work.list if work.is_in_details else work.fields)


def _find(work: SourceWorkspace) -> None:
    focus(work.line)


async def _sort(work: SourceWorkspace) -> None:
    from tui.dialogs.pick import Choice

    from .queries import COLUMNS

    choices = [Choice(name, name) for name in COLUMNS]
    chosen = await pick(work.app, "Sort by", choices, current=work.sorted_by)
    if chosen is not None:
        work.sort_by(chosen)


def _twin(work: SourceWorkspace) -> None:
    """Go to the next source whose name another one has too."""
    assert work.snapshot is not None  # noqa: S101  (`_needs_twins` has looked)
    rows, at = work.list.rows, work.list.at
    order = [*range(at + 1, len(rows)), *range(at + 1)]
    found = next((n for n in order if rows[n].source.id in work.snapshot.twins), None)
    if found is None:
        key = work.app.key("sources.leave")
        work.app.say(f"none of those that are listed; {key} lists all")
    else:
        focus(work.list)
        work.move(found - at)


async def _letter(work: SourceWorkspace) -> None:
    from .editing import ask_for_letter

    await ask_for_letter(work, None)


async def _merge(work: SourceWorkspace) -> None:
    from .editing import merge, merge_ticked

    if work.ticked:
        await merge_ticked(work, work.ticked)
        return
    await merge(work)


async def _clear(work: SourceWorkspace) -> None:
    from .editing import clear_field

    if work.fields.field is not None:
        await clear_field(work, work.fields.field)


async def _undo(work: SourceWorkspace) -> None:
    await work.undo_or_redo(back=True)


async def _redo(work: SourceWorkspace) -> None:
    await work.undo_or_redo(back=False)


async def _leave(work: SourceWorkspace) -> None:
    """Unmark all, or go back to the whole list, and from there to where one came from."""
    if work.ticked:
        work.list.ticked.clear()
        work.list.refresh()
        work.show_ticks()
        return
    if work.step_back():
        await work.app.leave_screen()


def _tick(work: SourceWorkspace) -> None:
    """Mark the source or unmark it, and go on to the next."""
    work.list.toggle_tick(work.list.at)
    work.move(1)
    work.show_ticks()


def _extend(by: int) -> Callable[[SourceWorkspace], None]:
    def run(work: SourceWorkspace) -> None:
        start = work.list.at
        work.move(by)
        work.list.tick_rows(start, work.list.at)
        work.show_ticks()

    return run


def _tick_all(work: SourceWorkspace) -> None:
    work.list.tick_rows(0, len(work.list.rows))
    work.show_ticks()


def _needs_listed(work: SourceWorkspace) -> str:
    return needs_source(work) or ("go back to the list first" if work.is_in_details else "")


def _leave_words(work: SourceWorkspace) -> str:
    return f"unmark {len(work.ticked):,}" if work.ticked else "back"


def needs_source(work: SourceWorkspace) -> str:
    """Return why nothing can be done to a source; empty where there is one."""
    return "" if work.row is not None else "there is no source here"


def _needs_field(work: SourceWorkspace) -> str:
    return needs_source(work) or (
        "" if work.is_in_details else "open the details of the source first"
    )


def _look_or_edit(work: SourceWorkspace) -> str:
    if not work.is_in_details:
        return "details"
    word, id_ = work.fields.field.about if work.fields.field else ("", "")
    return _LEADS.get(word if id_ else "", "edit")


def _needs_twins(work: SourceWorkspace) -> str:
    return "" if work.snapshot and work.snapshot.twins else "no two sources have one name"


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
    Action("sources.mark", "mark the source, to merge several, or unmark it", "V", _tick,
           _needs_listed, hint="mark", is_pointed=True, takes_several=True),
    Action("sources.mark-down", "mark this source and the next", "shift+down", _extend(1),
           _needs_listed),
    Action("sources.mark-up", "mark this source and the one before", "shift+up", _extend(-1),
           _needs_listed),
    Action("sources.mark-all", "mark all sources that are listed", "ctrl+a", _tick_all,
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
