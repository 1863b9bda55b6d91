"""The map: moving, folding, filtering, ordering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.edit import move_inference, move_statement, remove_inference
from argmap.marking import move_to
from argmap.outline import roots_of
from argmap.text import visible
from tui.actions.linking import link_at_hand
from tui.asking import pick
from tui.commands.action import Action
from tui.confirming import do
from tui.editing import move_under
from tui.filtering import filter_in_words
from tui.listing import step_out
from tui.marks import clear_marks, extend_marks, mark_shown, rows_at_hand, toggle_mark
from tui.selection import needs_inference, needs_selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.dialogs.pick import Choice
    from tui.screens.workbench import WorkbenchScreen


def _moves(by: int) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        bench.panes.map_view.step(by)

    return run


def _pages(by: float) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        bench.panes.map_view.step(int(bench.panes.map_view.size.height * by))

    return run


def _first(bench: WorkbenchScreen) -> None:
    bench.outline.move_to(0)
    bench.panes.map_view.show_cursor()


def _last(bench: WorkbenchScreen) -> None:
    bench.outline.move_to(len(bench.outline.forest.visible) - 1)
    bench.panes.map_view.show_cursor()


def _leave(bench: WorkbenchScreen) -> None:
    if bench.outline.cancel_drag():
        return
    bench.search.leave()
    if step_out(bench) or clear_marks(bench):
        return
    if bench.filtered_by != "all":
        bench.filter("all")


def _left(bench: WorkbenchScreen) -> None:
    bench.panes.map_view.left()


def _right(bench: WorkbenchScreen) -> None:
    bench.panes.map_view.right()


def _toggle(bench: WorkbenchScreen) -> None:
    bench.outline.fold(fold=None)
    bench.map_changed()


def _fold_all(bench: WorkbenchScreen) -> None:
    bench.outline.fold_all(fold=not bench.outline.forest.folded)
    bench.map_changed()


def _to_text(bench: WorkbenchScreen) -> None:
    passages = bench.statement.passages
    if passages:
        bench.text.go_to((passages[0].start, passages[0].end), centred=True)
        bench.show_pane("text")
    else:
        bench.say(f"the text does not say {bench.statement.label}")


def _move(bench: WorkbenchScreen, by: int) -> None:
    """Move the row of the cursor among its siblings: one edit of the map."""
    node, base = bench.outline.node, bench.map
    if node is None:
        return
    inference = base.inferences.get(node.inference or "")
    siblings = base.inferences_to[inference.conclusion] if inference else roots_of(base)
    places = bench.outline.forest.places_past(node, [each.id for each in siblings], by)
    if not places:
        label = base.statements[node.statement].label
        bench.say(f"{label} is {'first' if by < 0 else 'last'} of those the filter shows")
    elif inference:
        do(bench, move_inference(base, inference.id, places))
    else:
        do(bench, move_statement(base, node.statement, places))


def _nothing_mapped(bench: WorkbenchScreen) -> str:
    key = bench.app.key("workbench.mark-claim")
    return (
        "" if bench.map.statements else f"nothing is mapped yet; in the text, {key} marks a claim"
    )


async def _filter(bench: WorkbenchScreen) -> None:
    from tui.dialogs.pick import Choice

    fixed = [
        Choice("all", "everything"),
        Choice("unsupported", filter_in_words(bench.map, "unsupported")),
        Choice("unattributed", filter_in_words(bench.map, "unattributed")),
    ]
    sources = [Choice(f"source:{s.id}", f"from {visible(s.name)}", "source")
               for s in sorted(bench.map.sources.values(), key=lambda s: s.name)]  # fmt: skip

    def choices(typed: str) -> list[Choice]:
        from tui.dialogs.pick import found

        text = [Choice(f"text:{typed}", f"statements with “{typed}”")] if typed.strip() else []
        return [*found([*fixed, *sources], typed), *text]

    chosen = await pick(bench.app, "Show only", choices)
    if chosen is not None:
        bench.filter(chosen)


def _edit(bench: WorkbenchScreen) -> None:
    bench.edit("text")


def _mark(bench: WorkbenchScreen) -> None:
    """Mark the row or unmark it, and go on to the next, so that holding the key marks many."""
    toggle_mark(bench.outline)
    bench.panes.map_view.step(1)


def _extend(by: int) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        start = bench.outline.node
        bench.panes.map_view.step(by)
        extend_marks(bench.outline, start)

    return run


def _unmark_words(bench: WorkbenchScreen) -> str:
    return f"unmark {len(bench.marked):,}" if bench.marked else ""


async def _move_under(bench: WorkbenchScreen) -> None:
    from tui.marked_edits import move_rows

    await move_rows(bench, rows_at_hand(bench))


def _out(bench: WorkbenchScreen) -> None:
    """Move a row one level up: to what its conclusion speaks for, or to stand for itself."""
    inference = link_at_hand(bench)
    above = bench.map.inferences_from.get(inference.conclusion, ())
    targets = [s for s in above if s.conclusion in bench.map.statements]
    if targets:
        do(bench, move_to(bench.map, inference.id, targets[0].conclusion))
    else:
        do(bench, remove_inference(bench.map, inference.id))


def _in(bench: WorkbenchScreen) -> None:
    """Move a row under the one before it."""
    node = bench.outline.node
    if node is None:
        return
    siblings = node.parent.children if node.parent else bench.outline.forest.roots
    before = siblings[siblings.index(node) - 1] if siblings[0] is not node else None
    if before is None or before.mark:
        bench.say("there is nothing above it to move it under")
    else:
        move_under(bench, node.inference, node.statement, before.statement)


ACTIONS = (
    Action("map.out", "outdent: move it one level out", "H,shift+left", _out, needs_inference),
    Action("map.in", "indent: move it under the row above", "L,shift+right", _in, needs_selection),
    Action("map.next", "next row", "j,down", _moves(1)),
    Action("map.previous", "previous row", "k,up", _moves(-1)),
    Action("map.fold", "fold, or go to the parent", "h,left", _left),
    Action("map.unfold", "unfold, or go to the first child", "l,right", _right),
    Action("map.toggle", "fold or unfold", "space", _toggle, _nothing_mapped,
           hint="fold", rank=2),
    Action("map.fold-all", "collapse all, or expand all", "Z", _fold_all,
           _nothing_mapped),
    Action("map.to-text", "jump to the passage in the text", "enter", _to_text, needs_selection,
           hint="text", rank=1, is_pointed=True),
    Action("map.up", "move up", "K,alt+up", lambda bench: _move(bench, -1), needs_selection,
           is_pointed=True),
    Action("map.down", "move down", "J,alt+down", lambda bench: _move(bench, 1),
           needs_selection, is_pointed=True),
    Action("map.filter", "filter the map", "f", _filter, _nothing_mapped,
           hint="filter", rank=5),
    Action("map.leave", "leave search, a list or what-if mode, unmark all, or leave the filter",
           "escape", _leave, hint=_unmark_words, takes_several=True),
    Action("map.mark", "mark the row for an edit of several, or unmark it", "V", _mark,
           needs_selection, is_pointed=True, takes_several=True),
    Action("map.mark-down", "mark this row and the next", "shift+down", _extend(1)),
    Action("map.mark-up", "mark this row and the one before", "shift+up", _extend(-1)),
    Action("map.mark-all", "mark all rows that are shown", "ctrl+a", mark_shown),
    Action("map.move-under", "move it under another statement", "p", _move_under, needs_selection,
           hint="move under", is_pointed=True, takes_several=True),
    Action("map.edit", "edit text", "i,f2", _edit, needs_selection,
           hint="edit", rank=4, is_pointed=True),
    Action("map.page-down", "a page down", "pagedown,ctrl+d", _pages(0.9)),
    Action("map.page-up", "a page up", "pageup,ctrl+u", _pages(-0.9)),
    Action("map.first", "the first row", "g,home", _first),
    Action("map.last", "the last row", "G,end", _last),
)  # fmt: skip
