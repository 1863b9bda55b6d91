"""Jump mode: letters on the places of the screen; typing the letters of a place goes there.

A widget offers its places by a method `jump_targets`, see `Jumpable`. Textual's own lists and
fields need none.
"""

from __future__ import annotations

from functools import partial
from inspect import isawaitable
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Final

from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import DataTable, OptionList, TextArea

from tui.widgets.focusing import focus
from tui.widgets.jump_places import Jumpable, Target
from tui.widgets.line import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.screen import Screen

    from tui.core.program import Program

LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""Letters for labels, those on the home row first."""


async def jump(app: Program) -> None:
    """Label the places on the screen, and go to the one whose letters are typed."""
    from .jump_dialog import JumpDialog

    places = places_in_view(app.screen)
    if not places:
        app.say("nothing to jump to on this screen")
        return
    letters = letters_for(len(places))
    labels = dict(zip(letters, (offset for offset, _ in places), strict=True))
    typed = await app.push_screen_wait(JumpDialog(labels))
    if typed is not None:
        arrived = places[letters.index(typed)][1]()
        if isawaitable(arrived):
            await arrived


def letters_for(count: int) -> list[str]:
    """Return *count* labels of equal length, as short as possible."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(pair) for pair in islice(product(LETTERS, repeat=length), count)]


def places_in_view(screen: Screen[Any]) -> list[tuple[Offset, Callable[[], object]]]:
    """Return the visible places of *screen*, each with the function that goes there.

    They are ordered from the top left, with one place for each offset.
    """
    places: dict[Offset, Callable[[], object]] = {}
    for widget in screen.walk_children(Widget):
        if not (widget.visible and all(node.display for node in widget.ancestors_with_self)):
            continue
        for target in _targets(widget):
            offset = widget.content_region.offset + Offset(target.column, target.row)
            if screen.region.contains_point(offset) and offset not in places:
                places[offset] = target.go
    return sorted(places.items(), key=lambda place: (place[0].y, place[0].x))


def _targets(widget: Widget) -> Iterable[Target]:
    if isinstance(widget, Jumpable):
        return widget.jump_targets()
    if isinstance(widget, DataTable):
        return _rows_of_table(widget)
    if isinstance(widget, OptionList):
        return _options(widget)
    if isinstance(widget, LineInput | TextArea) and widget.can_focus and not widget.has_focus:
        return [Target(0, 0, partial(focus, widget))]
    return ()


def _rows_of_table(table: DataTable[object]) -> Iterator[Target]:
    def go(row: int) -> None:
        focus(table)
        table.move_cursor(row=row)

    top, head = round(table.scroll_y), table.header_height * table.show_header
    for row in range(top, min(table.row_count, top + table.content_size.height - head)):
        yield Target(row - top + head, 0, partial(go, row))


def _options(options: OptionList) -> Iterator[Target]:
    """Yield the visible options of a list whose options take one line each."""

    def go(number: int) -> None:
        focus(options)
        options.highlighted = number

    top = round(options.scroll_y)
    for number in range(top, min(options.option_count, top + options.content_size.height)):
        if not options.get_option_at_index(number).disabled:
            yield Target(number - top, 0, partial(go, number))
