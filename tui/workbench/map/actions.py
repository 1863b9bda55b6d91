"""Actions on the map: move, fold, filter, order, tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from argmap.analysis.outline import roots_of
from argmap.edit.compound import move_to
from argmap.edit.verbs import move_inference, move_statement, remove_inference
from argmap.text.display import visible
from tui.actions.action import Action
from tui.core.filters import filter_in_words
from tui.core.places import FieldPlace, TextPlace
from tui.core.selection import clear_ticks, needs_link, needs_row, ticked_or_selected_rows
from tui.dialogs.prompts import pick
from tui.workbench.edits.confirmation import do_and_confirm
from tui.workbench.edits.linking import selected_link
from tui.workbench.edits.ticked_rows import move_rows

from .moving import move_under
from .row_ticking import extend_ticks, tick_shown_rows, toggle_tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Size

    from tui.core.workspace import Workspace
    from tui.dialogs.pick import Choice

    from .outline_pane import OutlinePane


class MapView(Protocol):
    """The outline or the boxes, with a cursor on one row or box."""

    @property
    def size(self) -> Size:
        """The columns and rows of the view."""

    def step(self, by: int) -> None:
        """Move the cursor down by *by* rows or boxes, or up if negative."""

    def left(self) -> None:
        """Go to the parent of the cursor's row or box."""

    def right(self) -> None:
        """Go to the first child of the cursor's row or box."""

    def show_cursor(self) -> None:
        """Scroll the cursor into view."""


class MapPanes(Protocol):
    """The panes that show the map: the outline, and the current view."""

    work: Workspace
    outline: OutlinePane

    @property
    def map_view(self) -> MapView:
        """The outline, or the boxes if they are shown instead."""

    def draw_boxes(self) -> None:
        """Redraw the boxes, if they are shown."""


def _moves(by: int) -> Callable[[MapPanes], None]:
    def run(panes: MapPanes) -> None:
        panes.map_view.step(by)

    return run


def _pages(by: float) -> Callable[[MapPanes], None]:
    def run(panes: MapPanes) -> None:
        panes.map_view.step(int(panes.map_view.size.height * by))

    return run


def _first(panes: MapPanes) -> None:
    panes.outline.move_to(0)
    panes.map_view.show_cursor()


def _last(panes: MapPanes) -> None:
    panes.outline.move_to(len(panes.outline.forest.visible) - 1)
    panes.map_view.show_cursor()


def _leave(panes: MapPanes) -> None:
    if panes.outline.cancel_drag():
        return
    panes.work.host.leave_search()
    if panes.work.step_out() or clear_ticks(panes.work):
        return
    if panes.work.filtered_by != "all":
        panes.work.filter("all")


def _left(panes: MapPanes) -> None:
    panes.map_view.left()


def _right(panes: MapPanes) -> None:
    panes.map_view.right()


def _toggle(panes: MapPanes) -> None:
    panes.outline.fold(fold=None)
    panes.draw_boxes()


def _fold_all(panes: MapPanes) -> None:
    panes.outline.fold_all(fold=not panes.outline.forest.folded)
    panes.draw_boxes()


def _to_text(panes: MapPanes) -> None:
    statement, host = panes.work.statement, panes.work.host
    if statement.passages:
        first = statement.passages[0]
        host.show_place(TextPlace((first.start, first.end)))
    else:
        host.say(f"{statement.label} has no passage in the text")


def _move(panes: MapPanes, by: int) -> None:
    """Move the highlighted row among its siblings, as one edit."""
    node, base = panes.outline.node, panes.work.map
    if node is None:
        return
    inference = base.inferences.get(node.inference or "")
    siblings = base.inferences_to[inference.conclusion] if inference else roots_of(base)
    places = panes.outline.forest.places_past(node, [sibling.id for sibling in siblings], by)
    if not places:
        label = base.statements[node.statement].label
        panes.work.host.say(
            f"{label} is the {'first' if by < 0 else 'last'} one that the filter shows"
        )
    elif inference:
        do_and_confirm(panes.work, move_inference(base, inference.id, places))
    else:
        do_and_confirm(panes.work, move_statement(base, node.statement, places))


def _nothing_mapped(panes: MapPanes) -> str:
    key = panes.work.host.key("workbench.mark-claim")
    return (
        "" if panes.work.map.statements else f"the map is empty; in the text, {key} marks a claim"
    )


async def _filter(panes: MapPanes) -> None:
    from tui.dialogs.pick import Choice

    fixed = [
        Choice("all", "everything"),
        Choice("unsupported", filter_in_words(panes.work.map, "unsupported")),
        Choice("unattributed", filter_in_words(panes.work.map, "unattributed")),
    ]
    sources = [Choice(f"source:{s.id}", f"from {visible(s.name)}", "source")
               for s in sorted(panes.work.map.sources.values(), key=lambda s: s.name)]  # fmt: skip

    def choices(typed: str) -> list[Choice]:
        from tui.dialogs.pick import matching_choices

        text = [Choice(f"text:{typed}", f"statements with “{typed}”")] if typed.strip() else []
        return [*matching_choices([*fixed, *sources], typed), *text]

    chosen = await pick(panes.work.host, "Filter the map", choices)
    if chosen is not None:
        panes.work.filter(chosen)


def _edit(panes: MapPanes) -> None:
    panes.work.host.show_place(FieldPlace(panes.work.statement.id, "text"))


def _tick(panes: MapPanes) -> None:
    """Tick or untick the row and step down, so that holding the key ticks many rows."""
    toggle_tick(panes.outline)
    panes.map_view.step(1)


def _tick_all(panes: MapPanes) -> None:
    tick_shown_rows(panes.outline)


def _extend(by: int) -> Callable[[MapPanes], None]:
    def run(panes: MapPanes) -> None:
        start = panes.outline.node
        panes.map_view.step(by)
        extend_ticks(panes.outline, start)

    return run


def _untick_words(panes: MapPanes) -> str:
    return f"untick {len(panes.work.ticked):,}" if panes.work.ticked else ""


async def _move_under(panes: MapPanes) -> None:
    await move_rows(panes.work, ticked_or_selected_rows(panes.work))


def _out(panes: MapPanes) -> None:
    """Move the row one level up: under its grandparent, else unlink it."""
    inference = selected_link(panes.work)
    above = panes.work.map.inferences_from.get(inference.conclusion, ())
    targets = [s for s in above if s.conclusion in panes.work.map.statements]
    if targets:
        do_and_confirm(panes.work, move_to(panes.work.map, inference.id, targets[0].conclusion))
    else:
        do_and_confirm(panes.work, remove_inference(panes.work.map, inference.id))


def _in(panes: MapPanes) -> None:
    """Move the row under the sibling above it."""
    node = panes.outline.node
    if node is None:
        return
    siblings = node.parent.children if node.parent else panes.outline.forest.roots
    before = siblings[siblings.index(node) - 1] if siblings[0] is not node else None
    if before is None or before.mark:
        panes.work.host.say("no row above to move it under")
    else:
        move_under(panes.work, node.inference, node.statement, before.statement)


ACTIONS = (
    Action("map.out", "outdent: move one level up", "H,shift+left", _out, needs_link),
    Action("map.in", "indent: move under the row above", "L,shift+right", _in, needs_row),
    Action("map.next", "next row", "j,down", _moves(1)),
    Action("map.previous", "previous row", "k,up", _moves(-1)),
    Action("map.fold", "fold, or go to the parent", "h,left", _left),
    Action("map.unfold", "unfold, or go to the first child", "l,right", _right),
    Action("map.toggle", "fold or unfold", "space", _toggle, _nothing_mapped,
           hint="fold", rank=2),
    Action("map.fold-all", "collapse all, or expand all", "Z", _fold_all,
           _nothing_mapped),
    Action("map.to-text", "jump to the passage in the text", "enter", _to_text, needs_row,
           hint="text", rank=1, is_pointed=True),
    Action("map.up", "move up", "K,alt+up", lambda panes: _move(panes, -1), needs_row,
           is_pointed=True),
    Action("map.down", "move down", "J,alt+down", lambda panes: _move(panes, 1),
           needs_row, is_pointed=True),
    Action("map.filter", "filter the map", "f", _filter, _nothing_mapped,
           hint="filter", rank=5),
    Action("map.leave", "leave search, list, what-if mode or filter; untick all",
           "escape", _leave, hint=_untick_words, takes_several=True),
    Action("map.mark", "tick this row, or untick it", "V", _tick,
           needs_row, is_pointed=True, takes_several=True),
    Action("map.mark-down", "tick this row and the next", "shift+down", _extend(1)),
    Action("map.mark-up", "tick this row and the one above", "shift+up", _extend(-1)),
    Action("map.mark-all", "tick all rows shown", "ctrl+a", _tick_all),
    Action("map.move-under", "move under another statement", "p", _move_under, needs_row,
           hint="move under", is_pointed=True, takes_several=True),
    Action("map.edit", "edit text", "i,f2", _edit, needs_row,
           hint="edit", rank=4, is_pointed=True),
    Action("map.page-down", "page down", "pagedown,ctrl+d", _pages(0.9)),
    Action("map.page-up", "page up", "pageup,ctrl+u", _pages(-0.9)),
    Action("map.first", "first row", "g,home", _first),
    Action("map.last", "last row", "G,end", _last),
)  # fmt: skip
