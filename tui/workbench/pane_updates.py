"""Drawing what has changed in the open document: the selection, the filter, the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.queries import list_statement_edits
from tui.core.filters import filter_predicate
from tui.core.selection import places_of
from tui.lists.entries import check_line
from tui.lists.followed_list_line import FollowedListLine

from .map.what_if_line import SupposingLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.core.host import Part

    from .panes import Panes


def show_selection(panes: Panes, *, from_text: bool) -> None:
    """Show what is selected in all three panes; *from_text* leaves the text where it is."""
    work = panes.work
    if work.selected is None:
        panes.text.show_passages(())
        panes.details.show(work.map, None)
        panes.show_counts()
        return
    chosen = work.statement
    if not panes.outline.forest.lets_through(chosen.id):
        work.filtered_by = "all"
        show_filter(panes)
        work.host.say(f"filter cleared: it would hide {chosen.label}")
    if panes.outline.show_statement(chosen.id):
        panes.draw_boxes()
    places = places_of(chosen)
    panes.text.show_passages(places)
    low, high = panes.text.cursor.range
    if places and not from_text and not any(a < high and b > low for a, b in places):
        panes.text.go_to(places[0], centred=True)
    panes.details.show(work.map, chosen)
    panes.show_counts()


def select_under_cursor(panes: Panes, *, is_click: bool) -> None:
    """Select what rests on the words under the text cursor; to click there is to choose it."""
    work = panes.work
    found = work.session.coverage.statements_at(*panes.text.cursor.range)
    if not found or not panes.text.has_focus:
        return
    is_there = work.selected in found
    if is_click or not is_there:
        work.select(work.selected if is_there else found[0], from_text=not is_click)


def show_filter(panes: Panes) -> None:
    """Show the rows that the filter lets through; the selection is the caller's matter."""
    work = panes.work
    panes.outline.filter(filter_predicate(work.map, work.filtered_by))
    panes.draw_boxes()
    panes.outline.filtered_to = work.filter_words
    panes.show_counts()


def is_hidden(panes: Panes) -> bool:
    """Tell whether the filter has hidden what is selected."""
    forest, selected = panes.outline.forest, panes.work.selected
    return selected is not None and selected in forest.home and not forest.lets_through(selected)


def show_aim(panes: Panes) -> None:
    """Say in the title of the map which claim is pinned."""
    panes.note = panes.work.aim.words
    panes.show_counts()


def show_ticks(panes: Panes) -> None:
    """Draw which rows are marked."""
    panes.outline.post_ticks_changed()


def show_list(panes: Panes) -> None:
    """Show below the panes which list is followed, or take that away."""
    lines = panes.screen.query(FollowedListLine)
    if not panes.work.followed_list.is_on:
        lines.remove()
    elif not lines:
        panes.screen.mount(FollowedListLine(panes.work), after=panes)
    for line in lines:
        line.show()


def show_supposing(panes: Panes) -> None:
    """Show below the panes what is supposed to be gone, or take that away."""
    lines, work = panes.screen.query(SupposingLine), panes.work
    if not work.what_if_mode.is_on:
        lines.remove()
    elif not lines:
        line = SupposingLine(work.what_if_mode, work.host.key("map.leave"))
        panes.screen.mount(line, after=panes)
    for line in lines:
        line.refresh()
    panes.draw_map()


def draw_map(panes: Panes) -> None:
    """Draw the map again, with the grades as they are now."""
    panes.draw_map()


UPDATED_BY: Final[Mapping[Part, Callable[[Panes], None]]] = {
    "aim": show_aim,
    "filter": show_filter,
    "list": show_list,
    "map": draw_map,
    "ticks": show_ticks,
    "what-if": show_supposing,
}
"""What draws each part that can change."""


async def show_slow_details(panes: Panes) -> None:
    """Show what takes a while to find out about the selection, once nothing happens."""
    from tui.lists.origins import origins_behind

    work = panes.work
    await check_line(work)
    statement = work.selected
    if statement is None or work.session.database.unsaved:
        return
    done = await work.session.database.read(lambda store: list_statement_edits(store, statement))
    origins = await origins_behind(work.map, statement)
    if work.selected == statement:
        lines = [f"{at[:16].replace('T', ' ')}  {label}" for at, label in done]
        panes.details.show(work.map, work.statement, lines, origins)
