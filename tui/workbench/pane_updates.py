"""Redrawing the panes after a change of the selection, the filter or a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.queries import list_statement_edits
from tui.core.filters import filter_predicate
from tui.core.selection import places_of
from tui.lists.entries import check_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.core.host import Part

    from .panes import Panes


def show_selection(panes: Panes, *, from_text: bool) -> None:
    """Show the selected statement in all panes.

    *from_text* leaves the text pane where it is. A filter that hides the statement is cleared.
    """
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
    """Select the statement marked under the text cursor.

    A statement that is already selected stays selected. A click also makes the statement the one
    that new evidence is for.
    """
    work = panes.work
    statements = work.session.coverage.statements_at(*panes.text.cursor.range)
    if not statements or not panes.text.has_focus:
        return
    is_there = work.selected in statements
    if is_click or not is_there:
        work.select(work.selected if is_there else statements[0], from_text=not is_click)


def show_filter(panes: Panes) -> None:
    """Show only the rows that the filter lets through; the selection stays as it is."""
    work = panes.work
    panes.outline.filter(filter_predicate(work.map, work.filtered_by))
    panes.draw_boxes()
    panes.outline.filtered_to = work.filter_words
    panes.show_counts()


def is_hidden(panes: Panes) -> bool:
    """Return whether the filter hides the selected statement."""
    forest, selected = panes.outline.forest, panes.work.selected
    return selected is not None and selected in forest.home and not forest.lets_through(selected)


def show_aim(panes: Panes) -> None:
    """Name the pinned claim in the title of the map."""
    panes.note = panes.work.aim.words
    panes.show_counts()


def show_ticks(panes: Panes) -> None:
    """Redraw the ticks of the rows."""
    panes.outline.post_ticks_changed()


def show_list(panes: Panes) -> None:
    """Show the followed list in a line below the panes, or remove that line."""
    from tui.lists.followed_list_line import FollowedListLine

    lines = panes.screen.query(FollowedListLine)
    if not panes.work.followed_list.is_on:
        lines.remove()
    elif not lines:
        panes.screen.mount(FollowedListLine(panes.work), after=panes)
    for line in lines:
        line.show()


def show_what_if_line(panes: Panes) -> None:
    """Show the line of what-if mode below the panes, or remove it."""
    from .map.what_if_line import WhatIfLine

    lines, work = panes.screen.query(WhatIfLine), panes.work
    if not work.what_if_mode.is_on:
        lines.remove()
    elif not lines:
        line = WhatIfLine(work.what_if_mode, work.host.key("map.leave"))
        panes.screen.mount(line, after=panes)
    for line in lines:
        line.refresh()
    panes.draw_map()


def draw_map(panes: Panes) -> None:
    """Redraw the map with the current grades."""
    panes.draw_map()


UPDATED_BY: Final[Mapping[Part, Callable[[Panes], None]]] = {
    "aim": show_aim,
    "filter": show_filter,
    "list": show_list,
    "map": draw_map,
    "ticks": show_ticks,
    "what-if": show_what_if_line,
}
"""The function that redraws each part."""


async def show_slow_details(panes: Panes) -> None:
    """Show the history and origins of the selection, which take a while to compute."""
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
