"""The three panes side by side: which are there, how wide they are, which has the focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.style import Style

from argmap.text import counted
from tui.arrangement import PANES, Arrangement
from tui.background import run_aside
from tui.grades import Grades
from tui.jumping import Target
from tui.panes.details import DetailsPane, FieldList
from tui.panes.dragging import Drag, begin, follow, tip_under
from tui.panes.outline import OutlinePane
from tui.panes.text import TextPane
from tui.signs import drawn
from tui.supposing import Supposing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from tui.app import ArgmapApp
    from tui.panes.boxes import BoxesPane
    from tui.session import Session


_FRAME: Final = 6
"""Columns of a border that no title can have: its corners, and what is beside them."""


class Panes(Horizontal):
    """Text, map and details of one document."""

    DEFAULT_CSS = """
    Panes {
        height: 1fr;
        & TextPane, & OutlinePane, & BoxesPane, & DetailsPane {
            background: $background;
            border: blank; border-top: solid $foreground 25%;
            border-title-color: $foreground 70%;
            &:focus, &:focus-within {
                border: round $primary;
                border-title-color: $primary; border-title-style: bold;
            }
        }
    }
    """

    app: ArgmapApp

    def __init__(self, session: Session, on_chosen: Callable[[], None]) -> None:
        """Show the document of *session*; *on_chosen* is called when another row is chosen."""
        super().__init__()
        self.session = session
        self.text = TextPane(session)
        self.grades = Grades(session, lambda: self.app)
        self.supposing = Supposing()
        self.outline = OutlinePane(session, self.grades, self.supposing, on_chosen)
        self._boxes: BoxesPane | None = None
        self.details = DetailsPane(self.grades)
        self.arrangement = Arrangement()
        self._titles: dict[str, Content] = {}
        self.note = ""
        """What is said in the title of the map, such as which claim is pinned."""
        self._drag: Drag | None = None
        """The drag of an edge between panes, while there is one."""
        self._filter = Content()
        """What the map is filtered by, in words."""

    def compose(self) -> ComposeResult:
        """Hold the panes, from left to right."""
        yield self.text
        yield self.outline
        if self.arrangement.has_boxes:
            yield self.boxes
        yield self.details

    def on_mount(self) -> None:
        """Arrange the panes before they are drawn for the first time."""
        self.lay_out_panes()

    def on_resize(self) -> None:
        """Arrange the panes for the new size."""
        self.lay_out_panes()

    @property
    def boxes(self) -> BoxesPane:
        """The map as boxes; it is made when it is asked for."""
        if self._boxes is None:
            from tui.panes.boxes import BoxesPane

            self._boxes = BoxesPane(self.outline)
        return self._boxes

    @property
    def active(self) -> str:
        """The pane that has the focus, or had it last."""
        return self.arrangement.active

    @property
    def map_view(self) -> OutlinePane | BoxesPane:
        """The map as it is shown now."""
        return self.boxes if self.arrangement.has_boxes else self.outline

    @property
    def active_view(self) -> TextPane | OutlinePane | BoxesPane | FieldList:
        """What takes the keys of the active pane."""
        if self.active == "text":
            return self.text
        return self.map_view if self.active == "map" else self.details.list

    @property
    def context(self) -> str:
        """Where the focus is, as the table of actions calls it."""
        focused = self.screen.focused
        if isinstance(focused, TextPane):
            return "text"
        if isinstance(focused, FieldList):
            return "details"
        return "map" if focused is self.map_view else "workbench"

    def draw_map(self) -> None:
        """Draw the map again, the boxes too if they are shown."""
        self.outline.refresh()
        if self.arrangement.has_boxes:
            run_aside(self, self.boxes.show_map, "boxes")

    def leave_supposing(self) -> bool:
        """Show the map as it is; tell whether something was supposed to be gone."""
        was_on = self.supposing.is_on
        if was_on:
            self.supposing.clear()
            self.screen.query("SupposingLine").remove()
            self.draw_map()
        return was_on

    def give_focus(self, name: str) -> None:
        """Give the focus to the pane called *name*, which is shown for it."""
        self.arrangement.active = name
        self.lay_out_panes()
        self.active_view.focus()

    def turn(self, by: int) -> None:
        """Give the focus to the next pane, or to the one before."""
        self.give_focus(PANES[(PANES.index(self.active) + by) % len(PANES)])

    def maximise_active(self) -> None:
        """Give the active pane the whole screen, or give it back."""
        self.arrangement.is_maximised = not self.arrangement.is_maximised
        self.lay_out_panes()

    def widen(self, by: int) -> None:
        """Make the active pane *by* columns wider."""
        self.arrangement.widen(by)
        self.lay_out_panes()

    def lay_out_panes(self) -> None:
        """Show the panes that there is room for."""
        room = self.size.width or self.app.size.width
        widths = self.arrangement.widths(room)
        for name, pane in self._panes():
            pane.display = name in widths
            pane.styles.width = widths.get(name, room)
        self._titles.clear()
        self.map_view.border_subtitle = self._filter
        hidden = self.outline if self.arrangement.has_boxes else self._boxes
        if hidden is not None:
            hidden.display = False
        self.show_counts()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag the edge between two panes, if one is under the mouse."""
        self._drag = begin(self, event)
        if self._drag is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the edge follow the mouse; else let the tooltip say what the border is for."""
        if self._drag is not None:
            follow(self, self._drag, int(event.screen_x))
            return
        tip = tip_under(self, event)
        if tip != self.tooltip:
            self.tooltip = tip

    def on_mouse_up(self) -> None:
        """Leave the edge where it is."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def cancel_drag(self) -> None:
        """Put the edge back to where it was; escape does this."""
        if self._drag is not None:
            follow(self, self._drag, self._drag.column)
            self.on_mouse_up()

    def jump_targets(self) -> Iterator[Target]:
        """Yield the panes, each at its title."""
        for name, pane in self.shown_panes():
            place = pane.region.offset - self.region.offset
            yield Target(place.y, place.x, partial(self.give_focus, name))

    def shown_panes(self) -> list[tuple[str, Widget]]:
        """Return the panes that are on the screen, by name."""
        return [(name, pane) for name, pane in self._panes() if pane.display]

    async def turn_boxes(self) -> None:
        """Show the map as boxes, or as an outline again."""
        self.arrangement.has_boxes = not self.arrangement.has_boxes
        if self.arrangement.has_boxes:
            if not self.boxes.is_attached:
                await self.mount(self.boxes, after=self.outline)
            await self.boxes.show_map()
        self.give_focus("map")

    def _panes(self) -> Iterator[tuple[str, Widget]]:
        return zip(PANES, (self.text, self.map_view, self.details), strict=True)

    def show_filter(self, words: Content) -> None:
        """Say in *words* what the map is filtered by, in whichever view of it is shown."""
        self._filter = self.map_view.border_subtitle = words

    def keep_focus(self) -> None:
        """Give the focus to the active pane where nothing has it, such as after a small screen."""
        if self.screen.focused is None and self.display:
            self.give_focus(self.active)

    def show_counts(self) -> None:
        """Say in the titles where the cursor is, and how much there is."""
        widths = self.arrangement.widths(self.size.width or self.app.size.width)
        counts = self._counts()
        for name, pane in self._panes():
            if name in widths:
                words = self._called(name)
                tabs = PANES if len(widths) == 1 else ()
                title = title_of(words, counts[name], widths[name], tabs, name)
                if self._titles.get(name) != title:  # setting one draws the pane again
                    self._titles[name] = title
                    pane.border_title = title

    def _called(self, name: str) -> str:
        """Return what the pane called *name* is called now."""
        if name == "map" and self.note:
            return f"map · {self.note}"
        return self.details.label or name if name == "details" else name

    def _counts(self) -> dict[str, str]:
        """Return what stands at the right end of each title."""
        sentences = self.text.paragraphs.sentences
        here = self.text.paragraphs.sentence_number(self.text.cursor.head[0]) + 1
        statements = len(self.session.map.statements)
        return {
            "text": f"{here:,}/{len(sentences):,}",
            "map": counted(statements, "statement") if statements else "",
            "details": "",
        }


def title_of(words: str, count: str, width: int, tabs: Sequence[str], name: str) -> Content:
    """Return the title of a pane: its name, and the count at the right end of the border.

    Args:
        words: What it is called now.
        count: How much there is in it; empty where that is not said.
        width: The columns of the pane.
        tabs: The panes that one goes to by a click, where only one of all is shown.
        name: Which of them it is.
    """
    left = Content(words)
    for number, other in enumerate(tabs, 1):
        if number == 1:
            left = Content()
        if other == name:
            part = Content.styled(words, "bold underline")
        else:
            link = Style.from_meta({"@click": f"app.act('workbench.{other}')"})
            part = Content.assemble((f"{number} {other}", link)).stylize("not bold")
        left = left + ("  " if number > 1 else "") + part
    room = width - _FRAME - left.cell_length - 2
    if not count or len(count) > room:
        return left
    rule = Content.styled(drawn("─") * (room - len(count)), "dim not bold")
    return Content.assemble(left, " ", rule, " ", count)
