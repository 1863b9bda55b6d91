"""Actions of the sources screen: move, edit, rate reliability, and merge."""

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
    """Show the details of a source; within the details, edit a field or follow its link."""
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
    """Go to the next source that shares its name with another."""
    assert work.snapshot is not None  # noqa: S101  (`_needs_twins` has looked)
    rows, at = work.list.rows, work.list.at
    order = [*range(at + 1, len(rows)), *range(at + 1)]
    target = next((n for n in order if rows[n].source.id in work.snapshot.twins), None)
    if target is None:
        key = work.app.key("sources.leave")
        work.app.say(f"no duplicate name in this list; {key} lists all sources")
    else:
        focus(work.list)
        work.move(target - at)


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
    """Untick all sources, else clear the search, else leave the screen."""
    if work.ticked:
        work.list.ticked.clear()
        work.list.refresh()
        work.show_ticks()
        return
    if work.step_back():
        await work.app.leave_screen()


def _tick(work: SourceWorkspace) -> None:
    """Tick or untick the source, and go to the next one."""
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
    return f"untick {len(work.ticked):,}" if work.ticked else "back"


def needs_source(work: SourceWorkspace) -> str:
    """Return why no source can be acted on; empty if one is highlighted."""
    return "" if work.row is not None else "no source is selected"


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
    return "" if work.snapshot and work.snapshot.twins else "no two sources share a name"


_LEADS: Final = {
    "alike": "merge", "derives_from": "go to source", "same_origin": "go to source",
    "letter": "rate", "said": "open statement",
}  # fmt: skip
"""The footer's words for enter on fields that link to another place."""

ACTIONS = (
    Action("sources.open", "show details; there, edit the field or follow its link",
           "enter,l,right,i,f2", _open, needs_source, hint=_look_or_edit, rank=1,
           is_pointed=True),
    Action("sources.clear", "clear the field, or remove its link", "backspace", _clear,
           _needs_field, is_pointed=True),
    Action("sources.list", "back to the list", "h,left", _to_list),
    Action("sources.find", "search by name", "slash", _find, hint="find", rank=2),
    Action("sources.letter", "rate its reliability A–F (Admiralty)", "a",
           _letter, needs_source, hint="rate", rank=3, is_pointed=True),
    Action("sources.merge", "merge with another source", "m", _merge, needs_source,
           hint="merge", rank=4, is_pointed=True, takes_several=True),
    Action("sources.mark", "tick or untick the source, to merge several", "V", _tick,
           _needs_listed, hint="tick", is_pointed=True, takes_several=True),
    Action("sources.mark-down", "tick this source and the next", "shift+down", _extend(1),
           _needs_listed),
    Action("sources.mark-up", "tick this source and the previous one", "shift+up", _extend(-1),
           _needs_listed),
    Action("sources.mark-all", "tick all listed sources", "ctrl+a", _tick_all,
           _needs_listed),
    Action("sources.sort", "sort the list", "s", _sort, hint="sort", rank=5),
    Action("sources.twin", "next source with a duplicate name", "n", _twin,
           _needs_twins),
    Action("sources.next", "next source or field", "j,down", _move(1)),
    Action("sources.previous", "previous source or field", "k,up", _move(-1)),
    Action("sources.page-down", "page down", "pagedown,ctrl+d", _page(1)),
    Action("sources.page-up", "page up", "pageup,ctrl+u", _page(-1)),
    Action("sources.first", "first source or field", "g,home", _first),
    Action("sources.last", "last source or field", "G,end", _last),
    Action("sources.turn", "switch between list and details", "tab,shift+tab", _turn_pane),
    Action("sources.undo", "undo", "u", _undo),
    Action("sources.redo", "redo", "U,ctrl+y,ctrl+r", _redo),
    Action("sources.leave", "untick all, leave search, then go back",
           "escape,q", _leave, hint=_leave_words, rank=6, takes_several=True),
)  # fmt: skip
